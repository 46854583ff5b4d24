// Values as text for people: what console.log prints, in the form that users know from Node's util.inspect.

/// How values are shown.
public struct InspectionOptions {
  /// How many levels of objects inside objects are opened; nil for all.
  public var depth: Int? = 2
  public var maximumArrayLength = 100
  public var maximumStringLength = 10_000
  /// Lines are broken where they would become longer.
  public var breakLength = 80
  /// Whether properties that are not enumerable are shown, too.
  public var showsHidden = false

  public init() {}
}

extension Realm {
  /// A value as text. Getters are not called; only the end of the run is thrown.
  public func inspect(_ value: Value, options: InspectionOptions = InspectionOptions()) throws(Thrown) -> String {
    var inspector = Inspector(realm: self, options: options)
    return try inspector.format(value, depth: 0)
  }
}

/// One inspection under way.
struct Inspector {
  let realm: Realm
  let options: InspectionOptions
  /// Spaces in front of what is being formatted.
  var indentation = 0
  /// The depth of the object that was opened last.
  var currentDepth = 0
  /// The objects that are open, outermost first.
  private let open: ValueList
  /// Numbers of objects that contain themselves.
  private var circular: [(address: UInt, number: Int)] = []
  /// Units written by and large; a bound on how much is shown in all.
  private var written = 0

  init(realm: Realm, options: InspectionOptions) {
    self.realm = realm
    self.options = options
    open = ValueList(realm)
  }

  /// How the entries of an object are put together.
  enum Layout { case members, elements }

  /// What an object consists of, ready to be joined.
  struct Parts {
    var opening = "{"
    var closing = "}"
    /// What stands before the braces: `[Function: f]`, the text of an error.
    var base = ""
    var layout = Layout.members
    /// Whether all elements are numbers, which are aligned to the right.
    var isNumeric = false
  }

  // MARK: - Values

  mutating func format(_ value: Value, depth: Int) throws(Thrown) -> String {
    switch value {
    case .undefined, .empty, .internal: return "undefined"
    case .null: return "null"
    case .boolean(let flag): return flag ? "true" : "false"
    case .number(let number): return Inspector.text(of: number, realm)
    case .bigInt(let integer): return realm.bigIntText(integer.cell.value) + "n"
    case .symbol(let symbol): return realm.describe(symbol.cell.key)
    case .string(let string): return format(string.cell)
    case .object(let reference):
      var object = reference.cell
      while object.kind == .proxy {
        guard let target = (object as? ProxyObject)?.target else { return "<Revoked Proxy>" }
        object = target.cell
      }
      let address = Ref(object).address
      if open.values.contains(where: { $0.asObject === object }) {
        var number = circular.first { $0.address == address }?.number
        if number == nil {
          number = circular.count + 1
          circular.append((address, circular.count + 1))
        }
        return "[Circular *\(number ?? 0)]"
      }
      try realm.checkDepth()
      try realm.safePoint()
      return try format(object, depth: depth)
    }
  }

  static func text(of number: Double, _ realm: Realm) -> String {
    number == 0 && number.sign == .minus ? "-0" : realm.string(number: number).text
  }

  /// A string in quotes; long ones with line breaks are split after each.
  private func format(_ string: ScriptString) -> String {
    var units = string.utf16Units[...]
    var trailer = ""
    if units.count > options.maximumStringLength {
      let rest = units.count - options.maximumStringLength
      units = units.prefix(options.maximumStringLength)
      trailer = "... \(rest) more character\(rest > 1 ? "s" : "")"
    }
    if units.count > 16, units.count > options.breakLength - indentation - 4, units.dropLast().contains(10) {
      var lines: [String] = []
      while !units.isEmpty {
        let end = units.firstIndex(of: 10).map { $0 + 1 } ?? units.endIndex
        lines.append(Inspector.quoted(units[..<end]))
        units = units[end...]
      }
      return lines.joined(separator: " +\n" + String(repeating: " ", count: indentation + 2)) + trailer
    }
    return Inspector.quoted(units) + trailer
  }

