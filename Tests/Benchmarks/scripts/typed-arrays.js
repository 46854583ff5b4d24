// Bytes: a box blur over 400 x 400 pixels, then the sieve of Eratosthenes.
const width = 400, height = 400;
let from = new Uint8ClampedArray(width * height), to = new Uint8ClampedArray(width * height);
for (let i = 0; i < from.length; i++) from[i] = (i * 31) & 255;
for (let pass = 0; pass < 2; pass++) {
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      let sum = 0;
      for (let k = -1; k <= 1; k++) {
        const at = (y + k) * width + x;
        sum += from[at - 1] + from[at] + from[at + 1];
      }
      to[y * width + x] = sum / 9;
    }
  }
  [from, to] = [to, from];
}
const composite = new Uint8Array(1000000);
let primes = 0;
for (let n = 2; n < composite.length; n++) {
  if (composite[n]) continue;
  primes++;
  for (let m = n * 2; m < composite.length; m += n) composite[m] = 1;
}
if (primes !== 78498) throw new Error('wrong: ' + primes);
