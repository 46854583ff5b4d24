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

  /// `language` is a BCP 47 tag, or nil.
  init(face: FontFace, language: String?) {
    guard face.hasPositioning(.halt) else { return }
    let shapes = HanKerningClasses.shapes(
      of: [0x3001, 0x3002, 0xFF0C, 0xFF0E, 0xFF1A, 0xFF1B, 0x201C, 0x2018, 0x201D, 0x2019], face, language)
    // A face that lacks one of these signs, or makes one of several glyphs, is not for East Asian text.
    guard let shapes else { return }
    canNarrow = true
    isContextual = face.hasPositioning(.chws)
    func common(_ range: Range<Int>) -> HanKerning.Kind {
      shapes[range].allSatisfy { $0 == shapes[range.lowerBound] } ? shapes[range.lowerBound].kind : .other
    }
    (dot, colon, semicolon) = (common(0..<4), common(4..<5), common(5..<6))
    hasWideQuotes = common(6..<8) == .open && common(8..<10) == .close
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

  /// Which halves of their widths signs fill. They are shaped, since languages have glyphs of their own.
  private static func shapes(of scalars: [UInt32], _ face: FontFace, _ language: String?) -> [Shape]? {
    guard let buffer = hb_buffer_create() else { return nil }
    defer { hb_buffer_destroy(buffer) }
    for (index, scalar) in scalars.enumerated() { hb_buffer_add(buffer, scalar, UInt32(index)) }
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE)
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR)
    switch HanRegion(language: language) {
    case .japan: hb_buffer_set_script(buffer, HB_SCRIPT_HIRAGANA)
    case .korea: hb_buffer_set_script(buffer, HB_SCRIPT_HANGUL)
    default: hb_buffer_set_script(buffer, HB_SCRIPT_HAN)
    }
    hb_buffer_set_language(buffer, language.flatMap { hb_language_from_string($0, -1) } ?? hb_language_get_default())
    hb_shape(face.hbFont, buffer, nil, 0)
    var count: UInt32 = 0
    guard let glyphs = hb_buffer_get_glyph_infos(buffer, &count), let places = hb_buffer_get_glyph_positions(buffer, &count),
      Int(count) == scalars.count
    else { return nil }
    return (0..<scalars.count).reduce(into: [Shape]?([])) { shapes, index in
      let isOwn = glyphs[index].codepoint != 0 && glyphs[index].cluster == UInt32(index)
      if isOwn { shapes?.append(shape(of: glyphs[index].codepoint, places[index], face)) } else { shapes = nil }
    }
  }

  private static func shape(of glyph: UInt32, _ place: hb_glyph_position_t, _ face: FontFace) -> Shape {
    let half = Double(place.x_advance) / face.unitsPerEm / 2
    guard let box = face.glyphBounds(glyph) else { return Shape(advance: place.x_advance, kind: .other) }
    let left = box.minX + Double(place.x_offset) / face.unitsPerEm, right = left + box.width
    if right <= half { return Shape(advance: place.x_advance, kind: .close) }
    if left >= half { return Shape(advance: place.x_advance, kind: .open) }
    return Shape(advance: place.x_advance, kind: box.width <= half && left >= half / 2 ? .middle : .other)
  }
}
