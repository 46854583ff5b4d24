// Where a caret stands between the characters of a word, and which character lies under a point.

import Typography

/// The caret positions of one word. Offsets count UTF-16 units from the word's start, places from its left edge.
struct TextCarets {
  let word: TextWord
  private let clusters: ArraySlice<TextCluster>
  private let text: [UInt16]

  /// To which side a caret goes that would stand inside a character.
  enum Side { case start, end }

  init(_ word: TextWord, of prepared: PreparedText) {
    self.word = word
    text = prepared.text
    let all = prepared.shaped.clusters
    clusters = all[min(word.firstCluster, all.count)..<min(word.firstCluster + word.clusterCount, all.count)]
  }

  private var length: Int { word.end - word.start }

  func position(_ offset: Int, insideGoesTo side: Side) -> Double {
    if offset >= length { return word.isRightToLeft ? 0 : word.width }
    guard let cluster = clusters.first(where: { $0.start - word.start <= offset && offset < $0.end - word.start }) else {
      return word.isRightToLeft ? word.width : 0
    }
    let share = cluster.width / Double(characterCount(cluster))
    let size = cluster.end - cluster.start, into = offset - (cluster.start - word.start)
    // Characters of a ligature have equal shares.
    let place = characterCount(cluster) > 1 ? characterCount(cluster) * into / size : 0
    let isInside = into - place != 0 && side == .end
    let left = cluster.x - word.x
    if word.isRightToLeft {
      return left + Double(characterCount(cluster) - place - (isInside ? 1 : 0)) * share
    }
    return left + Double(place + (isInside ? 1 : 0)) * share
  }

  /// The caret that is nearest to a place.
  func offset(at x: Double) -> Int {
    if x <= 0 { return word.isRightToLeft ? length : 0 }
    guard let cluster = clusters.first(where: { x < $0.x - word.x + $0.width }) else { return word.isRightToLeft ? 0 : length }
    let count = characterCount(cluster), width = cluster.width / Double(count)
    let size = (cluster.end - cluster.start) / count
    let origin = cluster.x - word.x
    // Finite: places and widths of clusters are.
    let step = count > 1 && width > 0 ? min(count - 1, Int(max(0, min(1e9, ((x - origin) / width).rounded(.down))))) : 0
    var start = cluster.start - word.start, end = cluster.end - word.start
    if count > 1 {
      if word.isRightToLeft {
        end -= step * size
        start = end - size
      } else {
        start += step * size
        end = start + size
      }
    }
    let isLeftHalf = x - (origin + Double(step) * width) <= width / 2
    return isLeftHalf == word.isRightToLeft ? end : start
  }

  /// How many characters, as readers count them, a cluster has.
  private func characterCount(_ cluster: TextCluster) -> Int {
    guard cluster.end - cluster.start > 1, cluster.end <= text.count else { return 1 }
    return max(1, String(decoding: text[cluster.start..<cluster.end], as: UTF16.self).count)
  }
}
