// Whether a cluster is a coloured picture rather than text (https://www.unicode.org/reports/tr51/#Presentation_Style).

enum EmojiPresentation {
  /// Text, or a character that is text unless something else is asked for.
  case none
  /// A character or sequence that is an emoji by itself.
  case usual
  /// U+FE0F asks for colours.
  case requested

  init(of cluster: ArraySlice<UInt32>) {
    self = .none
    // Below lie only digits and signs, which are emoji in sequences alone.
    guard let first = cluster.first, first >= 0x2000 || cluster.count > 1, let base = Unicode.Scalar(first),
      base.properties.isEmoji
    else { return }
    if cluster.contains(0xFE0F) {
      self = .requested
    } else if cluster.contains(0xFE0E) {
      self = .none
    } else if base.properties.isEmojiPresentation || cluster.dropFirst().contains(where: EmojiPresentation.extendsEmoji) {
      self = .usual
    }
  }

  /// Skin tones and joiners.
  private static func extendsEmoji(_ scalar: UInt32) -> Bool { (0x1F3FB...0x1F3FF).contains(scalar) || scalar == 0x200D }
}
