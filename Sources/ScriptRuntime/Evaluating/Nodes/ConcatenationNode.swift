// Text put together from several values at once: no string is made that nobody sees.

/// `` `a${b}` `` or a run of `+` that is bound to make a string, because one of its first two operands is one.
final class ConcatenationNode: ExecutableNode {
  private let operands: OperandList
  /// The operand's place in the source, for messages; a template has one for all.
  private let positions: [Int32]
  private let isTemplate: Bool

  /// - Parameter template: texts and expressions in order, without empty texts.
  init(template parts: [ExecutableNode], position: Int32) {
    operands = OperandList(ContiguousArray(parts.map(Operand.init)))
    positions = [position]
    isTemplate = true
  }

  private init(sum operands: ContiguousArray<Operand>, positions: [Int32]) {
    self.operands = OperandList(operands)
    self.positions = positions
    isTemplate = false
  }

  /// `left + right` where that is known to be a string, else nil.
  static func sum(_ left: ExecutableNode, _ right: ExecutableNode, position: Int32) -> ConcatenationNode? {
    if let sum = left as? ConcatenationNode, !sum.isTemplate {
      return ConcatenationNode(sum: sum.operands.operands + [Operand(right)], positions: sum.positions + [position])
    }
    guard left.isText || right.isText else { return nil }
    return ConcatenationNode(sum: [Operand(left), Operand(right)], positions: [position, position])
  }

  override var isText: Bool { true }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let state = frame.pointee.state
    let base = state.pointee.stackPointer
    let count = operands.count
    guard base + count + 8 < state.pointee.stackLimit else { throw frame.stackOverflow() }
    defer { state.pointee.stackPointer = base }
    var index = 0
    while index < count {
      let value = try operands.evaluate(index, frame)
      base[index] = value
      index &+= 1
      state.pointee.stackPointer = base + index
      // Only objects and symbols can be seen to be converted. The first two operands of a sum are both there before either is.
      if isTemplate || index > 2 {
        if !value.becomesTextUnseen { try convert(base + index - 1, index - 1, frame) }
      } else if index == 2 {
        if !base[0].becomesTextUnseen || !base[1].becomesTextUnseen { try convertFirst(base, frame) }
      }
    }
    return Value(try frame.pointee.realm.concatenate(base, count))
  }

  @inline(never)
  private func convertFirst(_ base: UnsafeMutablePointer<Value>, _ frame: FramePointer) throws(Thrown) {
    frame.pointee.position = positions[0]
    let realm = frame.pointee.realm
    base[0] = try realm.toPrimitive(base[0])
    base[1] = try realm.toPrimitive(base[1])
    base[0] = Value(try realm.toString(base[0]))
    base[1] = Value(try realm.toString(base[1]))
  }

  @inline(never)
  private func convert(_ place: UnsafeMutablePointer<Value>, _ index: Int, _ frame: FramePointer) throws(Thrown) {
    frame.pointee.position = positions[isTemplate ? 0 : index]
    let realm = frame.pointee.realm
    place.pointee = Value(try realm.toString(isTemplate ? place.pointee : try realm.toPrimitive(place.pointee)))
  }
}

extension Value {
  /// Whether the value turns into text without calling the script and without an exception.
  @inline(__always)
  fileprivate var becomesTextUnseen: Bool {
    switch self {
    case .string, .number, .boolean, .undefined, .null, .bigInt: true
    case .symbol, .object, .internal, .empty: false
    }
  }
}

extension Realm {
  /// The texts of `count` primitive values, one behind the other. Values that are no strings or small integers become strings in
  /// place.
  fileprivate func concatenate(_ values: UnsafeMutablePointer<Value>, _ count: Int) throws(Thrown) -> ScriptString {
    if count == 1 { return try toString(values[0]) }
    var total = 0
    var isLatin1 = true
    var longest = 0
    var index = 0
    while index < count {
      let length: Int
      switch values[index] {
      case .string(let text):
        length = text.with { $0.length }
        isLatin1 = isLatin1 && text.with { $0.isLatin1 }
      case .number(let number):
        if let integer = DecimalInteger(number) {
          length = integer.length
        } else {
          length = try convert(values + index)
        }
      default:
        length = try convert(values + index)
      }
      index &+= 1
      total += length
      longest = max(longest, length)
    }
    guard total <= ScriptString.maximumLength else { throw rangeError("Invalid string length") }
    // A long part is not copied again and again while a loop makes it longer.
    if longest > 256 { return try concatenatePairwise(values, count) }
    return ScriptString(heap: heap, count: total, isLatin1: isLatin1) { memory in
      var end = 0
      for index in 0..<count {
        switch values[index] {
        case .string(let text):
          text.with { $0.copyUnits(to: memory, at: end, asLatin1: isLatin1) }
          end += text.with { $0.length }
        case .number(let number):
          guard let integer = DecimalInteger(number) else { continue }
          integer.write(to: memory, at: end, asLatin1: isLatin1)
          end += integer.length
        default: continue
        }
      }
    }
  }

  /// Turns a value without characters above 255 in its text into a string, in place, and says how long that is.
  @inline(never)
  private func convert(_ place: UnsafeMutablePointer<Value>) throws(Thrown) -> Int {
    let text = try toString(place.pointee)
    place.pointee = Value(text)
    return text.length
  }

  private func concatenatePairwise(_ values: UnsafeMutablePointer<Value>, _ count: Int) throws(Thrown) -> ScriptString {
    var result = try toString(values[0])
    for index in 1..<count { result = try concatenate(result, try toString(values[index])) }
    return result
  }
}

/// An integer of up to nine digits, to be written without a detour.
private struct DecimalInteger {
  private let magnitude: UInt32
  private let isNegative: Bool
  let length: Int

  @inline(__always)
  init?(_ number: Double) {
    guard abs(number) < 1e9 else { return nil }
    let integer = Int32(number)
    guard Double(integer) == number else { return nil }
    magnitude = integer.magnitude
    isNegative = integer < 0
    var digits = 1
    var limit: UInt32 = 10
    while digits < 9, magnitude >= limit {
      digits += 1
      limit &*= 10
    }
    length = digits + (isNegative ? 1 : 0)
  }

  /// Writes the digits from unit `offset` on.
  @inline(__always)
  func write(to memory: UnsafeMutableRawPointer, at offset: Int, asLatin1: Bool) {
    var rest = magnitude
    var place = offset + length
    let first = isNegative ? offset + 1 : offset
    while place > first {
      place -= 1
      put(48 + UInt16(truncatingIfNeeded: rest % 10), memory, place, asLatin1)
      rest /= 10
    }
    if isNegative { put(45, memory, offset, asLatin1) }
  }

  @inline(__always)
  private func put(_ unit: UInt16, _ memory: UnsafeMutableRawPointer, _ place: Int, _ asLatin1: Bool) {
    if asLatin1 {
      memory.storeBytes(of: UInt8(truncatingIfNeeded: unit), toByteOffset: place, as: UInt8.self)
    } else {
      memory.storeBytes(of: unit, toByteOffset: place * 2, as: UInt16.self)
    }
  }
}
