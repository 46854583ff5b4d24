// One face of a font file, at one place of its design space.
//
// HarfBuzz reads everything that scales: outlines, advances, metrics. FreeType is opened only for glyphs that are bitmaps.
// All numbers of the file are in font units; `unitsPerEm` of them are an em.

import CHarfBuzz
import Drawing
import Geometry
import Synchronization

/// A face that texts are set in. Immutable apart from caches, so that surfaces may ask for outlines on any thread.
public final class FontFace: @unchecked Sendable {
  let data: FontData
  let index: UInt32
  let variations: [FontVariation]
  public let unitsPerEm: Double
  let metrics: FaceMetrics
  // Safe: made immutable in init, so that HarfBuzz allows use from several threads; released in deinit.
  let hbFace: OpaquePointer
  let hbFont: OpaquePointer
  let colorTable: ColorTable?
  let palette: [Color]
  private let hasBitmaps: Bool
  /// Whether glyphs are pictures and nothing else, so that their widths are those of the pictures.
  let hasBitmapsOnly: Bool
  private let outlines = Mutex(KnownOutlines())
  private let features = Mutex<[FeatureQuery: Bool]>([:])
  /// Whether the face is one of the system's: browsers set pictures of those on whole pixels, with widths to match.
  let isInstalled: Bool
  let bitmapSource = Mutex<BitmapGlyphSource?>(nil)
  let colorGlyphs = Mutex<[UInt32: ColorGlyph?]>([:])

  /// Nil when the file has no such face.
  init?(data: FontData, index: UInt32, variations: [FontVariation] = [], isInstalled: Bool = false) {
    guard index < data.faceCount, let face = hb_face_create(data.blob, index), let font = hb_font_create(face) else { return nil }
    self.data = data
    self.index = index
    self.variations = variations
    self.isInstalled = isInstalled
    hbFace = face
    hbFont = font
    unitsPerEm = Double(max(16, hb_face_get_upem(face)))
    var settings = variations.map { hb_variation_t(tag: $0.tag.value, value: Float($0.value)) }
    if !settings.isEmpty { hb_font_set_variations(font, &settings, UInt32(settings.count)) }
    hb_face_make_immutable(face)
    hb_font_make_immutable(font)
    colorTable = ColorTable(face: face, coordinates: FontFace.normalizedCoordinates(of: font))
    palette = colorTable == nil ? [] : FontFace.firstPalette(of: face)
    hasBitmaps = hb_ot_color_has_png(face) != 0
    hasBitmapsOnly = hasBitmaps && !["glyf", "CFF ", "CFF2"].contains { FontData.hasTable($0, face) }
    metrics = FaceMetrics(font: font, face: face, unitsPerEm: unitsPerEm)
  }

  deinit {
    hb_font_destroy(hbFont)
    hb_face_destroy(hbFace)
  }

  /// The glyph of a character, or nil.
  func glyph(for scalar: UInt32) -> UInt32? {
    var glyph: hb_codepoint_t = 0
    return hb_font_get_nominal_glyph(hbFont, scalar, &glyph) != 0 && glyph != 0 ? glyph : nil
  }

  var hasColor: Bool { hasColorGlyphs || hasBitmaps }

  /// The width of a glyph that is a picture, in font units; nil when it has none of its own.
  func bitmapAdvance(of glyph: UInt32) -> Double? {
    guard hasBitmapsOnly, let ems = withBitmaps({ $0.advance(of: glyph) }) else { return nil }
    return ems.map { $0 * unitsPerEm }
  }

  /// The box of a glyph's ink in em units, y downwards; nil for blanks.
  public func glyphBounds(_ glyph: UInt32) -> Rect? {
    if let bounds = pictureBounds(glyph) { return bounds }
    var extents = hb_glyph_extents_t()
    guard hb_font_get_glyph_extents(hbFont, glyph, &extents) != 0, extents.width != 0, extents.height != 0 else { return nil }
    return Rect(
      x: Double(extents.x_bearing) / unitsPerEm, y: -Double(extents.y_bearing) / unitsPerEm,
      width: Double(extents.width) / unitsPerEm, height: -Double(extents.height) / unitsPerEm
    ).standardized
  }

  /// Whether the face substitutes glyphs for `tag` in texts of `script`.
  func hasSubstitution(_ tag: FontTag, script: hb_script_t) -> Bool {
    let query = FeatureQuery(tag: tag, script: script.rawValue)
    return features.withLock { known in
      if let answer = known[query] { return answer }
      let answer = findSubstitution(tag, script: script)
      known[query] = answer
      return answer
    }
  }

