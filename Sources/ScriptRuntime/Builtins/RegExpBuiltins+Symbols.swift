// https://tc39.es/ecma262/#sec-regexp.prototype-%symbol.match% and its siblings

extension RegExpBuiltins {
  /// https://tc39.es/ecma262/#sec-advancestringindex
  static func advance(_ string: ScriptString, _ index: Int, _ matchesCodePoints: Bool) -> Int {
    guard matchesCodePoints, index < string.length else { return index + 1 }
    return index + string.codePoint(at: index).count
  }

  private static func contains(_ flags: ScriptString, _ letter: Unicode.Scalar) -> Bool {
    flags.utf16Units.contains(UInt16(truncatingIfNeeded: letter.value))
  }

  private static func setLastIndex(_ realm: Realm, _ object: ScriptObject, _ index: Value) throws(Thrown) {
    try realm.set(object, .known(.lastIndex), index)
  }

  /// After an empty match the next one is looked for further on.
  private static func stepOver(_ realm: Realm, _ object: ScriptObject, _ string: ScriptString, _ matchesCodePoints: Bool) throws(Thrown) {
    let index = try realm.toLength(try object.get(.known(.lastIndex), receiver: Value(object), realm))
    // Beyond any string's end the exact number no longer matters.
    try setLastIndex(realm, object, Value(advance(string, index, matchesCodePoints)))
  }

  /// All matches of a pristine global expression, their captures one after the other. `lastIndex` ends up as 0.
  private static func allMatches(
    _ realm: Realm, _ object: RegularExpressionObject, _ string: ScriptString
  ) throws(Thrown) -> [Int32] {
    let expression = object.expression
    let flags = expression.flags
    var all: [Int32] = []
    var captures: [Int32] = []
    var index = 0
    while index <= string.length,
      try realm.match(expression, string, at: index, isSticky: flags.contains(.sticky), &captures)
    {
      all.append(contentsOf: captures)
      let end = Int(captures[1])
      index = end == Int(captures[0]) ? advance(string, end, flags.matchesCodePoints) : end
      try realm.safePoint()
      guard all.count < 1 << 28 else { throw realm.rangeError("Too many matches") }
    }
    try object.setLastIndex(0, realm)
    return all
  }

  // MARK: - match

  static func match(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try object(realm, this, "[Symbol.match]")
    let string = try realm.toString(arguments[0])
    if let expression = realm.pristine(object), expression.expression.flags.contains(.global) {
      let all = try allMatches(realm, expression, string)
      if all.isEmpty { return .null }
      let array = realm.makeArray()
      let stride = expression.expression.captureCount * 2
      for start in Swift.stride(from: 0, to: all.count, by: stride) {
        array.append(Value(realm.substring(string, Int(all[start]), Int(all[start + 1]))), realm)
      }
      return Value(array)
    }
    let flags = try realm.toString(try object.get(.known(.flags), receiver: this, realm))
    guard contains(flags, "g") else { return try realm.execute(object, string) }
    let matchesCodePoints = contains(flags, "u") || contains(flags, "v")
    try setLastIndex(realm, object, .number(0))
    let array = realm.makeArray()
    while case .object(let result) = try realm.execute(object, string) {
      let matched = try realm.toString(try realm.get(.object(result), PropertyKey(index: 0)))
      array.append(Value(matched), realm)
      if matched.length == 0 { try stepOver(realm, object, string, matchesCodePoints) }
      try realm.safePoint()
    }
    return array.arrayLength == 0 ? .null : Value(array)
  }

  // MARK: - search

  static func search(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try object(realm, this, "[Symbol.search]")
    let string = try realm.toString(arguments[0])
    if let expression = realm.pristine(object) {
      var captures: [Int32] = []
      let isSticky = expression.expression.flags.contains(.sticky)
      let found = try realm.match(expression.expression, string, at: 0, isSticky: isSticky, &captures)
      return Value(found ? Int(captures[0]) : -1)
    }
    let previous = try object.get(.known(.lastIndex), receiver: this, realm)
    if !Value.same(previous, .number(0)) { try setLastIndex(realm, object, .number(0)) }
    let result = try realm.execute(object, string)
    let current = try object.get(.known(.lastIndex), receiver: this, realm)
    if !Value.same(current, previous) { try setLastIndex(realm, object, previous) }
    return result.isObject ? try realm.get(result, .known(.index)) : Value(-1)
  }

