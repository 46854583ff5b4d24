// Deflate (RFC 1951), tuned for filtered picture rows.
//
// Matches of four bytes and more are found through chains of equal hashes, cut short, with one step of lazy evaluation; the
// symbols of a block are kept until its Huffman codes are known. On such data this gives zlib's level 6 size in a third of its time.

import Glibc

/// How hard a PNG is squeezed.
public enum PNGEffort: Sendable, CaseIterable {
  /// For previews and long batches: about half the time and a tenth more bytes.
  case fast
  case standard
  /// For pictures that are served often.
  case small
}

/// Compresses one piece of a stream at a time. Owns its tables; use from one thread.
final class Deflater {
  private struct Limits {
    /// How many earlier positions are tried.
    let chain: Int
    /// A match this long is taken at once.
    let nice: Int
    /// Only shorter matches are compared with the one a byte later.
    let lazy: Int
  }

  static let windowSize = 32768
  private static let windowMask = windowSize - 1
  private static let hashBits: UInt32 = 15
  private static let symbolCapacity = 24576
  private static let minimumMatch = 4
  private static let maximumMatch = 258
  /// Readable bytes that must follow a piece: matches are compared eight bytes at a time.
  static let padding = 8

  private let limits: Limits
  // Positions plus one in the piece; 0 is none.
  private let heads: UnsafeMutablePointer<Int32>
  private let links: UnsafeMutablePointer<Int32>
  // A literal, or 1 << 31 | length << 16 | distance - 1 … see emit.
  private let symbols: UnsafeMutablePointer<UInt32>
  private var symbolCount = 0
  private let literalCounts: UnsafeMutablePointer<UInt32>
  private let distanceCounts: UnsafeMutablePointer<UInt32>
  private var blockStart = 0
  private(set) var output = DeflateBits()

  init(effort: PNGEffort) {
    limits =
      switch effort {
      case .fast: Limits(chain: 2, nice: 32, lazy: 0)
      case .standard: Limits(chain: 12, nice: 96, lazy: 24)
      case .small: Limits(chain: 256, nice: 258, lazy: 258)
      }
    heads = .allocate(capacity: 1 << Int(Deflater.hashBits))
    links = .allocate(capacity: Deflater.windowSize)
    symbols = .allocate(capacity: Deflater.symbolCapacity + 1)
    literalCounts = .allocate(capacity: 288)
    distanceCounts = .allocate(capacity: 32)
    links.initialize(repeating: 0, count: Deflater.windowSize)
    clearCounts()
  }

  deinit {
    heads.deallocate()
    links.deallocate()
    symbols.deallocate()
    literalCounts.deallocate()
    distanceCounts.deallocate()
  }

  private func clearCounts() {
    literalCounts.initialize(repeating: 0, count: 288)
    distanceCounts.initialize(repeating: 0, count: 32)
  }

  /// Compresses `bytes[start ..< count]`; what lies before `start` (at most a window) may be referred to. The output ends on
  /// a byte boundary, so that pieces compressed apart can be joined; `padding` bytes after `count` must be readable.
  func compress(_ bytes: UnsafePointer<UInt8>, from start: Int, count: Int, isLast: Bool) -> [UInt8] {
    output = DeflateBits()
    output.reserve((count - start) / 4 + 1024)
    heads.initialize(repeating: 0, count: 1 << Int(Deflater.hashBits))
    symbolCount = 0
    blockStart = start
    var position = max(0, start - Deflater.windowSize)
    while position < start, position + Deflater.minimumMatch <= count {
      insert(bytes, position)
      position += 1
    }
    findMatches(bytes, from: start, to: count, isLast: isLast)
    if isLast { output.alignToByte() } else { output.writeEmptyStoredBlock() }
    return output.takeBytes()
  }

  // MARK: Matches

  @inline(__always) private func hash(_ bytes: UnsafePointer<UInt8>, _ position: Int) -> Int {
    let word = UnsafeRawPointer(bytes + position).loadUnaligned(as: UInt32.self)
    return Int((word &* 0x9E37_79B1) >> (32 - Deflater.hashBits))
  }