  private func findSubstitution(_ tag: FontTag, script: hb_script_t) -> Bool {
    let substitutions: hb_tag_t = 0x4753_5542  // GSUB
    var scriptTags = [hb_tag_t](repeating: 0, count: 3), count: UInt32 = 3
    hb_ot_tags_from_script_and_language(script, nil, &count, &scriptTags, nil, nil)
    var scriptIndex: UInt32 = 0, chosen: hb_tag_t = 0
    hb_ot_layout_table_select_script(hbFace, substitutions, count, scriptTags, &scriptIndex, &chosen)
    var featureIndex: UInt32 = 0
    // 0xFFFF is the script's default language.
    return hb_ot_layout_language_find_feature(hbFace, substitutions, scriptIndex, 0xFFFF, tag.value, &featureIndex) != 0
  }

  /// Whether any positioning, or any substitution, of the face touches the space.
  var positionsSpaces: Bool { touchesSpaces(table: 0x4750_4F53) }  // GPOS
  var substitutesSpaces: Bool { touchesSpaces(table: 0x4753_5542) }  // GSUB

  private func touchesSpaces(table: hb_tag_t) -> Bool {
    guard let space = glyph(for: 0x20), let glyphs = hb_set_create() else { return false }
    defer { hb_set_destroy(glyphs) }
    for lookup in 0..<hb_ot_layout_table_get_lookup_count(hbFace, table) {
      hb_ot_layout_lookup_collect_glyphs(hbFace, table, lookup, glyphs, glyphs, glyphs, nil)
      if hb_set_has(glyphs, space) != 0 { return true }
    }
    return false
  }

  /// Whether any script of the face has a positioning feature.
  func hasPositioning(_ tag: FontTag) -> Bool {
    var count = hb_ot_layout_table_get_feature_tags(hbFace, 0x4750_4F53, 0, nil, nil)
    guard count > 0 else { return false }
    var tags = [hb_tag_t](repeating: 0, count: Int(count))
    hb_ot_layout_table_get_feature_tags(hbFace, 0x4750_4F53, 0, &count, &tags)
    return tags.contains(tag.value)
  }

  /// Whether the face has a glyph for a character together with a variation selector.
  func hasVariation(_ scalar: UInt32, selector: UInt32) -> Bool {
    var glyph: hb_codepoint_t = 0
    return hb_font_get_variation_glyph(hbFont, scalar, selector, &glyph) != 0
  }

  /// In font units.
  func advance(of glyph: UInt32) -> Int32 { hb_font_get_glyph_h_advance(hbFont, glyph) }

  /// Outlines that were drawn before.
  private struct KnownOutlines {
    /// Enough for any script but the whole of Chinese; bounded, because one face may serve a long batch, and hostile fonts have glyphs
    /// of very many points.
    private static let mostGlyphs = 8192, mostPoints = 4_000_000
    private var paths: [UInt32: Path] = [:]
    private var pointCount = 0

    subscript(glyph: UInt32) -> Path? { paths[glyph] }

    mutating func add(_ path: Path, _ glyph: UInt32) {
      if paths.count >= KnownOutlines.mostGlyphs || pointCount >= KnownOutlines.mostPoints {
        paths.removeAll(keepingCapacity: true)
        pointCount = 0
      }
      if paths.updateValue(path, forKey: glyph) == nil { pointCount += path.points.count }
    }
  }

  private struct FeatureQuery: Hashable {
    let tag: FontTag
    let script: UInt32
  }
}

// MARK: - Glyph shapes

extension FontFace: GlyphOutlineSource {
  public func outline(of glyph: UInt32) -> Path? {
    if hasColorGlyphs, colorGlyph(glyph) != nil { return nil }
    if hasBitmaps, withBitmaps({ $0.hasPicture(of: glyph) }) == true { return nil }
    return plainOutline(of: glyph)
  }

  /// The outline even where the glyph has colours.
  func plainOutline(of glyph: UInt32) -> Path {
    if let known = outlines.withLock({ $0[glyph] }) { return known }
    let path = GlyphPen.draw(glyph, of: hbFont, unitsPerEm: unitsPerEm)
    outlines.withLock { $0.add(path, glyph) }
    return path
  }

  public func bitmap(of glyph: UInt32, pixelsPerEm: Double) -> GlyphBitmap? {
    guard hasBitmaps else { return nil }
    var bitmap = withBitmaps { $0.bitmap(of: glyph, pixelsPerEm: pixelsPerEm) } ?? nil
    bitmap?.isOnWholePixels = isInstalled
    return bitmap
  }

  private func withBitmaps<Result: Sendable>(_ body: @Sendable (BitmapGlyphSource) -> Result) -> Result? {
    bitmapSource.withLock { source in
      if source == nil { source = BitmapGlyphSource(data: data, index: index) }
      return source.map(body)
    }
  }

  /// The box of a glyph that is painted or a picture, where that says more than the outline.
  private func pictureBounds(_ glyph: UInt32) -> Rect? {
    if let colorTable {
      if let box = ColorGlyphReader.clipBox(of: glyph, colorTable, unitsPerEm: unitsPerEm) { return box }
      if let bounds = colorGlyph(glyph)?.bounds { return bounds }
    }
    guard hasBitmaps, !hasBitmapsOnly else { return nil }
    return withBitmaps { $0.bounds(of: glyph) } ?? nil
  }
}
