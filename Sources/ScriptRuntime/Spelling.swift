// "did you mean …?"

/// Finds the name that somebody probably meant.
public enum Spelling {
  /// "; did you mean X?" for the nearest candidate within a third of the word's length, else nothing.
  public static func hint(for word: String, among candidates: [String]) -> String {
    guard let best = nearest(to: word, among: candidates) else { return "" }
    return "; did you mean \(best)?"
  }

  /// The nearest candidate, if any is near enough to be a slip of the finger.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let target = Array(word.utf8.prefix(64))
    let limit = max(1, min(3, target.count / 3))
    var best: (name: String, distance: Int)?
    for candidate in candidates where candidate != word {
      let letters = Array(candidate.utf8.prefix(64))
      guard abs(letters.count - target.count) <= limit, letters.count > 1 else { continue }
      let distance = editDistance(target, letters)
      if distance <= limit, distance < (best?.distance ?? Int.max) { best = (candidate, distance) }
    }
    return best?.name
  }

  /// Insertions, deletions, replacements and exchanges of neighbours; letters that differ in case are equal, but a change of case
  /// alone counts as one.
  private static func editDistance(_ a: [UInt8], _ b: [UInt8]) -> Int {
    func lower(_ byte: UInt8) -> UInt8 { byte >= 65 && byte <= 90 ? byte + 32 : byte }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 0..<a.count {
      var current = [i + 1]
      for j in 0..<b.count {
        let same = lower(a[i]) == lower(b[j])
        var cost = min(previous[j + 1] + 1, current[j] + 1, previous[j] + (same ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] { cost = min(cost, beforePrevious[j - 1] + 1) }
        current.append(cost)
      }
      beforePrevious = previous
      previous = current
    }
    let distance = previous[b.count]
    return distance == 0 && a != b ? 1 : distance
  }
}
