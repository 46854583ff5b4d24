// https://tc39.es/ecma262/#sec-array.prototype.sort: a stable merge sort that can be interrupted at every comparison.

extension ArrayPrototype {
  static func sort(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let comparator = try requireComparator(realm, arguments[0])
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    let sorted = try sortedElements(realm, object, length, comparator, skipsHoles: true)
    let count = sorted.values.count
    if let array = realm.movableArray(object), array.arrayLength == length {
      for index in 0..<count { array.elements?[index] = sorted.values[index] }
      for index in count..<length { array.elements?[index] = .empty }
      return Value(object)
    }
    for index in 0..<count {
      try realm.setElement(of: object, index, sorted.values[index])
      try realm.safePoint()
    }
    for index in count..<max(count, length) {
      try realm.deleteElement(of: object, index)
      try realm.safePoint()
    }
    return Value(object)
  }

  static func toSorted(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let comparator = try requireComparator(realm, arguments[0])
    let object = try realm.toObject(this)
    let length = try realm.length(of: object)
    guard length <= 4_294_967_295 else { throw realm.rangeError("Invalid array length") }
    let sorted = try sortedElements(realm, object, length, comparator, skipsHoles: false)
    return Value(realm.makeArray(sorted.values))
  }

  private static func requireComparator(_ realm: Realm, _ value: Value) throws(Thrown) -> ScriptObject? {
    if value.isUndefined { return nil }
    guard let function = value.asCallable else {
      throw realm.typeError("The comparison function must be either a function or undefined")
    }
    return function
  }

  /// https://tc39.es/ecma262/#sec-sortindexedproperties
  private static func sortedElements(
    _ realm: Realm, _ object: ScriptObject, _ length: Int, _ comparator: ScriptObject?, skipsHoles: Bool
  ) throws(Thrown) -> ValueList {
    let list = ValueList(realm)
    var undefinedCount = 0
    for index in 0..<length {
      let value: Value
      if skipsHoles {
        guard let present = try realm.elementIfPresent(of: object, index) else {
          try realm.safePoint()
          continue
        }
        value = present
      } else {
        value = try realm.element(of: object, index)
      }
      if value.isUndefined { undefinedCount += 1 } else { list.values.append(value) }
      try realm.safePoint()
    }
    if let comparator {
      try sort(realm, list, with: comparator)
    } else {
      try sortByText(realm, list)
    }
    for _ in 0..<undefinedCount { list.values.append(.undefined) }
    return list
  }

  private static func sort(_ realm: Realm, _ list: ValueList, with comparator: ScriptObject) throws(Thrown) {
    let count = list.values.count
    guard count > 1 else { return }
    let buffer = ValueBuffer(realm, capacity: count * 2)
    for index in 0..<count { buffer.base[index] = list.values[index] }
    try MergeSort.sort(buffer.base, scratch: buffer.base + count, count: count) { left, right throws(Thrown) in
      try realm.safePoint()
      return try realm.toNumber(try realm.call(comparator, this: .undefined, left, right)) > 0
    }
    for index in 0..<count { list.values[index] = buffer.base[index] }
    withExtendedLifetime(buffer) {}
  }

  /// Sorts by code units of the values' texts, each made once.
  private static func sortByText(_ realm: Realm, _ list: ValueList) throws(Thrown) {
    let count = list.values.count
    guard count > 1 else { return }
    let texts = ValueList(realm)
    texts.values.reserveCapacity(count)
    for index in 0..<count {
      texts.values.append(Value(try realm.toString(list.values[index])))
      try realm.safePoint()
    }
    let memory = UnsafeMutablePointer<Int>.allocate(capacity: count * 2)
    defer { memory.deallocate() }
    for index in 0..<count { memory[index] = index }
    try MergeSort.sort(memory, scratch: memory + count, count: count) { left, right throws(Thrown) in
      try realm.safePoint()
      guard case .string(let a) = texts.values[left], case .string(let b) = texts.values[right] else { return false }
      return b.cell.isLess(than: a.cell)
    }
    let unsorted = list.values
    for index in 0..<count { list.values[index] = unsorted[memory[index]] }
  }
}

/// Stable sorting of plain memory with a comparison that may fail.
enum MergeSort {
  /// Sorts `count` elements at `base`; `scratch` is initialised (or trivial) memory for as many. `isAfter(a, b)` says whether `a`,
  /// which comes first now, must come after `b`.
  @inline(__always)
  static func sort<Element: BitwiseCopyable>(
    _ base: UnsafeMutablePointer<Element>, scratch: UnsafeMutablePointer<Element>, count: Int,
    isAfter: (Element, Element) throws(Thrown) -> Bool
  ) throws(Thrown) {
    let run = 6
    var start = 0
    while start < count {
      let end = min(start + run, count)
      for next in stride(from: start + 1, to: end, by: 1) {
        let element = base[next]
        var place = next
        while place > start, try isAfter(base[place - 1], element) {
          base[place] = base[place - 1]
          place -= 1
        }
        base[place] = element
      }
      start = end
    }
    var source = base, target = scratch
    var width = run
    while width < count {
      var low = 0
      while low < count {
        let middle = min(low + width, count), high = min(low + 2 * width, count)
        try merge(source, target, low, middle, high, isAfter)
        low = high
      }
      swap(&source, &target)
      width *= 2
    }
    if source != base { base.update(from: source, count: count) }
  }

  @inline(__always)
  private static func merge<Element: BitwiseCopyable>(
    _ source: UnsafeMutablePointer<Element>, _ target: UnsafeMutablePointer<Element>, _ low: Int, _ middle: Int, _ high: Int,
    _ isAfter: (Element, Element) throws(Thrown) -> Bool
  ) throws(Thrown) {
    // Halves that are already in order are only copied.
    var isInOrder = middle >= high
    if !isInOrder { isInOrder = try !isAfter(source[middle - 1], source[middle]) }
    if isInOrder {
      (target + low).update(from: source + low, count: high - low)
      return
    }
    var left = low, right = middle, place = low
    while left < middle, right < high {
      if try isAfter(source[left], source[right]) {
        target[place] = source[right]
        right += 1
      } else {
        target[place] = source[left]
        left += 1
      }
      place += 1
    }
    (target + place).update(from: source + left, count: middle - left)
    (target + place + middle - left).update(from: source + right, count: high - right)
  }
}
