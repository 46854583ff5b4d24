// Full-width punctuation that meets other punctuation loses its blank half: https://drafts.csswg.org/css-text-4/#text-spacing-trim-property,
// whose initial value browsers apply to canvases, too. The face does it, with its feature `halt`.

import CHarfBuzz

enum HanKerning {
  private enum Kind { case open, close, dot, middle }

  /// The feature for each sign of an item that is to be narrowed.
  static func features(for item: TextItem, _ text: [UInt16]) -> [hb_feature_t] {
    var features: [hb_feature_t] = []
    var previous = item.range.lowerBound > 0 ? kind(of: text[item.range.lowerBound - 1], item) : nil
    for index in item.range {
      let current = kind(of: text[index], item)
      defer { previous = current }
      guard let before = previous, let current else { continue }
      if current == .open {
        // An opening sign gives way to whatever comes before it.
        features.append(narrowing(index))
      } else if before == .close || before == .dot, index > item.range.lowerBound {
        features.append(narrowing(index - 1))
      }
    }
    return features
  }

  private static func narrowing(_ index: Int) -> hb_feature_t {
    hb_feature_t(tag: 0x6861_6C74, value: 1, start: UInt32(clamping: index), end: UInt32(clamping: index + 1))  // halt
  }

  @inline(__always)
  private static func kind(of unit: UInt16, _ item: TextItem) -> Kind? {
    guard unit >= 0x3001 else { return nil }
    switch unit {
    case 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018, 0x301A, 0x301D, 0xFF08, 0xFF3B, 0xFF5B, 0xFF5F: return .open
    case 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019, 0x301B, 0x301E, 0x301F, 0xFF09, 0xFF3D, 0xFF5D, 0xFF60:
      return .close
    case 0x3001, 0x3002, 0xFF0C, 0xFF0E: return hasBlankRightHalf(unit, item) ? .dot : .middle
    case 0x30FB: return .middle
    default: return nil
    }
  }

  /// Some regions centre their full stops.
  private static func hasBlankRightHalf(_ unit: UInt16, _ item: TextItem) -> Bool {
    guard let glyph = item.instance.face.glyph(for: UInt32(unit)), let box = item.instance.face.glyphBounds(glyph) else { return false }
    return box.maxX <= 0.5
  }
}
