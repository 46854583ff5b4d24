// A face as a style uses it: opened, at its place in design space, with what must be synthesised.

import CHarfBuzz
import Drawing
import Geometry
import Glibc

/// A face made to fit a style. Used by one library only.
final class FaceInstance {
  let face: FontFace
  let record: FontRecord
  /// The slant that the face lacks.
  let glyphTransform: AffineTransform
  /// Whether the face lacks the weight.
  let isEmboldened: Bool
  /// Whether glyphs are as wide as whole pixels: pictures are in browsers, where their family was named. As a replacement for
  /// characters that the named families lack the same font keeps its fractions.
  let hasWholeWidths: Bool

  init(face: FontFace, record: FontRecord, style: TextStyle, isFallback: Bool) {
    self.face = face
    self.record = record
    hasWholeWidths = !isFallback && face.hasBitmapsOnly && face.isInstalled
    language = style.language
    isEmboldened = FaceInstance.needsEmboldening(record, style, isFallback: isFallback)
    glyphTransform = FaceInstance.slant(record, face, style)
  }

  /// The space by itself; nil where the face has none. Found once: every other word of a text is one.
  private(set) lazy var space: (glyph: UInt32, advance: Int32)? = face.glyph(for: 0x20).map { ($0, face.advance(of: $0)) }
  private let language: String?
  private(set) lazy var hanKerning = HanKerningClasses(face: face, language: language)

  /// The measures at a font size, with the font's own overrides.
  func metrics(size: Double) -> FontMetrics {
    face.metrics.overridden(by: record.adjustments).scaled(to: size * record.adjustments.size)
  }

  var isSynthetic: Bool { isEmboldened || !glyphTransform.isIdentity }

  /// Whether a character may be set in this face.
  func covers(_ scalar: UInt32) -> Bool { record.allows(scalar) && face.glyph(for: scalar) != nil }

  /// The weight that the face lacks, as a fraction of an em: relatively more for small texts (Skia's fake bold).
  func emboldening(size: Double) -> Double {
    guard isEmboldened else { return 0 }
    let position = min(1, max(0, (size - 9) / (36 - 9)))
    return 1.0 / 24 + (1.0 / 32 - 1.0 / 24) * position
  }

  /// As in browsers: of installed families that are named, those whose face is lighter by more than 200; of all others, those that
  /// are not bold where bold is asked for.
  static func needsEmboldening(_ record: FontRecord, _ style: TextStyle, isFallback: Bool = false) -> Bool {
    if record.isInstalled, !isFallback { return style.weight > record.weight.upperBound + 200 }
    return style.weight >= 600 && record.weight.upperBound < 600
  }

  /// As in browsers: angles from that of italics on, for installed fonts that angle alone.
  static func needsSlant(_ record: FontRecord, _ style: TextStyle) -> Bool {
    guard record.style == .normal, let angle = slantAngle(style) else { return false }
    return record.isInstalled ? angle == italicAngle : angle >= italicAngle
  }

  private static func slant(_ record: FontRecord, _ face: FontFace, _ style: TextStyle) -> AffineTransform {
    let isReachedByAxis = face.variations.contains { ($0.tag == .slant || $0.tag == .italic) && $0.value != 0 }
    guard needsSlant(record, style), !isReachedByAxis else { return .identity }
    // However many degrees were asked for.
    return AffineTransform(a: 1, b: 0, c: -0.25, d: 1, e: 0, f: 0)
  }

  /// Where a style puts a variable face on its axes.
  static func variations(of data: FontData, index: UInt32, record: FontRecord, style: TextStyle) -> [FontVariation] {
    guard let face = hb_face_create(data.blob, index) else { return [] }
    defer { hb_face_destroy(face) }
    return FontFace.axes(of: face).compactMap { axis in
      // Low-level settings of the style win.
      let settings = record.adjustments.variations + style.variations
      var value = settings.last { $0.tag == axis.tag }?.value
      if value == nil {
        switch axis.tag {
        case .weight: value = min(max(style.weight, record.weight.lowerBound), record.weight.upperBound)
        case .width: value = min(max(style.stretch, record.stretch.lowerBound), record.stretch.upperBound)
        case .slant where !record.adjustments.staysUpright: value = slantAngle(style).map { -$0 }
        case .italic where !record.adjustments.staysUpright: value = style.slant == .italic ? 1 : nil
        case .opticalSize: value = style.size * record.adjustments.size
        default: break
        }
      }
      guard let value, value.isFinite else { return nil }
      return FontVariation(tag: axis.tag, value: min(max(value, axis.range.lowerBound), axis.range.upperBound))
    }
  }

  private static let italicAngle = 14.0

  private static func slantAngle(_ style: TextStyle) -> Double? {
    switch style.slant {
    case .normal: nil
    case .italic: italicAngle
    case .oblique(let degrees): degrees
    }
  }
}