  @inline(__always) @discardableResult
  private func insert(_ bytes: UnsafePointer<UInt8>, _ position: Int) -> Int {
    let slot = hash(bytes, position)
    let earlier = heads[slot]
    links[position & Deflater.windowMask] = earlier
    heads[slot] = Int32(truncatingIfNeeded: position &+ 1)
    return Int(earlier) &- 1
  }

  /// The longest match at `position` that is longer than `best`, or a length of `best`.
  @inline(__always) private func longestMatch(
    _ bytes: UnsafePointer<UInt8>, _ position: Int, _ firstCandidate: Int, longerThan best: Int, limit: Int, chain: Int
  ) -> (length: Int, distance: Int) {
    var length = best, distance = 0, candidate = firstCandidate, tries = chain
    let oldest = max(0, position &- Deflater.windowSize &+ 1)
    let current = UnsafeRawPointer(bytes + position)
    let word = current.loadUnaligned(as: UInt32.self)
    while candidate >= oldest, tries > 0 {
      let other = UnsafeRawPointer(bytes + candidate)
      // The byte that would make it longer is checked first: most candidates fail there.
      if other.load(fromByteOffset: length, as: UInt8.self) == current.load(fromByteOffset: length, as: UInt8.self),
        other.loadUnaligned(as: UInt32.self) == word
      {
        let common = commonLength(current, other, limit)
        if common > length {
          length = common
          distance = position &- candidate
          if length >= limits.nice || length >= limit { break }
        }
      }
      tries &-= 1
      // Links of positions that left the window have been overwritten by newer ones, which shows in their order.
      let next = Int(links[candidate & Deflater.windowMask]) &- 1
      if next >= candidate { break }
      candidate = next
    }
    return (length, distance)
  }

  @inline(__always) private func commonLength(_ a: UnsafeRawPointer, _ b: UnsafeRawPointer, _ limit: Int) -> Int {
    var length = 0
    while length < limit {
      let difference =
        a.loadUnaligned(fromByteOffset: length, as: UInt64.self) ^ b.loadUnaligned(fromByteOffset: length, as: UInt64.self)
      if difference != 0 { return min(limit, length &+ difference.trailingZeroBitCount >> 3) }
      length &+= 8
    }
    return limit
  }

  private func findMatches(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int, isLast: Bool) {
    // Hashes read four bytes.
    let lastHashed = end - Deflater.minimumMatch
    var position = start
    while position < end {
      if symbolCount >= Deflater.symbolCapacity { flushBlock(bytes, end: position, isFinal: false) }
      guard position <= lastHashed else {
        emitLiteral(bytes[position])
        position &+= 1
        continue
      }
      let limit = min(Deflater.maximumMatch, end &- position)
      let candidate = insert(bytes, position)
      var match = candidate < 0
        ? (length: 3, distance: 0)
        : longestMatch(bytes, position, candidate, longerThan: 3, limit: limit, chain: limits.chain)
      guard match.distance > 0 else {
        emitLiteral(bytes[position])
        position &+= 1
        continue
      }
      var inserted = position
      while match.length < limits.lazy, position < lastHashed, symbolCount < Deflater.symbolCapacity {
        let nextCandidate = insert(bytes, position &+ 1)
        inserted = position &+ 1
        guard nextCandidate >= 0 else { break }
        let nextLimit = min(Deflater.maximumMatch, end &- position &- 1)
        guard match.length < nextLimit else { break }
        let later = longestMatch(
          bytes, position &+ 1, nextCandidate, longerThan: match.length, limit: nextLimit, chain: max(1, limits.chain >> 1))
        guard later.distance > 0 else { break }
        emitLiteral(bytes[position])
        position &+= 1
        match = later
      }
      emitMatch(length: match.length, distance: match.distance)
      let next = position &+ match.length
      insertAll(bytes, from: inserted &+ 1, to: min(next, lastHashed &+ 1))
      position = next
    }
    flushBlock(bytes, end: end, isFinal: isLast)
  }

