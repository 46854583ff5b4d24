// Fonts that a program or script brings along.

import CHarfBuzz
import Glibc

/// Names a font added to a library, so that it can be taken out again.
public struct UserFontID: Hashable, Sendable {
  let value: Int
}

/// The added fonts, in the order in which they came.
struct UserFonts {
  private var records: [(id: UserFontID, record: FontRecord)] = []
  private var nextID = 1

  var isEmpty: Bool { records.isEmpty }
  var all: [FontRecord] { records.map(\.record) }

  func faces(ofFamily name: String) -> [FontRecord] {
    guard !records.isEmpty else { return [] }
    let key = name.lowercased()
    return records.filter { $0.record.family.lowercased() == key }.map(\.record)
  }

  /// Adds every face of the data, or just the first when the caller names the family.
  mutating func add(_ data: FontData, family: String?, descriptors: FontDescriptors) throws(FontError) -> UserFontID {
    let id = UserFontID(value: nextID)
    var added: [(UserFontID, FontRecord)] = []
    for index in 0..<(family == nil ? data.faceCount : 1) {
      guard let description = FaceDescription(data: data, index: UInt32(index)) else { continue }
      added.append((id, description.record(data, UInt32(index), family: family, descriptors)))
    }
    guard !added.isEmpty else { throw .notAFont(data.name) }
    nextID += 1
    records += added
    return id
  }

  /// Adds one face of the data.
  mutating func add(_ data: FontData, index: UInt32, family: String, descriptors: FontDescriptors) throws(FontError) -> UserFontID {
    guard let description = FaceDescription(data: data, index: index) else { throw .notAFont(data.name) }
    let id = UserFontID(value: nextID)
    nextID += 1
    records.append((id, description.record(data, index, family: family, descriptors)))
    return id
  }

  mutating func remove(_ id: UserFontID) {
    records.removeAll { $0.id == id }
  }
}

/// What a file says about one of its faces.
private struct FaceDescription {
  var family: String
  var styleName: String
  var weight: ClosedRange<Double>
  var stretch: ClosedRange<Double>
  var style: FaceStyle
  var isVariable: Bool

  init?(data: FontData, index: UInt32) {
    guard let face = hb_face_create(data.blob, index), let font = hb_font_create(face) else { return nil }
    defer {
      hb_font_destroy(font)
      hb_face_destroy(face)
    }
    guard hb_face_get_glyph_count(face) > 0 else { return nil }
    family = Self.name(face, 16) ?? Self.name(face, 1) ?? data.name
    styleName = Self.name(face, 17) ?? Self.name(face, 2) ?? ""
    let axes = FontFace.axes(of: face)
    func range(_ tag: FontTag, _ value: hb_style_tag_t, _ limits: ClosedRange<Double>) -> ClosedRange<Double> {
      if let axis = axes.first(where: { $0.tag == tag }) { return axis.range.clamped(to: limits) }
      let stated = Double(hb_style_get_value(font, value))
      let single = stated.isFinite ? min(max(stated, limits.lowerBound), limits.upperBound) : limits.lowerBound
      return single...single
    }
    weight = range(.weight, HB_STYLE_TAG_WEIGHT, 1...1000)
    stretch = range(.width, HB_STYLE_TAG_WIDTH, 1...1000)
    let isItalic = hb_style_get_value(font, HB_STYLE_TAG_ITALIC) != 0
    let isSlanted = hb_style_get_value(font, HB_STYLE_TAG_SLANT_ANGLE) != 0
    style = isItalic ? .italic : isSlanted ? .oblique : .normal
    isVariable = !axes.isEmpty
  }

  func record(_ data: FontData, _ index: UInt32, family name: String?, _ descriptors: FontDescriptors) -> FontRecord {
    let described: FaceStyle? =
      switch descriptors.slant {
      case nil: nil
      case .normal?: .normal
      case .italic?: .italic
      case .oblique?: .oblique
      }
    var adjustments = descriptors.adjustments
    adjustments.staysUpright = descriptors.slant == .normal
    return FontRecord(
      family: name ?? family, weight: descriptors.weight ?? weight, stretch: descriptors.stretch ?? stretch,
      style: described ?? style, location: .memory(data, index: index), isVariable: isVariable,
      unicodeRanges: descriptors.unicodeRanges, styleName: styleName, adjustments: adjustments)
  }

  private static func name(_ face: OpaquePointer, _ id: UInt32) -> String? {
    var size: UInt32 = 256
    var text = [CChar](repeating: 0, count: 256)
    guard hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &size, &text) > 0 else { return nil }
    return String(decoding: text.prefix(Int(min(size, 255))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}

extension FontFace {
  /// The variation axes of a face.
  static func axes(of face: OpaquePointer) -> [(tag: FontTag, range: ClosedRange<Double>)] {
    var count = hb_ot_var_get_axis_count(face)
    guard count > 0 else { return [] }
    var infos = [hb_ot_var_axis_info_t](repeating: hb_ot_var_axis_info_t(), count: Int(count))
    hb_ot_var_get_axis_infos(face, 0, &count, &infos)
    return infos.prefix(Int(count)).compactMap { info in
      guard info.min_value <= info.max_value else { return nil }
      return (FontTag(value: info.tag), Double(info.min_value)...Double(info.max_value))
    }
  }
}
