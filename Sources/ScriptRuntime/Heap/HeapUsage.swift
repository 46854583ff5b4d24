// What the memory of a script is used for, in words for its author.

extension Heap {
  /// The kind of thing that takes the most memory, that memory, and what all take together. Looks at every cell.
  public func largestUse() -> (noun: String, bytes: Int, total: Int) {
    var uses: [Use: Int] = [:]
    forEachCell { cell in uses[Use(cell), default: 0] += cell.byteSize + 32 }
    let largest = uses.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }
    return (largest?.key.rawValue ?? "objects", largest?.value ?? 0, uses.values.reduce(0, +))
  }

  /// The raw value is the word for it.
  private enum Use: String {
    case strings, arrays, objects
    case functions = "functions and their variables"
    case buffers = "array buffers"
    case collections = "maps and sets"
    case generators = "generators and async functions"
    case promises
    case bigIntegers = "big integers"
    case host = "canvases, images and other objects of the page"

    init(_ cell: HeapCell) {
      switch cell {
      case is ScriptString: self = .strings
      case is Scope: self = .functions
      case is Coroutine: self = .generators
      case is BigIntCell: self = .bigIntegers
      case let object as ScriptObject:
        switch object.kind {
        case .array: self = .arrays
        case .scriptFunction, .nativeFunction, .boundFunction: self = .functions
        case .arrayBuffer, .typedArray: self = .buffers
        case .map, .set, .weakMap, .weakSet: self = .collections
        case .promise: self = .promises
        case .host: self = .host
        default: self = .objects
        }
      default: self = .objects
      }
    }
  }
}
