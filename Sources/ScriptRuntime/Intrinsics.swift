// https://tc39.es/ecma262/#sec-well-known-intrinsic-objects

/// The prototypes of everything built in. Made empty; the files in Builtins fill them.
final class Intrinsics {
  let objectPrototype: ScriptObject
  let functionPrototype: ScriptObject
  let arrayPrototype: ScriptObject
  private let heap: Heap
  private var others: [Name: ScriptObject] = [:]

  /// Prototypes (and a few constructors) that are looked up by name.
  enum Name: Hashable {
    case string, number, boolean, symbol, bigInt, error, iterator, asyncIterator, arrayIterator, mapIterator, setIterator
    case stringIterator, regExp, regExpStringIterator, date, map, set, weakMap, weakSet, weakRef, finalizationRegistry
    case promise, arrayBuffer, sharedArrayBuffer, typedArray, dataView, generator, asyncGenerator, generatorFunction
    case asyncFunction, asyncGeneratorFunction, iteratorHelper, wrapForValidIterator, asyncFromSyncIterator, forInIterator
    case arguments, throwTypeError, arrayValues, promiseConstructor, arrayConstructor, regExpConstructor, typedArrayConstructor
    case arrayBufferConstructor, sharedArrayBufferConstructor, evalFunction, numberFormat, dateTimeFormat, collator, pluralRules, listFormat
    case errorOf(ErrorKind)
    case typedArrayOf(UInt8)
    case typedArrayConstructorOf(UInt8)
    case regExpExec, mapSet, setAdd
  }

  init(heap: Heap, rootShape: Shape) {
    self.heap = heap
    objectPrototype = ScriptObject(heap: heap, shape: rootShape)
    objectPrototype.ensuredRarity.hasImmutablePrototype = true
    let ordinary = Intrinsics.instanceShape(of: objectPrototype)
    functionPrototype = NativeFunction(heap: heap, shape: ordinary, body: { _, _, _ in .undefined }, construct: nil)
    arrayPrototype = ArrayObject(heap: heap, shape: ordinary)
  }

  subscript(name: Name) -> ScriptObject {
    get {
      if let object = others[name] { return object }
      let made = ScriptObject(heap: heap, shape: Intrinsics.instanceShape(of: objectPrototype))
      others[name] = made
      return made
    }
    set { others[name] = newValue }
  }

  func instanceShape(of prototype: ScriptObject) -> Shape { Intrinsics.instanceShape(of: prototype) }

  static func instanceShape(of prototype: ScriptObject) -> Shape {
    let rarity = prototype.ensuredRarity
    if let shape = rarity.instanceShape { return shape }
    let shape = Shape(prototype: prototype)
    rarity.instanceShape = shape
    prototype.isPrototype = true
    return shape
  }
}

/// The kinds of errors that the language throws.
public enum ErrorKind: String, CaseIterable, Sendable {
  case error = "Error"
  case typeError = "TypeError"
  case rangeError = "RangeError"
  case referenceError = "ReferenceError"
  case syntaxError = "SyntaxError"
  case evalError = "EvalError"
  case uriError = "URIError"
  case aggregateError = "AggregateError"
}
