// Canonical Huffman codes of limited length (RFC 1951, section 3.2.2) and the header that transmits them (3.2.7).

/// Code lengths that fit the counts, and the codes.
struct HuffmanCode {
  private(set) var lengths: [UInt8]
  /// Bit-reversed code << 4 | length, ready for a stream that begins with the lowest bit.
  private(set) var codes: [UInt32]

  init(counts: UnsafeBufferPointer<UInt32>, longest: Int) {
    lengths = HuffmanCode.makeLengths(counts, longest: longest)
    codes = HuffmanCode.makeCodes(lengths)
  }

  /// Lengths by Moffat & Katajainen, "In-place calculation of minimum-redundancy codes" (1995), then made to fit `longest`.
  private static func makeLengths(_ counts: UnsafeBufferPointer<UInt32>, longest: Int) -> [UInt8] {
    var lengths = [UInt8](repeating: 0, count: counts.count)
    var used: [UInt64] = []
    for symbol in 0..<counts.count where counts[symbol] > 0 { used.append(UInt64(counts[symbol]) << 16 | UInt64(symbol)) }
    if used.count <= 1 {
      // Decoders want a complete code: two codes of one bit, one of them perhaps unused.
      let only = used.first.map { Int($0 & 0xFFFF) } ?? 0
      lengths[only] = 1
      lengths[only == 0 ? 1 : 0] = 1
      return lengths
    }
    used.sort()
    let depths = minimumRedundancyDepths(used.map { Int($0 >> 16) })
    var lengthCounts = [Int](repeating: 0, count: longest + 1)
    for depth in depths { lengthCounts[min(depth, longest)] += 1 }
    restoreKraftEquality(&lengthCounts, longest: longest)
    // Rarest symbols, at the front, get the longest codes.
    var index = 0
    for length in stride(from: longest, to: 0, by: -1) {
      for _ in 0..<lengthCounts[length] {
        lengths[Int(used[index] & 0xFFFF)] = UInt8(length)
        index += 1
      }
    }
    return lengths
  }

  /// Depths in an optimal tree for ascending weights, at least two of them.
  private static func minimumRedundancyDepths(_ weights: [Int]) -> [Int] {
    var a = weights
    let n = a.count
    a[0] += a[1]
    var root = 0, leaf = 2
    if n > 2 {
      for next in 1..<(n - 1) {
        if leaf >= n || a[root] < a[leaf] {
          a[next] = a[root]
          a[root] = next
          root += 1
        } else {
          a[next] = a[leaf]
          leaf += 1
        }
        if leaf >= n || (root < next && a[root] < a[leaf]) {
          a[next] += a[root]
          a[root] = next
          root += 1
        } else {
          a[next] += a[leaf]
          leaf += 1
        }
      }
    }
    a[n - 2] = 0
    for next in stride(from: n - 3, through: 0, by: -1) { a[next] = a[a[next]] + 1 }
    var available = 1, usedCount = 0, depth = 0, next = n - 1
    root = n - 2
    while available > 0 {
      while root >= 0, a[root] == depth {
        usedCount += 1
        root -= 1
      }
      while available > usedCount {
        a[next] = depth
        next -= 1
        available -= 1
      }
      available = 2 * usedCount
      depth += 1
      usedCount = 0
    }
    return a
  }

  /// Lengthens short codes until the cut ones fit: the sum of 2^-length becomes 1 again.
  private static func restoreKraftEquality(_ lengthCounts: inout [Int], longest: Int) {
    var total = 0
    for length in 1...longest { total += lengthCounts[length] << (longest - length) }
    while total > 1 << longest {
      lengthCounts[longest] -= 1
      for length in stride(from: longest - 1, to: 0, by: -1) where lengthCounts[length] > 0 {
        lengthCounts[length] -= 1
        lengthCounts[length + 1] += 2
        break
      }
      total -= 1
    }
  }

  private static func makeCodes(_ lengths: [UInt8]) -> [UInt32] {
    var lengthCounts = [UInt32](repeating: 0, count: 17)
    for length in lengths where length > 0 { lengthCounts[Int(length)] += 1 }
    var next = [UInt32](repeating: 0, count: 17)
    var code: UInt32 = 0
    for length in 1...16 {
      code = (code + lengthCounts[length - 1]) << 1
      next[length] = code
    }
    return lengths.map { length in
      guard length > 0 else { return 0 }
      let code = next[Int(length)]
      next[Int(length)] += 1
      return reversed(code, Int(length)) << 4 | UInt32(length)
    }
  }

  private static func reversed(_ code: UInt32, _ length: Int) -> UInt32 {
    var result: UInt32 = 0
    for bit in 0..<length { result |= (code >> UInt32(bit) & 1) << UInt32(length - 1 - bit) }
    return result
  }
}

/// The description of both codes at the start of a dynamic block.
struct DynamicHeader {
  private static let order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
  private let literalCount: Int
  private let distanceCount: Int
  private let lengthCodeCount: Int
  private let lengthCode: HuffmanCode
  /// Symbol 0...18, value and number of its extra bits.
  private var items: [(symbol: Int, extra: Int, extraBits: Int)] = []
  let bitCount: Int

  init(literals: HuffmanCode, distances: HuffmanCode) {
    let literalCount = max(257, (literals.lengths.lastIndex { $0 > 0 } ?? 0) + 1)
    let distanceCount = max(1, (distances.lengths.lastIndex { $0 > 0 } ?? 0) + 1)
    self.literalCount = literalCount
    self.distanceCount = distanceCount
    items = DynamicHeader.runLengths(Array(literals.lengths[..<literalCount] + distances.lengths[..<distanceCount]))
    var counts = [UInt32](repeating: 0, count: 19)
    for item in items { counts[item.symbol] += 1 }
    let code = counts.withUnsafeBufferPointer { HuffmanCode(counts: $0, longest: 7) }
    lengthCode = code
    lengthCodeCount = max(4, (DynamicHeader.order.lastIndex { code.lengths[$0] > 0 } ?? 0) + 1)
    bitCount = 17 + 3 * lengthCodeCount + items.reduce(0) { $0 + Int(code.lengths[$1.symbol]) + $1.extraBits }
  }

  private static func runLengths(_ lengths: [UInt8]) -> [(symbol: Int, extra: Int, extraBits: Int)] {
    var items: [(symbol: Int, extra: Int, extraBits: Int)] = []
    var index = 0
    while index < lengths.count {
      let length = lengths[index]
      var run = 1
      while index + run < lengths.count, lengths[index + run] == length { run += 1 }
      if length == 0, run >= 3 {
        run = min(run, 138)
        items.append(run <= 10 ? (17, run - 3, 3) : (18, run - 11, 7))
      } else if run >= 4 {
        run = min(run, 7)
        items.append((Int(length), 0, 0))
        items.append((16, run - 4, 2))
      } else {
        run = 1
        items.append((Int(length), 0, 0))
      }
      index += run
    }
    return items
  }

  /// Everything after the block's type.
  func write(to output: inout DeflateBits) {
    output.write(UInt64(literalCount - 257), 5)
    output.write(UInt64(distanceCount - 1), 5)
    output.write(UInt64(lengthCodeCount - 4), 4)
    for symbol in DynamicHeader.order[..<lengthCodeCount] { output.write(UInt64(lengthCode.lengths[symbol]), 3) }
    for item in items {
      let entry = lengthCode.codes[item.symbol]
      output.write(UInt64(entry >> 4), Int(entry & 15))
      if item.extraBits > 0 { output.write(UInt64(item.extra), item.extraBits) }
    }
  }
}