  // MARK: - matchAll

  static func matchAll(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try object(realm, this, "[Symbol.matchAll]")
    let string = try realm.toString(arguments[0])
    let constructor = try realm.speciesConstructor(object, default: realm.intrinsics[.regExpConstructor])
    let flags = try realm.toString(try object.get(.known(.flags), receiver: this, realm))
    guard let matcher = try realm.construct(Value(constructor), [this, Value(flags)]).asObject else {
      throw realm.typeError("object is not an object")
    }
    let lastIndex = try realm.toLength(try object.get(.known(.lastIndex), receiver: this, realm))
    try setLastIndex(realm, matcher, Value(lastIndex))
    return Value(
      RegExpStringIteratorObject(
        realm: realm, matcher: matcher, string: string, isGlobal: contains(flags, "g"),
        matchesCodePoints: contains(flags, "u") || contains(flags, "v")))
  }

  // MARK: - split

  static func split(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try object(realm, this, "[Symbol.split]")
    let string = try realm.toString(arguments[0])
    if let expression = realm.pristine(object), speciesIsPristine(realm) {
      return try quickSplit(realm, expression, string, arguments[1])
    }
    let constructor = try realm.speciesConstructor(object, default: realm.intrinsics[.regExpConstructor])
    let flags = try realm.toString(try object.get(.known(.flags), receiver: this, realm))
    let matchesCodePoints = contains(flags, "u") || contains(flags, "v")
    let newFlags = contains(flags, "y") ? flags : try realm.concatenate(flags, realm.unitString(121))
    guard let splitter = try realm.construct(Value(constructor), [this, Value(newFlags)]).asObject else {
      throw realm.typeError("object is not an object")
    }
    let limit = arguments[1].isUndefined ? Int(UInt32.max) : Int(try realm.toUInt32(arguments[1]))
    let pieces = realm.makeArray()
    if limit == 0 { return Value(pieces) }
    if string.length == 0 {
      if !(try realm.execute(splitter, string).isObject) { pieces.append(Value(string), realm) }
      return Value(pieces)
    }
    var start = 0
    var index = 0
    while index < string.length {
      try realm.safePoint()
      try setLastIndex(realm, splitter, Value(index))
      let result = try realm.execute(splitter, string)
      guard result.isObject else {
        index = advance(string, index, matchesCodePoints)
        continue
      }
      let lastIndex = try realm.get(Value(splitter), .known(.lastIndex))
      let end = min(try realm.toLength(lastIndex), string.length)
      if end == start {
        index = advance(string, index, matchesCodePoints)
        continue
      }
      pieces.append(Value(realm.substring(string, start, index)), realm)
      if pieces.arrayLength == limit { return Value(pieces) }
      start = end
      let count = try realm.length(of: result.asObject ?? splitter)
      for number in 1..<max(1, count) {
        pieces.append(try realm.get(result, realm.key(index: number)), realm)
        if pieces.arrayLength == limit { return Value(pieces) }
      }
      index = start
    }
    pieces.append(Value(realm.substring(string, start, string.length)), realm)
    return Value(pieces)
  }

  private static func speciesIsPristine(_ realm: Realm) -> Bool {
    let constructor = realm.intrinsics[.regExpConstructor]
    guard let original = realm.regularExpressions.speciesAccessor else { return false }
    return Value.strictlyEqual(constructor.ordinaryOwnSlot(.speciesSymbol).value, .internal(Ref(original)))
  }

  /// Looks for the next separator instead of trying every place.
  private static func quickSplit(
    _ realm: Realm, _ object: RegularExpressionObject, _ string: ScriptString, _ limitValue: Value
  ) throws(Thrown) -> Value {
    let limit = limitValue.isUndefined ? Int(UInt32.max) : Int(try realm.toUInt32(limitValue))
    let expression = object.expression
    let pieces = realm.makeArray()
    if limit == 0 { return Value(pieces) }
    var captures: [Int32] = []
    if string.length == 0 {
      if !(try realm.match(expression, string, at: 0, isSticky: true, &captures)) { pieces.append(Value(string), realm) }
      return Value(pieces)
    }
    var start = 0
    var index = 0
    while index < string.length, try realm.match(expression, string, at: index, isSticky: false, &captures) {
      try realm.safePoint()
      let found = Int(captures[0]), end = Int(captures[1])
      if found >= string.length { break }
      if end == start {
        // An empty separator here would cut off an empty piece.
        index = advance(string, max(index, found), expression.flags.matchesCodePoints)
        continue
      }
      pieces.append(Value(realm.substring(string, start, found)), realm)
      if pieces.arrayLength == limit { return Value(pieces) }
      start = end
      for number in 1..<expression.captureCount {
        pieces.append(realm.capture(number, string, captures), realm)
        if pieces.arrayLength == limit { return Value(pieces) }
      }
      index = end
    }
    pieces.append(Value(realm.substring(string, start, string.length)), realm)
    return Value(pieces)
  }

