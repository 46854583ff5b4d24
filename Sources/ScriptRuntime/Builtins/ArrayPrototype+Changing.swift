// Methods of Array.prototype that change the array. Dense arrays are moved as blocks of memory.
// https://tc39.es/ecma262/#sec-properties-of-the-array-prototype-object

enum ArrayPrototype {
  static let greatestLength = 9_007_199_254_740_991

  static func push(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    if case .object(let reference) = this, reference.with({ $0.kind == .array }) {
      let count = reference.reinterpreted(as: ArrayObject.self).with { array -> Int in
        guard array.canAppend, array.arrayLength + arguments.count < 1 << 28, realm.holesAreAbsent(in: array) else { return -1 }
        var index = 0
        while index < arguments.count {
          array.append(arguments.base[index], realm)
          index &+= 1
        }
        return array.arrayLength
      }
      if count >= 0 { return Value(count) }
    }
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    guard length + arguments.count <= greatestLength else {
      throw realm.typeError("Pushing \(arguments.count) elements on an array-like of length \(length) is disallowed")
    }
    for index in 0..<arguments.count { try realm.setElement(of: object, length + index, arguments[index]) }
    try realm.setLength(of: object, length + arguments.count)
    return Value(length + arguments.count)
  }

  static func pop(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    if let array = object.asArray, array.canAppend, array.elementCount > 0 {
      let last = array.denseElement(array.arrayLength - 1)
      if !last.isEmpty {
        array.elementCount -= 1
        array.arrayLength -= 1
        return last
      }
    }
    let length = try realm.length(of: object)
    guard length > 0 else {
      try realm.setLength(of: object, 0)
      return .undefined
    }
    let value = try realm.element(of: object, length - 1)
    try realm.deleteElement(of: object, length - 1)
    try realm.setLength(of: object, length - 1)
    return value
  }

  static func shift(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    if let array = realm.movableArray(object), array.elementCount > 0, let elements = array.elements {
      let first = elements[0]
      array.elementCount -= 1
      array.arrayLength -= 1
      elements.update(from: elements + 1, count: Int(array.elementCount))
      return first.orUndefined
    }
    let length = try realm.length(of: object)
    guard length > 0 else {
      try realm.setLength(of: object, 0)
      return .undefined
    }
    let first = try realm.element(of: object, 0)
    try move(realm, object, from: 1, to: 0, count: length - 1)
    try realm.deleteElement(of: object, length - 1)
    try realm.setLength(of: object, length - 1)
    return first
  }

  static func unshift(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let count = arguments.count
    if let array = realm.movableArray(object), array.arrayLength + count < 1 << 28 {
      openGap(in: array, at: 0, count: count, realm)
      for index in 0..<count { array.elements?[index] = arguments[index] }
      return Value(array.arrayLength)
    }
    let length = try realm.length(of: object)
    if count > 0 {
      guard length + count <= greatestLength else { throw realm.typeError("Invalid array length") }
      try move(realm, object, from: 0, to: count, count: length)
      for index in 0..<count { try realm.setElement(of: object, index, arguments[index]) }
    }
    try realm.setLength(of: object, length + count)
    return Value(length + count)
  }

  /// Moves what lies from `index` on up by `count` places, in an array that `movableArray` has given.
  private static func openGap(in array: ArrayObject, at index: Int, count: Int, _ realm: Realm) {
    let length = array.arrayLength
    array.reserveElements(length + count, realm)
    guard let elements = array.elements, count > 0 else { return }
    (elements + index + count).update(from: elements + index, count: length - index)
    array.elementCount = Int32(truncatingIfNeeded: length + count)
    array.arrayLength = length + count
  }

  /// Moves elements, holes as holes, in the order that keeps overlapping ranges right.
  private static func move(_ realm: Realm, _ object: ScriptObject, from: Int, to: Int, count: Int) throws(Thrown) {
    for step in 0..<max(0, count) {
      let offset = from < to ? count - 1 - step : step
      if let value = try realm.elementIfPresent(of: object, from + offset) {
        try realm.setElement(of: object, to + offset, value)
      } else {
        try realm.deleteElement(of: object, to + offset)
      }
      try realm.safePoint()
    }
  }

