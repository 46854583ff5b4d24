// Where the sbix table has the pictures of glyphs (https://learn.microsoft.com/typography/opentype/spec/sbix).

import CHarfBuzz

struct PictureTable {
  /// What a strike has for a glyph.
  enum Entry: Equatable {
    case nothing
    /// A PNG of this size in pixels.
    case picture(width: Int, height: Int)
    /// Something that is not drawn: a reference to another glyph, which browsers do not follow, or something damaged.
    case blank
  }

  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47]  // what a PNG begins with
  private let cursor: ByteCursor
  private let glyphCount: Int

  /// Nil when the face has no such table.
  init?(face: OpaquePointer) {
    guard let table = FontTable(.sbix, of: face) else { return nil }
    cursor = ByteCursor(table)
    glyphCount = Int(hb_face_get_glyph_count(face))
  }

  func entry(of glyph: UInt32, strike: Int) -> Entry {
    guard Int(glyph) < glyphCount, strike >= 0, let offset = cursor.unsigned32(8 + strike * 4) else { return .nothing }
    let start = Int(offset), record = start + 4 + Int(glyph) * 4
    guard let from = cursor.unsigned32(record), let to = cursor.unsigned32(record + 4), to > from else { return .nothing }
    let data = start + Int(from)
    // Not supported: JPEG. Such glyphs show their outline.
    if cursor.unsigned32(data + 4) == FontTag.jpegPicture.value { return .nothing }
    // The origin's offsets and the kind come first; then, in a PNG, its signature, and 8 bytes on its size.
    guard cursor.unsigned32(data + 4) == FontTag.pngPicture.value,
      PictureTable.signature.indices.allSatisfy({ cursor.unsigned8(data + 8 + $0) == PictureTable.signature[$0] }),
      let width = cursor.unsigned32(data + 24), let height = cursor.unsigned32(data + 28)
    else { return .blank }
    return .picture(width: Int(width), height: Int(height))
  }
}
