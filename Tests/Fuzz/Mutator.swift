// Makes new inputs of known ones.

/// Makes the inputs of one target.
protocol InputSource {
  /// The inputs that the others are made of.
  var corpus: [[UInt8]] { get }

  /// The same input for the same numbers.
  func input(seed: UInt64, caseNumber: UInt64) -> [UInt8]
}

struct Mutator: InputSource {
  /// Inputs that mean something to the target, in a fixed order.
  let corpus: [[UInt8]]
  /// Words of the target's language.
  let words: [[UInt8]]
  static let longestInput = 20_000

  func input(seed: UInt64, caseNumber: UInt64) -> [UInt8] {
    var random = RandomSource(seed: seed, caseNumber: caseNumber)
    var bytes = random.pick(corpus) ?? []
    for _ in 0...random.below(6) { mutate(&bytes, &random) }
    return Array(bytes.prefix(Mutator.longestInput))
  }

  private func mutate(_ bytes: inout [UInt8], _ random: inout RandomSource) {
    let place = random.below(bytes.count + 1)
    switch random.below(11) {
    case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(8)) }
    case 1: if place < bytes.count { bytes[place] = UInt8(truncatingIfNeeded: random.next()) }
    case 2: bytes.insert(UInt8(32 + random.below(95)), at: place)
    case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + random.below(8)))
    case 4: bytes.removeSubrange(place...)
    case 5:  // a part once more, elsewhere
      let end = min(bytes.count, place + 1 + random.below(40))
      bytes.insert(contentsOf: Array(bytes[place..<end]), at: random.below(bytes.count + 1))
    case 6:  // the end of another input
      if let other = random.pick(corpus) { bytes.replaceSubrange(place..., with: other.dropFirst(random.below(other.count + 1))) }
    case 7, 8: if let word = random.pick(words) { bytes.insert(contentsOf: word, at: place) }
    case 9:  // the same word very often: nesting, long runs
      if let word = random.pick(words) {
        let count = 1 << random.below(11)
        bytes.insert(contentsOf: repeatElement(word, count: count).joined(), at: place)
      }
    default:  // a word instead of a part
      if let word = random.pick(words) {
        bytes.replaceSubrange(place..<min(bytes.count, place + 1 + random.below(6)), with: word)
      }
    }
  }
}
