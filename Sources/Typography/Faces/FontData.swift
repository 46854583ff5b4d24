// The bytes of font files.

import CFreeType
import CHarfBuzz
import Glibc

/// Why a font could not be added.
public enum FontError: Error, Equatable, Sendable {
  case unreadable(path: String)
  /// The bytes hold no font with scalable outlines.
  case notAFont(String)
}

/// A font file in memory, mapped or copied, unpacked if it came as WOFF. Immutable.
final class FontData: @unchecked Sendable {
  /// A path, or what the caller called the data.
  let name: String
  // Safe: immutable, reference counted by HarfBuzz with atomic operations, released in deinit.
  let blob: OpaquePointer
  let faceCount: Int
  /// In bytes, far above any real web font; a small file may claim to unpack to gigabytes.
  private static let largestUnpacked = 1 << 27

  /// Maps a file.
  init(path: String) throws(FontError) {
    guard access(path, R_OK) == 0, let blob = hb_blob_create_from_file_or_fail(path) else { throw .unreadable(path: path) }
    (self.blob, faceCount) = try FontData.checked(blob, name: path)
    name = path
  }

  /// Copies bytes.
  init(bytes: [UInt8], name: String) throws(FontError) {
    let blob = bytes.withUnsafeBytes { buffer in
      hb_blob_create_or_fail(
        buffer.baseAddress?.assumingMemoryBound(to: CChar.self), UInt32(clamping: buffer.count), HB_MEMORY_MODE_DUPLICATE, nil, nil)
    }
    guard let blob else { throw .notAFont(name) }
    (self.blob, faceCount) = try FontData.checked(blob, name: name)
    self.name = name
  }

  deinit { hb_blob_destroy(blob) }

  /// Consumes `blob`: hands on it, or what it unpacks to.
  private static func checked(_ blob: OpaquePointer, name: String) throws(FontError) -> (OpaquePointer, Int) {
    var sfnt = blob
    if isWebFont(blob) {
      let unpacked = WebFontHeader(blob).map { $0.unpackedSize <= largestUnpacked } == true ? unpack(blob) : nil
      hb_blob_destroy(blob)
      guard let unpacked else { throw .notAFont(name) }
      sfnt = unpacked
    }
    let count = Int(hb_face_count(sfnt))
    guard count > 0, hasOutlines(sfnt) else {
      hb_blob_destroy(sfnt)
      throw .notAFont(name)
    }
    return (sfnt, count)
  }

  /// Whether there are glyphs, and something to paint them with.
  private static func hasOutlines(_ blob: OpaquePointer) -> Bool {
    guard let face = hb_face_create(blob, 0) else { return false }
    defer { hb_face_destroy(face) }
    guard hb_face_get_glyph_count(face) > 0 else { return false }
    return ["glyf", "CFF ", "CFF2", "CBDT", "sbix"].contains { hasTable($0, face) }
  }

  /// Whether a face has a table that is not empty.
  static func hasTable(_ tag: String, _ face: OpaquePointer) -> Bool {
    guard let table = hb_face_reference_table(face, FontTag(tag)?.value ?? 0) else { return false }
    defer { hb_blob_destroy(table) }
    return hb_blob_get_length(table) > 0
  }

  private static func isWebFont(_ blob: OpaquePointer) -> Bool {
    var length: UInt32 = 0
    guard let data = hb_blob_get_data(blob, &length), length > 4 else { return false }
    let tag = (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(UInt8(bitPattern: data[$1])) }
    return tag == 0x774F_4646 || tag == 0x774F_4632  // wOFF, wOF2
  }

  /// FreeType rebuilds the plain font while it opens a web font, and hands the result out.
  private static func unpack(_ blob: OpaquePointer) -> OpaquePointer? {
    var length: UInt32 = 0
    var library: FT_Library?
    guard let data = hb_blob_get_data(blob, &length), FT_Init_FreeType(&library) == 0, let library else { return nil }
    defer { FT_Done_FreeType(library) }
    var face: FT_Face?
    let opened = data.withMemoryRebound(to: UInt8.self, capacity: Int(length)) {
      FT_New_Memory_Face(library, $0, FT_Long(length), 0, &face)
    }
    guard opened == 0, let face else { return nil }
    defer { FT_Done_Face(face) }
    var size: FT_ULong = 0
    guard FT_Load_Sfnt_Table(face, 0, 0, nil, &size) == 0, size > 0, size <= largestUnpacked, let bytes = malloc(Int(size))
    else { return nil }
    guard FT_Load_Sfnt_Table(face, 0, 0, bytes.assumingMemoryBound(to: UInt8.self), &size) == 0 else {
      free(bytes)
      return nil
    }
    // HarfBuzz frees the bytes, now or with the blob.
    return hb_blob_create_or_fail(bytes.assumingMemoryBound(to: CChar.self), UInt32(size), HB_MEMORY_MODE_WRITABLE, bytes) { free($0) }
  }
}
