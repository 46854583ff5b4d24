// https://tc39.es/ecma402/#intl-object
//
// One locale is supported, en-US; requests for others are checked and then served by it, as the specification allows.

/// What an Intl object was made for.
enum InternationalizationService {
  case numberFormat(NumberFormat)
  case dateTimeFormat(DateTimeFormatSettings)
  case collator(CollatorSettings)
  case pluralRules(isOrdinal: Bool, format: NumberFormat)
  case listFormat(ListFormatSettings)
}

/// An Intl.NumberFormat, Intl.Collator and so on.
final class InternationalizationObject: ScriptObject {
  let service: InternationalizationService
  /// The function that `format` or `compare` gave out, made when first asked for.
  var boundFunction: Value = .undefined

  init(realm: Realm, service: InternationalizationService, prototype: ScriptObject) {
    self.service = service
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: .internationalization)
  }

  override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(boundFunction)
  }
}

extension Realm {
  func installIntlBuiltins() {
    let intl = makeObject()
    defineValue(globalObject, "Intl", Value(intl))
    defineTag(intl, "Intl")
    defineMethod(intl, "getCanonicalLocales", length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      let locales = try realm.canonicalLocales(arguments[0])
      return Value(realm.makeArray(locales.map { Value(realm.string($0)) }))
    }
    installNumberFormat(intl)
    installDateTimeFormat(intl)
    installCollator(intl)
    installPluralRules(intl)
    installListFormat(intl)
  }

