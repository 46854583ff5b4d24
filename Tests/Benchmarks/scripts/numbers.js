// Numbers in local variables: the Julia set of -0.8 + 0.156i, escape times of 220 x 220 points.
let total = 0;
for (let row = 0; row < 220; row++) {
  for (let column = 0; column < 220; column++) {
    let x = (column - 110) / 70;
    let y = (row - 110) / 70;
    let steps = 0;
    while (steps < 100 && x * x + y * y < 4) {
      const next = x * x - y * y - 0.8;
      y = 2 * x * y + 0.156;
      x = next;
      steps++;
    }
    total += steps;
  }
}
if (!(total > 100000)) throw new Error('wrong: ' + total);