  // MARK: - replace

  static func replace(_ realm: Realm, _ this: Value, _ arguments: Arguments) throws(Thrown) -> Value {
    let object = try object(realm, this, "[Symbol.replace]")
    let string = try realm.toString(arguments[0])
    let function = arguments[1].asCallable
    let template = function == nil ? try realm.toString(arguments[1]) : realm.emptyString
    if let expression = realm.pristine(object) {
      return try quickReplace(realm, expression, string, template, function)
    }
    let flags = try realm.toString(try object.get(.known(.flags), receiver: this, realm))
    let isGlobal = contains(flags, "g")
    let matchesCodePoints = contains(flags, "u") || contains(flags, "v")
    if isGlobal { try setLastIndex(realm, object, .number(0)) }
    let results = ValueList(realm)
    while true {
      let result = try realm.execute(object, string)
      guard result.isObject else { break }
      results.values.append(result)
      guard isGlobal else { break }
      let matched = try realm.toString(try realm.get(result, PropertyKey(index: 0)))
      if matched.length == 0 { try stepOver(realm, object, string, matchesCodePoints) }
      try realm.safePoint()
    }
    var builder = StringBuilder()
    var done = 0
    for index in 0..<results.values.count {
      guard let result = results.values[index].asObject else { continue }
      try append(realm, result, string, template, function, &done, to: &builder)
      try realm.checkLength(builder.count)
      try realm.safePoint()
    }
    if done == 0, builder.count == 0 { return Value(string) }
    builder.append(string, min(done, string.length), string.length)
    try realm.checkLength(builder.count)
    return Value(builder.build(realm.heap))
  }

  /// One result of a changed `exec`: the text up to it and its replacement.
  private static func append(
    _ realm: Realm, _ result: ScriptObject, _ string: ScriptString, _ template: ScriptString, _ function: ScriptObject?,
    _ done: inout Int, to builder: inout StringBuilder
  ) throws(Thrown) {
    let receiver = Value(result)
    let captureCount = max(try realm.length(of: result) - 1, 0)
    let matched = try realm.toString(try result.get(PropertyKey(index: 0), receiver: receiver, realm))
    let index = try realm.toIntegerOrInfinity(try result.get(.known(.index), receiver: receiver, realm))
    let position = Int(max(0, min(index, Double(string.length))))
    let captures = ValueList(realm)
    for number in 0..<captureCount {
      let capture = try result.get(realm.key(index: number + 1), receiver: receiver, realm)
      captures.values.append(capture.isUndefined ? capture : Value(try realm.toString(capture)))
      try realm.safePoint()
    }
    var groups = try result.get(.known(.groups), receiver: receiver, realm)
    if let function {
      let text = try callReplacer(realm, function, matched, captures, position, string, groups)
      guard position >= done else { return }
      builder.append(string, done, position)
      builder.append(text)
    } else {
      if !groups.isUndefined { groups = Value(try realm.toObject(groups)) }
      var replacement = StringBuilder()
      try realm.appendSubstitution(
        template, matched: matched, in: string, at: position, captures: captures, groups: groups, to: &replacement)
      guard position >= done else { return }
      builder.append(string, done, position)
      builder.append(replacement.build(realm.heap))
    }
    done = position + matched.length
  }

  private static func callReplacer(
    _ realm: Realm, _ function: ScriptObject, _ matched: ScriptString, _ captures: ValueList, _ position: Int,
    _ string: ScriptString, _ groups: Value
  ) throws(Thrown) -> ScriptString {
    var arguments = [Value(matched)] + captures.values + [Value(position), Value(string)]
    if !groups.isUndefined { arguments.append(groups) }
    return try realm.toString(try realm.call(Value(function), this: .undefined, arguments))
  }

