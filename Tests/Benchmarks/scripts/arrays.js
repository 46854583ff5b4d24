// Arrays: callbacks, sorting, destructuring.
let checksum = 0;
for (let round = 0; round < 25; round++) {
  const values = [];
  for (let i = 0; i < 8000; i++) values.push((i * 7919 + round) % 10007);
  const kept = values.map((v) => v * 2).filter((v) => v % 3 !== 0);
  kept.sort((a, b) => a - b);
  checksum += kept.reduce((sum, v, i) => sum + (i % 2 ? v : -v), 0);
  for (let i = 0; i + 1 < kept.length; i += 2) {
    const [low, high] = [kept[i], kept[i + 1]];
    if (low > high) throw new Error('not sorted');
  }
}
if (checksum === 0) throw new Error('wrong');
