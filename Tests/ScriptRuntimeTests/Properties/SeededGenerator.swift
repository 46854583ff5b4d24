/// SplitMix64: the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

  /// A finite number of any magnitude, with a liking for those of everyday.
  mutating func number() -> Double {
    switch below(5) {
    case 0: return Double(below(2_000_001) - 1_000_000)
    case 1: return Double(below(2_000_000_001) - 1_000_000_000) / 1000
    case 2: return Double(below(20_000)) / 8
    case 3: return Double.random(in: -1...1, using: &self)
    default:
      let value = Double(bitPattern: next())
      return value.isFinite ? value : 0.1
    }
  }
}
