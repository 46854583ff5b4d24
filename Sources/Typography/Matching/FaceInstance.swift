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
  /// The weight that the face lacks, as a fraction of an em.
  let emboldening: Double
  /// One bit for each ASCII character that may be set in this face.
  private let asciiCoverage: (UInt64, UInt64)

  init(face: FontFace, record: FontRecord, style: TextStyle) {
    self.face = face
    self.record = record
    emboldening = FaceInstance.needsEmboldening(record, style) ? 1.0 / 24 : 0
    glyphTransform = FaceInstance.slant(record, face, style)
    var low: UInt64 = 0, high: UInt64 = 0
    for scalar in UInt32(0x20)..<0x7F where record.allows(scalar) && face.glyph(for: scalar) != nil {
      if scalar < 64 { low |= 1 << UInt64(scalar) } else { high |= 1 << UInt64(scalar - 64) }
    }
    asciiCoverage = (low, high)
  }

  private(set) lazy var kernsSpaces = face.findsSpaceKerning()

  var isSynthetic: Bool { emboldening > 0 || !glyphTransform.isIdentity }

  /// Whether a character may be set in this face.
  @inline(__always) func covers(_ scalar: UInt32) -> Bool {
    if scalar < 64 { return asciiCoverage.0 >> UInt64(scalar) & 1 == 1 }
    if scalar < 128 { return asciiCoverage.1 >> UInt64(scalar - 64) & 1 == 1 }
    return record.allows(scalar) && face.glyph(for: scalar) != nil
  }

  /// As in browsers: bold was asked for, and the face is not.
  static func needsEmboldening(_ record: FontRecord, _ style: TextStyle) -> Bool {
    style.weight >= 600 && record.weight.upperBound < 600
  }

  static func needsSlant(_ record: FontRecord, _ style: TextStyle) -> Bool {
    guard record.style == .normal else { return false }
    switch style.slant {
    case .normal: return false
    case .italic: return true
    case .oblique(let degrees): return degrees != 0
    }
  }

  private static func slant(_ record: FontRecord, _ face: FontFace, _ style: TextStyle) -> AffineTransform {
    let isReachedByAxis = face.variations.contains { ($0.tag == .slant || $0.tag == .italic) && $0.value != 0 }
    guard needsSlant(record, style), !isReachedByAxis else { return .identity }
    var lean = 0.25
    if case .oblique(let degrees) = style.slant, degrees != 14, degrees.isFinite {
      lean = tan(min(60, max(-60, degrees)) * .pi / 180)
    }
    return AffineTransform(a: 1, b: 0, c: -lean, d: 1, e: 0, f: 0)
  }

  /// Where a style puts a variable face on its axes.
  static func variations(of data: FontData, index: UInt32, record: FontRecord, style: TextStyle) -> [FontVariation] {
    guard let face = hb_face_create(data.blob, index) else { return [] }
    defer { hb_face_destroy(face) }
    return FontFace.axes(of: face).compactMap { axis in
      // Low-level settings of the style win.
      var value = style.variations.last { $0.tag == axis.tag }?.value
      if value == nil {
        switch axis.tag {
        case .weight: value = min(max(style.weight, record.weight.lowerBound), record.weight.upperBound)
        case .width: value = min(max(style.stretch, record.stretch.lowerBound), record.stretch.upperBound)
        case .slant: value = slantAngle(style).map { -$0 }
        case .italic: value = style.slant == .italic ? 1 : nil
        case .opticalSize: value = style.size
        default: break
        }
      }
      guard let value, value.isFinite else { return nil }
      return FontVariation(tag: axis.tag, value: min(max(value, axis.range.lowerBound), axis.range.upperBound))
    }
  }

  private static func slantAngle(_ style: TextStyle) -> Double? {
    switch style.slant {
    case .normal: nil
    case .italic: 14
    case .oblique(let degrees): degrees
    }
  }
}