  /// In single quotes, or in others where that saves escapes.
  static func quoted(_ units: ArraySlice<UInt16>) -> String {
    var quote: UInt16 = 39
    if units.contains(39) {
      if !units.contains(34) { quote = 34 } else if !units.contains(96), !units.contains(36) { quote = 96 }
    }
    var result: [UInt16] = [quote]
    for (index, unit) in zip(units.indices, units) {
      switch unit {
      case quote, 92: result += [92, unit]
      case 8: result += Array("\\b".utf16)
      case 9: result += Array("\\t".utf16)
      case 10: result += Array("\\n".utf16)
      case 12: result += Array("\\f".utf16)
      case 13: result += Array("\\r".utf16)
      case 0..<32, 0x7F...0x9F: result += Array(("\\x" + hexadecimal(unit, 2)).utf16)
      case 0xD800...0xDFFF:
        let isLead = unit < 0xDC00
        let partner = isLead ? index + 1 : index - 1
        let isPaired =
          units.indices.contains(partner) && (isLead ? (0xDC00...0xDFFF) : (0xD800...0xDBFF)).contains(units[partner])
        result += isPaired ? [unit] : Array(("\\u" + hexadecimal(unit, 4)).utf16)
      default: result.append(unit)
      }
    }
    return String(decoding: result + [quote], as: UTF16.self)
  }

  private static func hexadecimal(_ unit: UInt16, _ width: Int) -> String {
    let digits = String(unit, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  // MARK: - Objects

  private mutating func format(_ object: ScriptObject, depth: Int) throws(Thrown) -> String {
    let description = try describe(object)
    var parts = description.parts
    if let complete = description.complete { return complete }
    if let limit = options.depth, depth > limit || written > 1 << 26 { return "[\(description.name)]" }
    let outer = indentation
    open.values.append(Value(object))
    currentDepth = depth
    var entries = try entries(of: object, description, depth: depth + 1)
    for key in description.keys {
      entries.append(try property(key, of: object, depth: depth + 1))
    }
    open.values.removeLast()
    indentation = outer
    if let number = circular.first(where: { $0.address == Ref(object).address })?.number {
      let reference = "<ref *\(number)>"
      if parts.base.isEmpty { parts.base = reference } else { parts.base = reference + " " + parts.base }
    }
    let result = join(&entries, parts, depth: depth)
    written += result.utf8.count
    return result
  }

  /// `name: value`.
  mutating func property(_ key: PropertyKey, of object: ScriptObject, depth: Int) throws(Thrown) -> String {
    let descriptor = try object.getOwnProperty(key, realm)
    var text: String
    if let descriptor, descriptor.isAccessor {
      let hasGetter = descriptor.getter.map { !$0.isUndefined } ?? false
      let hasSetter = descriptor.setter.map { !$0.isUndefined } ?? false
      text = hasGetter ? (hasSetter ? "[Getter/Setter]" : "[Getter]") : hasSetter ? "[Setter]" : "undefined"
    } else {
      indentation += 2
      text = try format(descriptor?.value ?? .undefined, depth: depth)
      indentation -= 2
    }
    return "\(name(of: key, isEnumerable: descriptor?.isEnumerable ?? true)): \(text)"
  }

  private func name(of key: PropertyKey, isEnumerable: Bool) -> String {
    if key.isSymbol { return "[\(realm.describe(key))]" }
    let text = realm.describe(key)
    if text == "__proto__" { return "['__proto__']" }
    if !isEnumerable { return "[\(text)]" }
    let isIdentifier =
      text.utf8.allSatisfy { ($0 | 32) >= 97 && ($0 | 32) <= 122 || $0 == 95 || ($0 >= 48 && $0 <= 57) }
      && text.utf8.first.map { $0 < 48 || $0 > 57 } == true
    return isIdentifier ? text : Inspector.quoted(Array(text.utf16)[...])
  }
}

extension Realm {
  func bigIntText(_ integer: BigInteger) -> String {
    var digits: [UInt8] = []
    integer.append(radix: 10, to: &digits)
    return String(decoding: digits, as: UTF8.self)
  }
}