  /// Remembers the positions inside a match; of a very long one, as in flat areas, only the end.
  @inline(__always) private func insertAll(_ bytes: UnsafePointer<UInt8>, from start: Int, to end: Int) {
    var position = end &- start > 96 ? end &- 32 : start
    while position < end {
      insert(bytes, position)
      position &+= 1
    }
  }

  // MARK: Symbols

  @inline(__always) private func emitLiteral(_ byte: UInt8) {
    symbols[symbolCount] = UInt32(byte)
    symbolCount &+= 1
    literalCounts[Int(byte)] &+= 1
  }

  @inline(__always) private func emitMatch(length: Int, distance: Int) {
    symbols[symbolCount] = 1 << 31 | UInt32(truncatingIfNeeded: length) << 16 | UInt32(truncatingIfNeeded: distance &- 1)
    symbolCount &+= 1
    literalCounts[257 &+ DeflateCodes.lengthCode(length).code] &+= 1
    distanceCounts[DeflateCodes.distanceCode(distance).code] &+= 1
  }

  // MARK: Blocks

  private func flushBlock(_ bytes: UnsafePointer<UInt8>, end: Int, isFinal: Bool) {
    guard symbolCount > 0 || isFinal else { return }
    literalCounts[256] = 1
    let literals = HuffmanCode(counts: UnsafeBufferPointer(start: literalCounts, count: 286), longest: 15)
    let distances = HuffmanCode(counts: UnsafeBufferPointer(start: distanceCounts, count: 30), longest: 15)
    let header = DynamicHeader(literals: literals, distances: distances)
    var bits = header.bitCount
    for symbol in 0..<286 {
      bits += Int(literalCounts[symbol]) * (Int(literals.lengths[symbol]) + DeflateCodes.extraLengthBits(symbol - 257))
    }
    for symbol in 0..<30 {
      bits += Int(distanceCounts[symbol]) * (Int(distances.lengths[symbol]) + DeflateCodes.extraDistanceBits(symbol))
    }
    let byteCount = end - blockStart
    if bits / 8 >= byteCount + 5 * (byteCount / 65535 + 1) {
      writeStored(bytes + blockStart, byteCount, isFinal: isFinal)
    } else {
      output.write(isFinal ? 0b101 : 0b100, 3)
      header.write(to: &output)
      writeSymbols(literals, distances)
    }
    symbolCount = 0
    blockStart = end
    clearCounts()
  }

  private func writeStored(_ bytes: UnsafePointer<UInt8>, _ count: Int, isFinal: Bool) {
    var offset = 0
    repeat {
      let length = min(65535, count - offset)
      output.write(isFinal && offset + length == count ? 1 : 0, 3)
      output.alignToByte()
      output.writeStored(bytes + offset, length)
      offset += length
    } while offset < count
  }

  private func writeSymbols(_ literals: HuffmanCode, _ distances: HuffmanCode) {
    literals.codes.withUnsafeBufferPointer { literalCodes in
      distances.codes.withUnsafeBufferPointer { distanceCodes in
        output.reserve(symbolCount * 8 + 16)
        for index in 0..<symbolCount {
          let symbol = symbols[index]
          if symbol >> 31 == 0 {
            let entry = literalCodes[Int(symbol)]
            output.writeReserved(UInt64(entry >> 4), Int(entry & 15))
            continue
          }
          let length = DeflateCodes.lengthCode(Int(symbol >> 16 & 0x1FF))
          let distance = DeflateCodes.distanceCode(Int(symbol & 0xFFFF) &+ 1)
          // At most 15 + 5 and 15 + 13 bits.
          let entry = literalCodes[257 &+ length.code]
          let entryLength = Int(entry & 15)
          output.writeReserved(UInt64(entry >> 4) | UInt64(length.extra) << UInt64(entryLength), entryLength &+ length.extraBits)
          let distanceEntry = distanceCodes[distance.code]
          let distanceLength = Int(distanceEntry & 15)
          output.writeReserved(
            UInt64(distanceEntry >> 4) | UInt64(distance.extra) << UInt64(distanceLength), distanceLength &+ distance.extraBits)
        }
        let end = literalCodes[256]
        output.writeReserved(UInt64(end >> 4), Int(end & 15))
      }
    }
  }
}
