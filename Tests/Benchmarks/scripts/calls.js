// Calls: Takeuchi's function, which does little else.
function tak(x, y, z) {
  return y >= x ? z : tak(tak(x - 1, y, z), tak(y - 1, z, x), tak(z - 1, x, y));
}
if (tak(22, 14, 7) !== 8) throw new Error("wrong: " + tak(22, 14, 7));
