// Functions that remember: counters, composition, recursion through closures.
const compose = (...steps) => (value) => steps.reduce((v, step) => step(v), value);
function counter() {
  let n = 0;
  return { next: () => ++n, reset: () => { n = 0; } };
}
let sum = 0;
for (let i = 0; i < 3000; i++) {
  const { next, reset } = counter();
  const f = compose((v) => v + next(), (v) => v * 2, (v) => v - next());
  for (let k = 0; k < 20; k++) sum += f(k);
  reset();
  sum += next();
}
if (!Number.isFinite(sum)) throw new Error('wrong');
