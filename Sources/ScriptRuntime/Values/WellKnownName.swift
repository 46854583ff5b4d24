// Names that the runtime itself uses: interned first, in this order, so that their keys are constants.

/// The raw value is the name's key; case names end in `_` where the bare word is reserved.
enum WellKnownName: UInt32, CaseIterable, CustomStringConvertible {
  case empty
  case length
  case name
  case prototype
  case constructor
  case message
  case stack
  case cause
  case errors
  case value
  case done
  case next
  case return_
  case throw_
  case get
  case set
  case enumerable
  case configurable
  case writable
  case callee
  case caller
  case arguments
  case toString
  case valueOf
  case toJSON
  case index
  case input
  case groups
  case indices
  case lastIndex
  case source
  case flags
  case global
  case ignoreCase
  case multiline
  case dotAll
  case unicode
  case unicodeSets
  case sticky
  case hasIndices
  case then
  case resolve
  case exec
  case raw
  case join
  case size
  case has
  case add
  case byteLength
  case byteOffset
  case buffer
  case proxy
  case revoke
  case undefined_
  case number
  case string
  case boolean
  case symbol
  case object
  case function
  case bigint
  case true_
  case false_
  case null_
  case NaN
  case Infinity
  case default_
  case eval
  case globalThis
  case this_
  case __proto__
  case keys
  case entries
  case values
  case status
  case reason
  case fulfilled
  case rejected
  case promise
  case reject
  case apply
  case construct
  case defineProperty
  case deleteProperty
  case getOwnPropertyDescriptor
  case getPrototypeOf
  case isExtensible
  case ownKeys
  case preventExtensions
  case setPrototypeOf
  case data
  case x
  case y
  case width
  case height
  case anonymous
  case code
  case line
  case column

  var description: String {
    switch self {
    case .empty: ""
    case .return_: "return"
    case .throw_: "throw"
    case .undefined_: "undefined"
    case .true_: "true"
    case .false_: "false"
    case .null_: "null"
    case .default_: "default"
    case .this_: "this"
    case .__proto__: "__proto__"
    case .length: "length"
    case .name: "name"
    case .prototype: "prototype"
    case .constructor: "constructor"
    case .message: "message"
    case .stack: "stack"
    case .cause: "cause"
    case .errors: "errors"
    case .value: "value"
    case .done: "done"
    case .next: "next"
    case .get: "get"
    case .set: "set"
    case .enumerable: "enumerable"
    case .configurable: "configurable"
    case .writable: "writable"
    case .callee: "callee"
    case .caller: "caller"
    case .arguments: "arguments"
    case .toString: "toString"
    case .valueOf: "valueOf"
    case .toJSON: "toJSON"
    case .index: "index"
    case .input: "input"
    case .groups: "groups"
    case .indices: "indices"
    case .lastIndex: "lastIndex"
    case .source: "source"
    case .flags: "flags"
    case .global: "global"
    case .ignoreCase: "ignoreCase"
    case .multiline: "multiline"
    case .dotAll: "dotAll"
    case .unicode: "unicode"
    case .unicodeSets: "unicodeSets"
    case .sticky: "sticky"
    case .hasIndices: "hasIndices"
    case .then: "then"
    case .resolve: "resolve"
    case .exec: "exec"
    case .raw: "raw"
    case .join: "join"
    case .size: "size"
    case .has: "has"
    case .add: "add"
    case .byteLength: "byteLength"
    case .byteOffset: "byteOffset"
    case .buffer: "buffer"
    case .proxy: "proxy"
    case .revoke: "revoke"
    case .number: "number"
    case .string: "string"
    case .boolean: "boolean"
    case .symbol: "symbol"
    case .object: "object"
    case .function: "function"
    case .bigint: "bigint"
    case .NaN: "NaN"
    case .Infinity: "Infinity"
    case .eval: "eval"
    case .globalThis: "globalThis"
    case .keys: "keys"
    case .entries: "entries"
    case .values: "values"
    case .status: "status"
    case .reason: "reason"
    case .fulfilled: "fulfilled"
    case .rejected: "rejected"
    case .promise: "promise"
    case .reject: "reject"
    case .apply: "apply"
    case .construct: "construct"
    case .defineProperty: "defineProperty"
    case .deleteProperty: "deleteProperty"
    case .getOwnPropertyDescriptor: "getOwnPropertyDescriptor"
    case .getPrototypeOf: "getPrototypeOf"
    case .isExtensible: "isExtensible"
    case .ownKeys: "ownKeys"
    case .preventExtensions: "preventExtensions"
    case .setPrototypeOf: "setPrototypeOf"
    case .data: "data"
    case .x: "x"
    case .y: "y"
    case .width: "width"
    case .height: "height"
    case .anonymous: "anonymous"
    case .code: "code"
    case .line: "line"
    case .column: "column"
    }
  }
}

extension PropertyKey {
  /// The key of a name of the runtime's own.
  @inline(__always)
  static func known(_ name: WellKnownName) -> PropertyKey { PropertyKey(raw: name.rawValue) }

  @inline(__always) static var length: PropertyKey { known(.length) }
  @inline(__always) static var prototype: PropertyKey { known(.prototype) }
  @inline(__always) static var constructor: PropertyKey { known(.constructor) }
  @inline(__always) static var name: PropertyKey { known(.name) }
  @inline(__always) static var message: PropertyKey { known(.message) }

  static func symbol(_ number: UInt32) -> PropertyKey { PropertyKey(raw: 0x4000_0000 | number) }
  /// `Symbol.iterator`.
  public static var iteratorSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 1) }
  /// `Symbol.asyncIterator`.
  public static var asyncIteratorSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 2) }
  /// `Symbol.hasInstance`.
  public static var hasInstanceSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 3) }
  /// `Symbol.toPrimitive`.
  public static var toPrimitiveSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 4) }
  /// `Symbol.toStringTag`.
  public static var toStringTagSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 5) }
  /// `Symbol.species`.
  public static var speciesSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 6) }
  /// `Symbol.isConcatSpreadable`.
  public static var isConcatSpreadableSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 7) }
  /// `Symbol.unscopables`.
  public static var unscopablesSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 8) }
  /// `Symbol.match`.
  public static var matchSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 9) }
  /// `Symbol.matchAll`.
  public static var matchAllSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 10) }
  /// `Symbol.replace`.
  public static var replaceSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 11) }
  /// `Symbol.search`.
  public static var searchSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 12) }
  /// `Symbol.split`.
  public static var splitSymbol: PropertyKey { PropertyKey(raw: 0x4000_0000 | 13) }

  /// The well-known symbols in the order of their keys.
  static let wellKnownSymbolNames = ["iterator", "asyncIterator", "hasInstance", "toPrimitive", "toStringTag", "species", "isConcatSpreadable", "unscopables", "match", "matchAll", "replace", "search", "split"]
}
