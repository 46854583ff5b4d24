// One run's world: the heap, the built-in objects, the stacks, the queue of jobs.
// https://tc39.es/ecma262/#sec-code-realms

import Glibc
import ScriptSyntax

/// Why a run was ended from outside the script.
public enum Termination: Equatable, Sendable {
  case timeout
  case memory(String)
  case interrupted
  /// `true`: asked for by the host, without an error.
  case stopped
}

/// The objects and tables of one run. Used by one thread at a time; nothing in it is shared between runs.
public final class Realm {
  public let heap: Heap
  public let keys: KeyTable
  public let names: NameTable
  private var keysOfNames: ContiguousArray<UInt32> = []
  let intrinsics: Intrinsics
  public let globalObject: ScriptObject
  /// `let`, `const` and `class` of the global scope.
  var globalLexicals: [PropertyKey: GlobalBinding] = [:]
  /// Whether somebody has put an indexed property on Array.prototype or Object.prototype.
  @inline(__always)
  var arrayPrototypesHaveElements: Bool {
    guard let arrayPrototype = state.pointee.arrayPrototype, let objectPrototype = state.pointee.objectPrototype else { return true }
    return arrayPrototype.with { $0.hasElements } || objectPrototype.with { $0.hasElements }
  }

  // MARK: Stacks

  private let mainValueStack: UnsafeMutablePointer<Value>
  private let isValueStackMapped: Bool
  let state: UnsafeMutablePointer<RunState>

  @inline(__always)
  var stackPointer: UnsafeMutablePointer<Value> {
    get { state.pointee.stackPointer }
    set { state.pointee.stackPointer = newValue }
  }

  @inline(__always)
  var stackLimit: UnsafeMutablePointer<Value> {
    get { state.pointee.stackLimit }
    set { state.pointee.stackLimit = newValue }
  }

  @inline(__always)
  var machineLimit: UInt {
    get { state.pointee.machineLimit }
    set { state.pointee.machineLimit = newValue }
  }

  var globalEpoch: Int {
    get { state.pointee.globalEpoch }
    set { state.pointee.globalEpoch = newValue }
  }

  var prototypeEpoch: Int { state.pointee.prototypeEpoch }

  @inline(__always)
  var currentFrame: FramePointer? {
    get { state.pointee.currentFrame }
    set { state.pointee.currentFrame = newValue }
  }

  unowned(unsafe) var currentCoroutine: Coroutine? = nil
  let coroutinePool: CoroutinePool

  // MARK: Jobs and limits

  let jobs: JobQueue
  /// Set when the run is to end; then `Thrown` travels as a termination.
  public internal(set) var termination: Termination?
  /// The calls under way when something that is no Error was thrown last, for the report of an uncaught one.
  public internal(set) var lastThrowStack: [StackEntry] = []
  /// Nanoseconds of the monotonic clock at which the run must end; nil for no limit.
  public var deadline: UInt64?
  /// Asked now and then; true ends the run (an interrupt from the terminal).
  public var shouldStop: () -> Bool = { false }
  /// Warnings for the user: text and the place in the script.
  public var warn: (String, ScriptPosition?) -> Void = { _, _ in }
  var randomState: UInt64 = 1
  /// Milliseconds since 1970 in the run's own time.
  public var currentTime: () -> Double = { 0 }
  /// `Function.prototype[Symbol.hasInstance]`, which `instanceof` need not call.
  var hasInstanceFunction: ScriptObject?
  /// `Array.prototype.values`, which `for-of` need not call.
  var arrayValuesFunction: ScriptObject?
  lazy var stringPrototype: ScriptObject = intrinsics[.string]
  lazy var numberPrototype: ScriptObject = intrinsics[.number]
  /// The zone of local times, read when it is first needed.
  lazy var timeZone: TimeZoneRules = .system()
  let regularExpressions = RegularExpressionState()
  /// What a long match calls now and then.
  lazy var matchInterrupt: () throws -> Void = { [unowned self] in try poll() }
  /// What eval and the Function constructor have made lately.
  var retiredTrees: [Any] = []
  public let console = ConsoleState()
  var unitStrings: [ScriptString?] = Array(repeating: nil, count: 256)
  let emptyString: ScriptString
  let rootShapeWithoutPrototype = Shape(prototype: nil)
  let arrayShape: Shape
  let shapes: CommonShapes
  /// Template objects by site, private names by class: whatever must outlive its evaluation.
  var symbolRegistry: [String: Symbol] = [:]

