// Full-width punctuation that meets other punctuation loses its blank half: https://drafts.csswg.org/css-text-4/#text-spacing-trim-property,
// whose initial value browsers apply to canvases, too. The face does it, with its feature `chws` within a run, and with `halt` where
// the run ends or the face has no `chws`.

import CHarfBuzz
import Geometry

enum HanKerning {
  enum Kind { case other, open, close, middle, narrowOpen, narrowClose, dot, colon, semicolon, openQuote, closeQuote }

  /// Whether there is any sign that may be narrowed.
  static func mayApply(to text: [UInt16], _ range: Range<Int>) -> Bool {
    for index in range where (0x2018...0x301F).contains(text[index]) || (0xFF08...0xFF60).contains(text[index]) { return true }
    return false
  }

  /// The feature for each sign of a range that is to be narrowed, at offsets from the start of its word.
  static func features(
    for text: [UInt16], _ range: Range<Int>, in word: Range<Int>, classes: HanKerningClasses, chosen: [hb_feature_t]
  ) -> [hb_feature_t] {
    guard classes.canNarrow, !chosen.contains(where: { $0.value != 0 && exclusive.contains($0.tag) }) else { return [] }
    var narrowed: [Int] = []
    func kind(_ index: Int) -> Kind { classes.kind(of: HanKerning.kind(of: text[index])) }

    var last = kind(range.lowerBound)
    if range.lowerBound > word.lowerBound, givesWay(last, after: kind(range.lowerBound - 1)) { narrowed.append(range.lowerBound) }
    if !classes.isContextual {
      for index in range.dropFirst() {
        let current = kind(index)
        if givesWay(last, before: current) {
          narrowed.append(index - 1)
        } else if givesWay(current, after: last) {
          narrowed.append(index)
        }
        last = current
      }
    }
    if range.upperBound < word.upperBound, givesWay(kind(range.upperBound - 1), before: kind(range.upperBound)) {
      narrowed.append(range.upperBound - 1)
    }
    return narrowed.map { index in
      let start = UInt32(clamping: index - word.lowerBound)
      return hb_feature_t(tag: FontTag.halt.value, value: 1, start: start, end: start + 1)
    }
  }

  private static func givesWay(_ kind: Kind, after previous: Kind) -> Bool {
    kind == .open && (previous == .open || previous == .middle || previous == .close || previous == .narrowOpen)
  }

  private static func givesWay(_ kind: Kind, before next: Kind) -> Bool {
    kind == .close && (next == .close || next == .middle || next == .narrowClose)
  }

  /// Features that settle the widths of signs already: halt, hwid, palt, pwid, qwid, twid, valt, vhal and vpal.
  private static let exclusive: Set<UInt32> = Set(
    ["halt", "hwid", "palt", "pwid", "qwid", "twid", "valt", "vhal", "vpal"].compactMap { FontTag($0)?.value })

  /// https://drafts.csswg.org/css-text-4/#text-spacing-classes
  private static func kind(of unit: UInt16) -> Kind {
    switch unit {
    case 0x2018, 0x201C: return .openQuote
    case 0x2019, 0x201D: return .closeQuote
    case 0x3000, 0xB7, 0x2027, 0x30FB: return .middle
    case 0x3001, 0x3002, 0xFF0C, 0xFF0E: return .dot
    case 0xFF1A: return .colon
    case 0xFF1B: return .semicolon
    default: break
    }
    let isWide = (0x3000...0x303F).contains(unit) || (0xFF01...0xFF60).contains(unit)
    switch Unicode.Scalar(unit)?.properties.generalCategory {
    case .openPunctuation: return isWide ? .open : .narrowOpen
    case .closePunctuation: return isWide ? .close : .narrowClose
    default: return .other
    }
  }
}

/// What a face makes of the signs whose places within their squares differ from region to region.
struct HanKerningClasses {
  /// Whether the face has narrow forms.
  private(set) var canNarrow = false
  /// Whether the face narrows neighbours by itself.
  private(set) var isContextual = false
  private var dot = HanKerning.Kind.other, colon = HanKerning.Kind.other, semicolon = HanKerning.Kind.other
  private var hasWideQuotes = false

  init(face: FontFace) {
    guard face.hasPositioning(.halt) else { return }
    func common(_ scalars: UInt32...) -> HanKerning.Kind? {
      let shapes = scalars.compactMap { HanKerningClasses.shape(of: $0, face) }
      guard shapes.count == scalars.count, let first = shapes.first else { return nil }
      return shapes.allSatisfy { $0 == first } ? first.kind : .other
    }
    // A face that lacks one of these signs is not for East Asian text.
    guard let dot = common(0x3001, 0x3002, 0xFF0C, 0xFF0E), let colon = common(0xFF1A), let semicolon = common(0xFF1B),
      let open = common(0x201C, 0x2018), let close = common(0x201D, 0x2019)
    else { return }
    canNarrow = true
    isContextual = face.hasPositioning(.chws)
    (self.dot, self.colon, self.semicolon) = (dot, colon, semicolon)
    hasWideQuotes = open == .open && close == .close
  }

  func kind(of kind: HanKerning.Kind) -> HanKerning.Kind {
    switch kind {
    case .dot: dot
    case .colon: colon
    case .semicolon: semicolon
    case .openQuote: hasWideQuotes ? .open : .narrowOpen
    case .closeQuote: hasWideQuotes ? .close : .narrowClose
    default: kind
    }
  }

  private struct Shape: Equatable {
    var advance: Int32
    var kind: HanKerning.Kind
  }

  /// Which half of its width a sign fills.
  private static func shape(of scalar: UInt32, _ face: FontFace) -> Shape? {
    guard let glyph = face.glyph(for: scalar) else { return nil }
    let advance = face.advance(of: glyph)
    let half = Double(advance) / face.unitsPerEm / 2
    guard let box = face.glyphBounds(glyph) else { return Shape(advance: advance, kind: .other) }
    if box.maxX <= half { return Shape(advance: advance, kind: .close) }
    if box.minX >= half { return Shape(advance: advance, kind: .open) }
    return Shape(advance: advance, kind: box.width <= half && box.minX >= half / 2 ? .middle : .other)
  }
}
