// What each kind of object looks like: its name, its braces, and what it has beside properties.

extension Inspector {
  /// What is known of an object before its entries are formatted.
  struct Description {
    var parts = Parts()
    /// The name in `[Name]` where the object is too deep to be opened.
    var name = "Object"
    /// Properties to list.
    var keys: [PropertyKey] = []
    /// The whole text, for objects that need no braces.
    var complete: String?
  }

  func describe(_ object: ScriptObject) throws(Thrown) -> Description {
    var description = Description()
    let constructor = try constructorName(of: object)
    let tag = try tag(of: object)
    description.keys = try keys(of: object)
    func prefix(_ fallback: String, _ size: Int? = nil) -> String {
      Inspector.prefix(constructor, tag, fallback, size.map { "(\($0))" } ?? "")
    }
    description.name = String(prefix(fallbackName(of: object)).dropLast())
    if object.isCallable {
      description.parts.base = functionBase(object, constructor, tag)
      if description.keys.isEmpty { description.complete = description.parts.base }
      return description
    }
    switch object.kind {
    case .arguments:
      description.parts.opening = "[Arguments] {"
      if description.keys.isEmpty { description.complete = "[Arguments] {}" }
    case .array:
      let count = try realm.length(of: object)
      description.parts.layout = .elements
      description.parts.isNumeric = hasOnlyNumbers(object, count)
      description.parts.opening = constructor == "Array" && tag.isEmpty ? "[" : prefix("Array", count) + "["
      description.parts.closing = "]"
      if count == 0, description.keys.isEmpty { description.complete = description.parts.opening + "]" }
    case .typedArray:
      let array = unsafeDowncast(object, to: TypedArrayObject.self)
      description.parts.layout = .elements
      description.parts.isNumeric = true
      description.parts.opening = prefix(array.elementKind.constructorName, array.count) + "["
      description.parts.closing = "]"
      if array.count == 0, description.keys.isEmpty { description.complete = description.parts.opening + "]" }
    case .map, .set:
      let count = unsafeDowncast(object, to: CollectionObject.self).table.count
      let opening = prefix(object.kind == .map ? "Map" : "Set", count) + "{"
      description.parts.opening = opening
      if count == 0, description.keys.isEmpty { description.complete = opening + "}" }
    case .mapIterator, .setIterator, .arrayIterator, .stringIterator, .generator, .asyncGenerator:
      description.parts.opening = "\(constructor ?? "Object") [\(tag)] {"
      if object.kind == .mapIterator || object.kind == .setIterator {
        let iteration = unsafeDowncast(object, to: CollectionIteratorObject.self).iteration
        let shown = iteration == .entries ? object.kind == .mapIterator ? "Map Entries" : "Set Entries" : tag
        description.parts.opening = "[\(shown)] {"
      }
      if description.keys.isEmpty, object.kind != .mapIterator, object.kind != .setIterator {
        description.complete = description.parts.opening + "}"
      }
    case .regularExpression, .date, .error, .number, .string, .boolean, .symbol, .bigInt:
      try describeBase(object, constructor, tag, &description)
      if description.keys.isEmpty { description.complete = description.parts.base }
    case .arrayBuffer, .dataView, .promise, .weakMap, .weakSet, .weakReference:
      description.parts.opening = prefix(fallbackName(of: object)) + "{"
    default:
      let opening = constructor == "Object" && tag.isEmpty ? "{" : prefix("Object") + "{"
      description.parts.opening = opening
      if description.keys.isEmpty { description.complete = opening + "}" }
    }
    return description
  }

  /// Whether the elements that are shown are numbers all.
  private func hasOnlyNumbers(_ object: ScriptObject, _ count: Int) -> Bool {
    (0..<min(count, options.maximumArrayLength + 1)).allSatisfy { index in
      switch object.denseElement(index) {
      case .number, .bigInt: true
      default: false
      }
    }
  }

  // MARK: - Names

  private static func prefix(_ constructor: String?, _ tag: String, _ fallback: String, _ size: String) -> String {
    guard let constructor else {
      return "[\(fallback)\(size): null prototype] " + (tag.isEmpty || tag == fallback ? "" : "[\(tag)] ")
    }
    return "\(constructor)\(size) " + (tag.isEmpty || tag == constructor ? "" : "[\(tag)] ")
  }

