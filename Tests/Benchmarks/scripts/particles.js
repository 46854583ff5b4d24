// Objects of a class: 1000 particles bouncing in a box.
class Particle {
  constructor(i) {
    this.x = i % 37;
    this.y = i % 41;
    this.vx = (i % 7) - 3;
    this.vy = (i % 5) - 2;
  }
  get energy() { return (this.vx * this.vx + this.vy * this.vy) / 2; }
  step(dt) {
    this.x += this.vx * dt;
    this.y += this.vy * dt;
    if (this.x < 0 || this.x > 40) this.vx = -this.vx;
    if (this.y < 0 || this.y > 40) this.vy = -this.vy;
  }
}
const particles = Array.from({ length: 1000 }, (_, i) => new Particle(i));
let energy = 0;
for (let frame = 0; frame < 300; frame++) {
  for (const particle of particles) {
    particle.step(1 / 60);
    energy += particle.energy;
  }
}
if (!(energy > 0)) throw new Error('wrong');