  /// All matches first, as written, then the replacements: a function called in between cannot disturb the search.
  private static func quickReplace(
    _ realm: Realm, _ object: RegularExpressionObject, _ string: ScriptString, _ template: ScriptString,
    _ function: ScriptObject?
  ) throws(Thrown) -> Value {
    let expression = object.expression
    var all: [Int32] = []
    if expression.flags.contains(.global) {
      all = try allMatches(realm, object, string)
    } else if !(try realm.builtinMatch(object, string, &all)) {
      all = []
    }
    if all.isEmpty { return Value(string) }
    let count = expression.captureCount
    let replacement =
      function == nil ? ReplacementTemplate(template, captureCount: count - 1, expression.groupNames.isEmpty) : nil
    var builder = StringBuilder()
    var done = 0
    let captures = ValueList(realm)
    for first in stride(from: 0, to: all.count, by: count * 2) {
      let start = Int(all[first]), end = Int(all[first + 1])
      builder.append(string, done, start)
      done = end
      if let replacement {
        all.withUnsafeBufferPointer { all in
          replacement.append(template, string, UnsafeBufferPointer(rebasing: all[first..<(first + count * 2)]), to: &builder)
        }
      } else {
        let spans = Array(all[first..<(first + count * 2)])
        let matched = realm.substring(string, start, end)
        captures.values.removeAll(keepingCapacity: true)
        for number in 1..<count { captures.values.append(realm.capture(number, string, spans)) }
        let groups = realm.groups(expression) { realm.capture($0, string, spans) }
        if let function {
          builder.append(try callReplacer(realm, function, matched, captures, start, string, groups))
        } else {
          try realm.appendSubstitution(
            template, matched: matched, in: string, at: start, captures: captures, groups: groups, to: &builder)
        }
      }
      try realm.checkLength(builder.count)
      try realm.safePoint()
    }
    builder.append(string, done, string.length)
    try realm.checkLength(builder.count)
    return Value(builder.build(realm.heap))
  }
}

/// https://tc39.es/ecma262/#sec-regexp-string-iterator-objects
final class RegExpStringIteratorObject: ScriptObject {
  let matcher: Ref<ScriptObject>
  let string: Ref<ScriptString>
  let isGlobal: Bool
  let matchesCodePoints: Bool
  var isDone = false

  init(realm: Realm, matcher: ScriptObject, string: ScriptString, isGlobal: Bool, matchesCodePoints: Bool) {
    self.matcher = Ref(matcher)
    self.string = Ref(string)
    self.isGlobal = isGlobal
    self.matchesCodePoints = matchesCodePoints
    super.init(
      heap: realm.heap, shape: realm.rootShape(for: realm.intrinsics[.regExpStringIterator]), kind: .regExpStringIterator)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(matcher)
    marker.visit(string)
  }

  func next(_ realm: Realm) throws(Thrown) -> Value {
    if isDone { return realm.iteratorResult(.undefined, done: true) }
    let matcher = self.matcher.cell, string = self.string.cell
    let result: Value
    do {
      result = try realm.execute(matcher, string)
      guard result.isObject else {
        isDone = true
        return realm.iteratorResult(.undefined, done: true)
      }
      guard isGlobal else {
        isDone = true
        return realm.iteratorResult(result, done: false)
      }
      if try realm.toString(try realm.get(result, PropertyKey(index: 0))).length == 0 {
        let index = try realm.toLength(try realm.get(Value(matcher), .known(.lastIndex)))
        try realm.set(matcher, .known(.lastIndex), Value(RegExpBuiltins.advance(string, index, matchesCodePoints)))
      }
    } catch {
      isDone = true
      throw error
    }
    return realm.iteratorResult(result, done: false)
  }
}

extension Realm {
  func installRegExpStringIterator() {
    let prototype = ScriptObject(realm: self, prototype: intrinsics[.iterator])
    intrinsics[.regExpStringIterator] = prototype
    defineTag(prototype, "RegExp String Iterator")
    defineMethod(prototype, "next", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      guard let object = this.asObject, object.kind == .regExpStringIterator else {
        throw realm.typeError("next method called on incompatible \(realm.describeForMessage(this))")
      }
      return try unsafeDowncast(object, to: RegExpStringIteratorObject.self).next(realm)
    }
  }
}