  private func fallbackName(of object: ScriptObject) -> String {
    switch object.kind {
    case .array: "Array"
    case .typedArray: unsafeDowncast(object, to: TypedArrayObject.self).elementKind.constructorName
    case .map: "Map"
    case .set: "Set"
    case .regularExpression: "RegExp"
    case .date: "Date"
    case .error: "Error"
    case .arrayBuffer: unsafeDowncast(object, to: ArrayBufferObject.self).isShared ? "SharedArrayBuffer" : "ArrayBuffer"
    case .dataView: "DataView"
    case .promise: "Promise"
    case .weakMap: "WeakMap"
    case .weakSet: "WeakSet"
    case .weakReference: "WeakRef"
    default: "Object"
    }
  }

  /// The name of the constructor found through the prototypes; nil for an object without any.
  private func constructorName(of object: ScriptObject) throws(Thrown) -> String? {
    var next: ScriptObject? = object
    for _ in 0..<1000 {
      guard let candidate = next, candidate.kind != .proxy else { break }
      let (value, flags) = candidate.ordinaryOwnSlot(.constructor)
      if !flags.contains(.accessor), let constructor = value.asCallable {
        let name = realm.functionName(of: constructor)
        if !name.isEmpty, isInstance(object, of: constructor) { return name }
      }
      next = candidate.shape.prototype
    }
    guard let prototype = object.shape.prototype else { return nil }
    return realm.constructorName(of: object) + " <\(prototype.shape.prototype == nil ? "[Object: null prototype] {}" : "Complex prototype")>"
  }

  private func isInstance(_ object: ScriptObject, of constructor: ScriptObject) -> Bool {
    guard let prototype = constructor.ordinaryOwnSlot(.prototype).value.asObject else { return false }
    var next = object.shape.prototype
    for _ in 0..<1000 {
      guard let candidate = next else { return false }
      if candidate === prototype { return true }
      next = candidate.shape.prototype
    }
    return false
  }

  /// `Symbol.toStringTag`, unless it is listed among the properties.
  private func tag(of object: ScriptObject) throws(Thrown) -> String {
    if object.kind == .typedArray { return unsafeDowncast(object, to: TypedArrayObject.self).elementKind.constructorName }
    let own = object.ordinaryOwnSlot(.toStringTagSymbol)
    if !own.value.isEmpty, own.flags.contains(.enumerable) || options.showsHidden { return "" }
    do throws(Thrown) {
      let value = try object.get(.toStringTagSymbol, receiver: Value(object), realm)
      return value.asString?.text ?? ""
    } catch {
      if error.isTermination { throw error }
      return ""
    }
  }

  private func keys(of object: ScriptObject) throws(Thrown) -> [PropertyKey] {
    var all: [PropertyKey] = []
    switch object.kind {
    case .array:
      if options.showsHidden { all.append(.length) }
      object.appendNamedKeys(to: &all)
    case .typedArray, .string: object.appendNamedKeys(to: &all)
    default: all = try object.ownKeys(realm)
    }
    if options.showsHidden { return all.filter { !$0.isPrivate } }
    var keys: [PropertyKey] = []
    for key in all where !key.isPrivate {
      if try object.getOwnProperty(key, realm)?.isEnumerable == true { keys.append(key) }
    }
    return keys
  }

  // MARK: - Functions

  private func functionBase(_ object: ScriptObject, _ constructor: String?, _ tag: String) -> String {
    let function = object as? ScriptFunction
    let name = realm.functionName(of: object)
    let foreignTag = tag.isEmpty || tag == constructor ? "" : " [\(tag)]"
    if function?.code.isClassConstructor == true {
      var base = "class \(name.isEmpty ? "(anonymous)" : name)"
      if let constructor, constructor != "Function" { base += " [\(constructor)]" }
      base += foreignTag
      if let parent = object.shape.prototype {
        let parentName = realm.functionName(of: parent)
        if !parentName.isEmpty { base += " extends \(parentName)" }
      } else {
        base += " extends null"
      }
      return "[\(base)]"
    }
    var type = "Function"
    if function?.code.node?.isGenerator == true { type = "Generator" + type }
    if function?.code.node?.isAsync == true { type = "Async" + type }
    var base = "[" + type
    if constructor == nil { base += " (null prototype)" }
    base += name.isEmpty ? " (anonymous)]" : ": \(name)]"
    if let constructor, constructor != type, constructor != "Function" { base += " \(constructor)" }
    return base + (tag.isEmpty || tag == constructor || tag == type ? "" : " [\(tag)]")
  }

