// Maps and sets: counting, memory of visited places.
const counts = new Map();
for (let i = 0; i < 200000; i++) {
  const key = (i * 7919) % 5003;
  counts.set(key, (counts.get(key) || 0) + 1);
}
const visited = new Set();
let x = 0, y = 0;
for (let i = 0; i < 60000; i++) {
  x += (i * 31) % 3 - 1;
  y += (i * 17) % 3 - 1;
  visited.add(x + ',' + y);
}
let most = 0;
for (const [, count] of counts) most = Math.max(most, count);
if (counts.size !== 5003 || most < 39 || visited.size < 1) throw new Error('wrong');