  /// - Parameter machineStackBase: the highest address of the thread's stack; `machineStackSize` bytes below it may be used.
  public init(names: NameTable = NameTable(), machineStackBase: UInt, machineStackSize: Int) {
    heap = Heap()
    keys = KeyTable(heap: heap)
    jobs = JobQueue(heap: heap)
    coroutinePool = CoroutinePool()
    self.names = names
    let valueCapacity = 1 << 21
    // Reserved, not touched: pages come into being as the stack grows.
    let memory = mmap(
      nil, valueCapacity * MemoryLayout<Value>.stride, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    var limit: UnsafeMutablePointer<Value>
    if let memory, memory != MAP_FAILED {
      mainValueStack = memory.bindMemory(to: Value.self, capacity: valueCapacity)
      limit = mainValueStack + valueCapacity
      isValueStackMapped = true
    } else {
      mainValueStack = .allocate(capacity: 1 << 16)
      limit = mainValueStack + (1 << 16)
      isValueStackMapped = false
    }
    state = .allocate(capacity: 1)
    state.initialize(to: RunState(stackPointer: mainValueStack, stackLimit: limit))
    heap.state = state
    emptyString = keys.text(of: PropertyKey(raw: 0))
    intrinsics = Intrinsics(heap: heap, rootShape: rootShapeWithoutPrototype)
    arrayShape = intrinsics.instanceShape(of: intrinsics.arrayPrototype)
    shapes = CommonShapes(intrinsics)
    globalObject = ScriptObject(heap: heap, shape: intrinsics.instanceShape(of: intrinsics.objectPrototype), kind: .global)
    state.pointee.globalObject = Ref(globalObject)
    state.pointee.arrayPrototype = Ref(intrinsics.arrayPrototype)
    state.pointee.objectPrototype = Ref(intrinsics.objectPrototype)
    let stackSize = machineStackSize
    state.pointee.machineLimit = machineStackBase - UInt(stackSize) + 256 * 1024
    heap.stacks.running = StackSet.Segment(
      machineBase: machineStackBase, machinePointer: 0, valueBase: UInt(bitPattern: mainValueStack), valuePointer: 0)
    heap.stacks.runningValuePointer = { [unowned self] in UInt(bitPattern: stackPointer) }
    state.pointee.pollCountdown = 1000
    for name in PropertyKey.wellKnownSymbolNames {
      _ = Symbol(realm: self, description: ScriptString(heap: heap, "Symbol." + name))
    }
    installBuiltins()
  }

  deinit {
    heap.state = nil
    state.deallocate()
    if isValueStackMapped {
      munmap(mainValueStack, (1 << 21) * MemoryLayout<Value>.stride)
    } else {
      mainValueStack.deallocate()
    }
  }

  /// Starts `Math.random` anew: the same seed gives the same numbers.
  public func seedRandom(_ seed: UInt64) { randomState = seed }

  // MARK: Keys and names

  /// The property key of a name in the source.
  func key(of name: NameID) -> PropertyKey {
    let index = Int(name.index)
    if index < keysOfNames.count, keysOfNames[index] != UInt32.max { return PropertyKey(raw: keysOfNames[index]) }
    while keysOfNames.count <= index { keysOfNames.append(UInt32.max) }
    let key = keys.key(for: ScriptString(heap: heap, names.text(name)))
    keysOfNames[index] = key.raw
    return key
  }

  /// The key of a Swift string.
  public func key(_ name: String) -> PropertyKey { keys.key(for: ScriptString(heap: heap, name)) }

  /// The string or symbol of a key as a value.
  public func value(of key: PropertyKey) -> Value {
    if key.isIndex { return Value(string(number: Double(key.index))) }
    if key.isSymbol, let symbol = keys.symbol(of: key) { return .symbol(Ref(symbol)) }
    return Value(keys.text(of: key))
  }

  /// The text of a key for messages and function names; symbols as `[description]`.
  func describe(_ key: PropertyKey) -> String {
    if key.isIndex { return String(key.index) }
    if key.isSymbol {
      let description = keys.symbol(of: key)?.descriptionText?.text ?? ""
      return key.isPrivate ? description : "Symbol(\(description))"
    }
    return keys.text(of: key).text
  }

  /// The number of a string key that is an array index too large for `PropertyKey(index:)`.
  func largeIndex(of key: PropertyKey) -> Int? {
    guard !key.isSymbol, !key.isIndex else { return nil }
    return keys.text(of: key).canonicalIndex
  }

  // MARK: Shapes

  /// The shape of an object without properties and with this prototype.
  func rootShape(for prototype: ScriptObject?) -> Shape {
    guard let prototype else { return rootShapeWithoutPrototype }
    return intrinsics.instanceShape(of: prototype)
  }

  /// The getter of `length` that typed arrays have from the start; nodes that know it need not call it.
  var typedArrayLengthGetter: ScriptObject?

  func prototypesChanged() {
    state.pointee.prototypeEpoch &+= 1
  }

  // MARK: Making values

  public func string(_ text: String) -> ScriptString { ScriptString(heap: heap, text) }

  /// The string of one code unit; the first 256 are made once.
  func unitString(_ unit: UInt16) -> ScriptString {
    guard unit < 256 else { return ScriptString(heap: heap, utf16: [unit]) }
    if let made = unitStrings[Int(unit)] { return made }
    let made = ScriptString(heap: heap, latin1: [UInt8(truncatingIfNeeded: unit)])
    unitStrings[Int(unit)] = made
    return made
  }

  public func makeObject() -> ScriptObject { ScriptObject(heap: heap, shape: shapes.plainObject) }

  public func makeObject(prototype: ScriptObject?) -> ScriptObject { ScriptObject(realm: self, prototype: prototype) }

  public func makeArray(_ values: [Value] = []) -> ArrayObject { ArrayObject(realm: self, values) }
}

/// A global `let`, `const` or `class`: `.empty` until it is initialised.
final class GlobalBinding: HeapCell {
  /// Memory of its own, so that nodes can read it without touching the binding.
  let storage: UnsafeMutablePointer<Value>
  let isConstant: Bool
  let name: NameID

  init(heap: Heap, name: NameID, isConstant: Bool) {
    self.name = name
    self.isConstant = isConstant
    storage = .allocate(capacity: 1)
    storage.initialize(to: .empty)
    super.init(heap: heap)
  }

  deinit { storage.deallocate() }

  var value: Value {
    get { storage.pointee }
    set { storage.pointee = newValue }
  }

  override func visitChildren(_ marker: Marker) { marker.visit(value) }
}

/// Shapes that are made all the time.
struct CommonShapes {
  let plainObject: Shape
  /// { value, done }
  let iteratorResult: Shape
  /// A function of the script with `length` and `name`.
  let function: Shape

  init(_ intrinsics: Intrinsics) {
    plainObject = intrinsics.instanceShape(of: intrinsics.objectPrototype)
    function = intrinsics.instanceShape(of: intrinsics.functionPrototype)
      .adding(.length, flags: .configurable).adding(.name, flags: .configurable)
    iteratorResult = plainObject.adding(.known(.value), flags: .all).adding(.known(.done), flags: .all)
  }
}

/// A place in a script, for messages.
public struct ScriptPosition {
  public let source: SourceText
  public let offset: Int

  public init(source: SourceText, offset: Int) {
    self.source = source
    self.offset = offset
  }
}