  // MARK: - Objects that are shown as one text

  private func describeBase(
    _ object: ScriptObject, _ constructor: String?, _ tag: String, _ description: inout Description
  ) throws(Thrown) {
    var base: String
    switch object.kind {
    case .regularExpression:
      let expression = unsafeDowncast(object, to: RegularExpressionObject.self)
      let source = try RegExpBuiltins.source(realm, Value(object), Arguments(base: realm.stackPointer, count: 0))
      base = "/\(source.asString?.text ?? "")/\(expression.flagsText.cell.text)"
      let prefix = Inspector.prefix(constructor, tag, "RegExp", "")
      if prefix != "RegExp " { base = prefix + base }
    case .date:
      let time = unsafeDowncast(object, to: DateObject.self).time
      base = time.isNaN ? "Invalid Date" : DateFormatting.isoString(time)
      let prefix = Inspector.prefix(constructor, tag, "Date", "")
      if prefix != "Date " { base = prefix + base }
    case .error: base = errorBase(object, constructor, tag, &description.keys)
    default:
      guard let wrapper = object as? PrimitiveObject else { return }
      let type = fallbackBoxName(object.kind)
      base = "[" + type
      if constructor != type { base += constructor.map { " (\($0))" } ?? " (null prototype)" }
      var inspector = self
      base += ": \(try inspector.format(wrapper.primitive, depth: 0))]"
      if !tag.isEmpty, tag != constructor { base += " [\(tag)]" }
    }
    description.parts.base = base
  }

  private func fallbackBoxName(_ kind: ObjectKind) -> String {
    switch kind {
    case .number: "Number"
    case .string: "String"
    case .boolean: "Boolean"
    case .bigInt: "BigInt"
    default: "Symbol"
    }
  }

  /// The stack, or what stands for it, in brackets where it has no lines of calls.
  private func errorBase(_ object: ScriptObject, _ constructor: String?, _ tag: String, _ keys: inout [PropertyKey]) -> String {
    func text(_ key: PropertyKey) -> String? {
      var next: ScriptObject? = object
      for _ in 0..<100 {
        guard let candidate = next, candidate.kind != .proxy else { return nil }
        let (value, flags) = candidate.ordinaryOwnSlot(key)
        if !flags.contains(.accessor), case .string(let text) = value { return text.cell.text }
        next = candidate.shape.prototype
      }
      return nil
    }
    let name = text(.name) ?? "Error"
    let message = text(.message) ?? ""
    let headline = message.isEmpty ? name : name.isEmpty ? message : "\(name): \(message)"
    var stack = text(.known(.stack)) ?? ""
    if stack.isEmpty { stack = headline }
    keys.removeAll { key in
      guard key == .name || key == .message || key == .known(.stack) else { return false }
      guard let value = text(key) else { return true }
      return Inspector.contains(stack, value)
    }
    for key in [PropertyKey.known(.cause), .known(.errors)] where !keys.contains(key) {
      if !object.ordinaryOwnSlot(key).value.isEmpty { keys.append(key) }
    }
    // The class of the error is named even where it has not set its name.
    if let constructor, constructor != name, name.hasSuffix("Error"), stack.hasPrefix(name), !constructor.isEmpty {
      if constructor.hasSuffix("Error") {
        stack = constructor + stack.dropFirst(name.count)
      } else {
        stack = "\(name) [\(constructor)]" + stack.dropFirst(name.count)
      }
    }
    guard Inspector.contains(stack, "\n    at ") else { return "[\(stack)]" }
    if indentation > 0 {
      let padding = "\n" + String(repeating: " ", count: indentation)
      stack = stack.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: padding)
    }
    return stack
  }

  private static func contains(_ text: String, _ part: String) -> Bool {
    let needle = Array(part.utf8), haystack = Array(text.utf8)
    guard !needle.isEmpty, needle.count <= haystack.count else { return needle.isEmpty }
    for start in 0...(haystack.count - needle.count) where haystack[start] == needle[0] {
      if haystack[start..<(start + needle.count)].elementsEqual(needle) { return true }
    }
    return false
  }
}
