// Finding strings in strings, and cutting pieces out of them.

import CRuntimeShims
import Glibc

extension ScriptString {
  /// The first place of `needle` at or after `start`; nil where there is none.
  func firstIndex(of needle: ScriptString, from start: Int) -> Int? {
    guard start >= 0, start + needle.length <= length else { return nil }
    if needle.length == 0 { return start }
    return withUnits(
      latin1: { text in
        // Wide strings have a unit that does not occur in a narrow one.
        needle.withUnits(latin1: { ScriptString.find($0, in: text, from: start) }, utf16: { _ in nil })
      },
      utf16: { text in
        needle.withUnits(
          latin1: { ScriptString.find($0.map(UInt16.init), in: text, from: start) },
          utf16: { ScriptString.find(Array($0), in: text, from: start) })
      })
  }

  private static func find(_ needle: UnsafeBufferPointer<UInt8>, in text: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let base = text.baseAddress, let pattern = needle.baseAddress else { return nil }
    if needle.count == 1 {
      return memchr(base + start, Int32(pattern[0]), text.count - start).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
    }
    return runtime_find_bytes(base + start, text.count - start, pattern, needle.count).map { $0 - UnsafeRawPointer(base) }
  }

  private static func find(_ needle: [UInt16], in text: UnsafeBufferPointer<UInt16>, from start: Int) -> Int? {
    let last = text.count - needle.count
    guard start <= last, let first = needle.first else { return nil }
    for index in start...last where text[index] == first {
      var offset = 1
      while offset < needle.count, text[index + offset] == needle[offset] { offset += 1 }
      if offset == needle.count { return index }
    }
    return nil
  }

  /// The last place of `needle` at or before `start`.
  func lastIndex(of needle: ScriptString, from start: Int) -> Int? {
    var index = min(start, length - needle.length)
    while index >= 0 {
      if contains(needle, at: index) { return index }
      index -= 1
    }
    return nil
  }

  /// Whether `needle` stands at `index`, which may be anywhere.
  func contains(_ needle: ScriptString, at index: Int) -> Bool {
    guard index >= 0, index + needle.length <= length else { return false }
    return withUnits(
      latin1: { text in
        needle.withUnits(
          latin1: { pattern in pattern.elementsEqual(text[index..<(index + pattern.count)]) }, utf16: { _ in false })
      },
      utf16: { text in
        needle.withUnits(
          latin1: { pattern in pattern.indices.allSatisfy { text[index + $0] == UInt16(pattern[$0]) } },
          utf16: { pattern in pattern.elementsEqual(text[index..<(index + pattern.count)]) })
      })
  }

  /// The code point at a unit inside, and how many units it has; a lone surrogate stands for itself.
  func codePoint(at index: Int) -> (point: UInt32, count: Int) {
    let first = unit(at: index)
    if first & 0xFC00 == 0xD800, index + 1 < length {
      let second = unit(at: index + 1)
      if second & 0xFC00 == 0xDC00 { return (CodePoints.combine(first, second), 2) }
    }
    return (UInt32(first), 1)
  }
}

extension Realm {
  /// Units `start..<end`, which must lie inside. Single units are shared.
  @inline(__always)
  func substring(_ string: ScriptString, _ start: Int, _ end: Int) -> ScriptString {
    if end - start == 1 { return unitString(string.unit(at: start)) }
    return start == end ? emptyString : string.substring(heap: heap, start, end)
  }

  /// `string` over and over until the result has `length` units.
  func repeated(_ string: ScriptString, toLength length: Int) -> ScriptString {
    guard string.length > 0, length > 0 else { return emptyString }
    heap.charge(length)
    return ScriptString(heap: heap, count: length, isLatin1: string.isLatin1) { memory in
      let size = string.isLatin1 ? 1 : 2
      let first = min(length, string.length) * size
      string.withUnits(
        latin1: { if let base = $0.baseAddress { memcpy(memory, base, first) } },
        utf16: { if let base = $0.baseAddress { memcpy(memory, base, first) } })
      // What is there is copied behind itself, doubling each time.
      var done = first
      while done < length * size {
        let chunk = min(done, length * size - done)
        memcpy(memory + done, memory, chunk)
        done += chunk
      }
    }
  }
}