  /// https://tc39.es/ecma262/#sec-array.prototype.splice
  static func splice(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let start = try realm.toRelativeIndex(arguments[0], length: length, default: 0)
    let inserted = arguments.dropFirst(2)
    let deleteCount =
      switch arguments.count {
      case 0: 0
      case 1: length - start
      default: Int(min(max(try realm.toIntegerOrInfinity(arguments[1]), 0), Double(length - start)))
      }
    guard length + inserted.count - deleteCount <= greatestLength else { throw realm.typeError("Invalid array length") }
    let removed = try realm.arraySpeciesCreate(object, length: deleteCount)
    if let array = realm.movableArray(object), array.arrayLength == length, let removed = removed.asArray,
      removed.arrayLength == deleteCount, realm.movableArray(removed) != nil, length + inserted.count < 1 << 28
    {
      spliceDense(realm, array, start, deleteCount, inserted, into: removed)
      return Value(removed)
    }
    for index in 0..<deleteCount {
      if let value = try realm.elementIfPresent(of: object, start + index) {
        try realm.createElement(of: removed, index, value)
      }
      try realm.safePoint()
    }
    try realm.setLength(of: removed, deleteCount)
    let newLength = length - deleteCount + inserted.count
    if inserted.count != deleteCount {
      try move(realm, object, from: start + deleteCount, to: start + inserted.count, count: length - start - deleteCount)
      var index = length
      while index > newLength {
        try realm.deleteElement(of: object, index - 1)
        try realm.safePoint()
        index -= 1
      }
    }
    for index in 0..<inserted.count { try realm.setElement(of: object, start + index, inserted[index]) }
    try realm.setLength(of: object, newLength)
    return Value(removed)
  }

  private static func spliceDense(
    _ realm: Realm, _ array: ArrayObject, _ start: Int, _ deleteCount: Int, _ inserted: Arguments, into removed: ArrayObject
  ) {
    if let source = array.elements, let target = removed.elements { target.update(from: source + start, count: deleteCount) }
    let growth = inserted.count - deleteCount
    if growth > 0 {
      openGap(in: array, at: start + deleteCount, count: growth, realm)
    } else if growth < 0, let elements = array.elements {
      let tail = array.arrayLength - start - deleteCount
      (elements + start + inserted.count).update(from: elements + start + deleteCount, count: tail)
      array.arrayLength += growth
      array.elementCount = Int32(truncatingIfNeeded: array.arrayLength)
    }
    for index in 0..<inserted.count { array.elements?[start + index] = inserted[index] }
  }

  static func reverse(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    if let array = realm.movableArray(object) {
      var elements = UnsafeMutableBufferPointer(start: array.elements, count: Int(array.elementCount))
      elements.reverse()
      return Value(object)
    }
    let length = try realm.length(of: object)
    for lower in 0..<length / 2 {
      let upper = length - 1 - lower
      let low = try realm.elementIfPresent(of: object, lower)
      let high = try realm.elementIfPresent(of: object, upper)
      if let high { try realm.setElement(of: object, lower, high) }
      if high == nil, low != nil { try realm.deleteElement(of: object, lower) }
      if let low { try realm.setElement(of: object, upper, low) }
      if low == nil, high != nil { try realm.deleteElement(of: object, upper) }
      try realm.safePoint()
    }
    return Value(object)
  }

  static func fill(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let start = try realm.toRelativeIndex(arguments[1], length: length, default: 0)
    let end = try realm.toRelativeIndex(arguments[2], length: length, default: length)
    guard start < end else { return Value(object) }
    let value = arguments[0]
    if let array = object.asArray, fillDense(realm, array, value, start, end) { return Value(object) }
    for index in start..<end {
      try realm.setElement(of: object, index, value)
      try realm.safePoint()
    }
    return Value(object)
  }

  /// Fills the dense part, after extending it over a long array that has not been filled yet; false where that is not possible.
  private static func fillDense(_ realm: Realm, _ array: ArrayObject, _ value: Value, _ start: Int, _ end: Int) -> Bool {
    guard array.isExtensibleFlag, realm.holesAreAbsent(in: array), end <= array.arrayLength else { return false }
    if end > Int(array.elementCount) {
      guard start <= Int(array.elementCount), end <= 1 << 26, array.rarity?.sparse.isEmpty ?? true else { return false }
      array.reserveElements(end, realm)
      array.elementCount = Int32(truncatingIfNeeded: end)
    }
    (array.elements.map { $0 + start })?.update(repeating: value, count: end - start)
    return true
  }

  /// https://tc39.es/ecma262/#sec-array.prototype.copywithin
  static func copyWithin(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let target = try realm.toRelativeIndex(arguments[0], length: length, default: 0)
    let start = try realm.toRelativeIndex(arguments[1], length: length, default: 0)
    let end = try realm.toRelativeIndex(arguments[2], length: length, default: length)
    let count = min(end - start, length - target)
    guard count > 0 else { return Value(object) }
    if let array = realm.movableArray(object), array.arrayLength == length, let elements = array.elements {
      (elements + target).update(from: elements + start, count: count)
      return Value(object)
    }
    // Backwards only where the ranges overlap that way; going backwards otherwise could be noticed by a proxy.
    if start < target, target < start + count {
      try move(realm, object, from: start, to: target, count: count)
    } else {
      try moveForwards(realm, object, from: start, to: target, count: count)
    }
    return Value(object)
  }

  private static func moveForwards(_ realm: Realm, _ object: ScriptObject, from: Int, to: Int, count: Int) throws(Thrown) {
    for offset in 0..<count {
      if let value = try realm.elementIfPresent(of: object, from + offset) {
        try realm.setElement(of: object, to + offset, value)
      } else {
        try realm.deleteElement(of: object, to + offset)
      }
      try realm.safePoint()
    }
  }
}
