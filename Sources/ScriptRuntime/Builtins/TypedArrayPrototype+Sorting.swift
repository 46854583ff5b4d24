// https://tc39.es/ecma262/#sec-%typedarray%.prototype.sort: numbers by value, or stably by a function.

extension TypedArrayPrototype {
  static func sort(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let comparator = try comparator(realm, arguments[0])
    try sort(realm, try realm.validTypedArray(this), comparator)
    return this
  }

  static func toSorted(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let comparator = try comparator(realm, arguments[0])
    let copy = try copy(realm, try realm.validTypedArray(this))
    try sort(realm, copy, comparator)
    return Value(copy)
  }

  private static func comparator(_ realm: Realm, _ value: Value) throws(Thrown) -> ScriptObject? {
    if value.isUndefined { return nil }
    guard let function = value.asCallable else {
      throw realm.typeError("The comparison function must be either a function or undefined")
    }
    return function
  }

  private static func sort(_ realm: Realm, _ array: TypedArrayObject, _ comparator: ScriptObject?) throws(Thrown) {
    if array.elementKind.isBigInt {
      let integers = (0..<array.count).compactMap { index -> BigInteger? in
        guard case .bigInt(let cell) = array.value(at: index, realm) else { return nil }
        return cell.cell.value
      }
      let sorted = try mergeSorted(realm, integers) { left, right throws(Thrown) in
        guard let comparator else { return right < left }
        return try isGreater(realm, comparator, realm.bigInt(left), realm.bigInt(right))
      }
      for (index, integer) in sorted.enumerated() { array.store(realm.bigInt(integer), at: index) }
      return
    }
    var numbers = (0..<array.count).map { array.element($0).asNumber ?? 0 }
    if let comparator {
      numbers = try mergeSorted(realm, numbers) { left, right throws(Thrown) in
        try isGreater(realm, comparator, .number(left), .number(right))
      }
    } else {
      numbers.sort(by: precedes)
    }
    for index in 0..<numbers.count { _ = array.setElement(index, numbers[index]) }
  }

  /// Negative zero before positive, NaN last.
  private static func precedes(_ left: Double, _ right: Double) -> Bool {
    if left < right { return true }
    if left > right { return false }
    if left.isNaN || right.isNaN { return right.isNaN && !left.isNaN }
    return left == 0 && left.sign == .minus && right.sign == .plus
  }

  private static func isGreater(
    _ realm: Realm, _ comparator: ScriptObject, _ left: Value, _ right: Value
  ) throws(Thrown) -> Bool {
    try realm.toNumber(try realm.call(comparator, this: .undefined, left, right)) > 0
  }

  /// Stable; from runs of one element upwards. The elements are no cells, so they may lie in an ordinary array.
  private static func mergeSorted<Element>(
    _ realm: Realm, _ list: [Element], _ isGreater: (Element, Element) throws(Thrown) -> Bool
  ) throws(Thrown) -> [Element] {
    var source = list
    var target = list
    var width = 1
    while width < list.count {
      var start = 0
      while start < list.count {
        let middle = min(start + width, list.count)
        let end = min(start + 2 * width, list.count)
        var left = start
        var right = middle
        for place in start..<end {
          let takesLeft = left < middle ? (right >= end ? true : try !isGreater(source[left], source[right])) : false
          target[place] = source[takesLeft ? left : right]
          if takesLeft { left += 1 } else { right += 1 }
        }
        start = end
        try realm.safePoint()
      }
      swap(&source, &target)
      width *= 2
    }
    return source
  }
}