  /// A constructor of Intl's; `isCallable` where it may be called without `new`.
  func defineIntlConstructor(
    _ intl: ScriptObject, _ name: String, _ prototypeName: Intrinsics.Name, isCallable: Bool,
    make: @escaping (Realm, Value, Value) throws(Thrown) -> InternationalizationService
  ) -> ScriptObject {
    let prototype = intrinsics[prototypeName]
    let construct: NativeConstruct = { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
      let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[prototypeName])
      let service = try make(realm, arguments[0], arguments[1])
      return Value(InternationalizationObject(realm: realm, service: service, prototype: prototype))
    }
    let constructor = defineConstructor(
      name, length: 0, prototype: prototype, isGlobal: false,
      call: { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
        guard isCallable else { throw realm.typeError("Constructor Intl.\(name) requires 'new'") }
        let service = try make(realm, arguments[0], arguments[1])
        return Value(InternationalizationObject(realm: realm, service: service, prototype: realm.intrinsics[prototypeName]))
      },
      construct: construct)
    defineValue(intl, name, Value(constructor))
    defineTag(prototype, "Intl." + name)
    defineMethod(constructor, "supportedLocalesOf", length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      let locales = try realm.canonicalLocales(arguments[0])
      let options = try realm.intlOptions(arguments[1])
      _ = try realm.option(options, "localeMatcher", among: ["lookup", "best fit"])
      let supported = locales.filter { $0 == "en" || $0.hasPrefix("en-") }
      return Value(realm.makeArray(supported.map { Value(realm.string($0)) }))
    }
    return prototype
  }

  func intlObject(_ this: Value, _ method: String) throws(Thrown) -> InternationalizationObject {
    guard let object = this.asObject, object.kind == .internationalization else {
      throw typeError("Method \(method) called on incompatible receiver \(describeForMessage(this))")
    }
    return unsafeDowncast(object, to: InternationalizationObject.self)
  }

  /// Labelled pieces as an array of `{ type, value }`.
  func array(of parts: FormattedParts) -> Value {
    let array = makeArray()
    for part in parts.parts {
      let object = makeObject()
      object.appendSlot(key("type"), Value(string(part.type)), self)
      object.appendSlot(.known(.value), Value(string(part.value)), self)
      array.append(Value(object), self)
    }
    return Value(array)
  }

  /// An object with these properties, for `resolvedOptions`; nil values are left out.
  func intlRecord(_ members: [(String, Value?)]) -> Value {
    let object = makeObject()
    for (name, value) in members {
      if let value { object.appendSlot(key(name), value, self) }
    }
    return Value(object)
  }

  // MARK: - Locales

  /// https://tc39.es/ecma402/#sec-canonicalizelocalelist
  func canonicalLocales(_ locales: Value) throws(Thrown) -> [String] {
    if locales.isUndefined { return [] }
    if case .string(let text) = locales { return [try canonicalLocale(text.cell.text)] }
    let object = try toObject(locales)
    let count = try length(of: object)
    var seen: [String] = []
    for index in 0..<count {
      try safePoint()
      let key = key(index: index)
      guard try object.hasProperty(key, self) else { continue }
      let value = try object.get(key, receiver: Value(object), self)
      guard value.isObject || value.asString != nil else { throw typeError("Language ID should be string or object.") }
      let tag = try canonicalLocale(try toText(value))
      if !seen.contains(tag) { seen.append(tag) }
    }
    return seen
  }

  /// Checks the structure of a language tag and puts its letters in the usual case.
  private func canonicalLocale(_ tag: String) throws(Thrown) -> String {
    let subtags = tag.lowercased().split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    func isAlphanumeric(_ text: String) -> Bool {
      text.utf8.allSatisfy { (48...57).contains($0) || (97...122).contains($0) }
    }
    func isAlphabetic(_ text: String) -> Bool { text.utf8.allSatisfy { (97...122).contains($0) } }
    let language = subtags.first ?? ""
    let hasLanguage = isAlphabetic(language) && [2, 3, 5, 6, 7, 8].contains(language.utf8.count)
    guard hasLanguage, subtags.allSatisfy({ (1...8).contains($0.utf8.count) && isAlphanumeric($0) }),
      subtags.last?.utf8.count ?? 0 > 1
    else { throw rangeError("Incorrect locale information provided") }
    var result = [language]
    var isExtension = false
    for (index, subtag) in subtags.enumerated().dropFirst() {
      if subtag.utf8.count == 1 { isExtension = true }
      if isExtension {
        result.append(subtag)
      } else if index == 1, subtag.utf8.count == 4, isAlphabetic(subtag) {
        result.append(subtag.prefix(1).uppercased() + subtag.dropFirst())
      } else {
        result.append(subtag.utf8.count <= 3 ? subtag.uppercased() : subtag)
      }
    }
    return result.joined(separator: "-")
  }

  // MARK: - Options

  /// Options may be undefined, or an object; the older constructors also take what can become one.
  func intlOptions(_ options: Value) throws(Thrown) -> ScriptObject? {
    options.isUndefined ? nil : try toObject(options)
  }

  /// https://tc39.es/ecma402/#sec-getoption for strings; a RangeError for a word that is not among the known ones.
  func option(_ options: ScriptObject?, _ name: String, among words: [String]? = nil) throws(Thrown) -> String? {
    guard let options else { return nil }
    let value = try options.get(key(name), receiver: Value(options), self)
    if value.isUndefined { return nil }
    let text = try toText(value)
    if let words, !words.contains(text) { throw rangeError("Value \(text) out of range for Intl options property \(name)") }
    return text
  }

  func booleanOption(_ options: ScriptObject?, _ name: String) throws(Thrown) -> Bool? {
    guard let options else { return nil }
    let value = try options.get(key(name), receiver: Value(options), self)
    return value.isUndefined ? nil : value.isTruthy
  }

  /// https://tc39.es/ecma402/#sec-getnumberoption
  func numberOption(_ options: ScriptObject?, _ name: String, _ range: ClosedRange<Int>) throws(Thrown) -> Int? {
    guard let options else { return nil }
    let value = try options.get(key(name), receiver: Value(options), self)
    if value.isUndefined { return nil }
    let number = try toNumber(value)
    guard number >= Double(range.lowerBound), number <= Double(range.upperBound) else {
      throw rangeError("\(name) value is out of range.")
    }
    return Int(number)
  }
}
