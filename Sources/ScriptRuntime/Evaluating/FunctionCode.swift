// The code behind function objects: lowered on the first call.

import ScriptSyntax

/// A function's (or script's) code, shared by all closures made from it.
final class FunctionCode {
  let node: FunctionNode?
  let source: SourceText?
  /// Where the function stands, for resolving its free names.
  let environment: StaticScope?
  let analysis: NameAnalysis?
  /// The name it has by its syntax or by where it stands.
  let name: PropertyKey?
  let isStrict: Bool
  private(set) var body: FunctionBody?
  let record: UnsafeMutablePointer<CodeRecord>
  /// For a class constructor made without source: the default one.
  let defaultConstructor: DefaultConstructor
  /// The text of a class, which its constructor's `toString` gives.
  let sourceRange: SourceRange?
  let nameText: String

  enum DefaultConstructor { case none, base, derived }

  init(
    node: FunctionNode?, source: SourceText?, environment: StaticScope?, analysis: NameAnalysis?, name: PropertyKey?,
    nameText: String, isStrict: Bool, defaultConstructor: DefaultConstructor = .none, sourceRange: SourceRange? = nil
  ) {
    self.node = node
    self.source = source
    self.environment = environment
    self.analysis = analysis
    self.name = name
    self.nameText = nameText
    self.isStrict = isStrict
    self.defaultConstructor = defaultConstructor
    self.sourceRange = sourceRange ?? node?.range
    isDerivedConstructor = defaultConstructor == .derived || node?.kind == .derivedConstructor
    isClassConstructor = defaultConstructor != .none || isDerivedConstructor || node?.kind == .constructor
    isAsync = node?.isAsync ?? false
    isGenerator = node?.isGenerator ?? false
    isArrow = node?.isArrow ?? false
    isConstructor = isClassConstructor || node.map { $0.kind == .normal && !$0.isArrow && !$0.isAsync && !$0.isGenerator } ?? false
    expectedArgumentCount = node?.expectedArgumentCount ?? 0
    record = .allocate(capacity: 1)
    record.initialize(to: CodeRecord(code: self))
  }

  deinit { record.deallocate() }

  /// Code that stands for "no function": the host's own calls.
  static func forGlobalCode() -> FunctionCode {
    FunctionCode(node: nil, source: nil, environment: nil, analysis: nil, name: nil, nameText: "", isStrict: false)
  }

  let isClassConstructor: Bool
  let isDerivedConstructor: Bool
  let isConstructor: Bool
  let isAsync: Bool
  let isGenerator: Bool
  let isArrow: Bool
  let expectedArgumentCount: Int

  /// For stack traces and messages.
  func displayName(_ realm: Realm) -> String { nameText }

  /// The executable form, made on the first call.
  func lowered(_ realm: Realm) -> FunctionBody {
    if let body { return body }
    let made: FunctionBody
    if let node, let source, let analysis {
      made = realm.heap.withLargeStack {
        Lowering.lower(function: node, code: self, source: source, environment: environment, analysis: analysis, realm: realm)
      }
    } else {
      made = FunctionBody(
        // All arguments are passed on, so none counts as one too many.
        slotCount: 0, parameterCount: .max, statements: DefaultConstructorBody(isDerived: defaultConstructor == .derived))
    }
    body = made
    record.pointee.fill(
      made, isPlain: !made.isCoroutine && !isClassConstructor,
      isBaseConstructor: isConstructor && !isDerivedConstructor && !made.isCoroutine)
    return made
  }
}

/// What runs when a function is called.
final class FunctionBody {
  let slotCount: Int
  let parameterCount: Int
  /// Whether a sloppy function needs its `this` as an object.
  var coercesThis = false
  /// Generators and async functions run on a stack of their own.
  var isCoroutine = false
  var isAsync = false
  var isGenerator = false
  var isDerivedConstructor = false
  /// How many variables the function's own scope has; -1 for none.
  var scopeSize = -1 { didSet { updateSetup() } }
  /// Whether a scope for the variables of direct evals stands around the function's own.
  var takesEvalVariables = false
  /// Makes the `arguments` object and stores it.
  var argumentsObject: ArgumentsSetup? { didSet { updateSetup() } }
  /// Where the rest array goes.
  var rest: (slot: Int, first: Int)? { didSet { updateSetup() } }
  private(set) var needsSetup = false
  /// Binds parameters, hoists functions.
  let prologue: NodeList
  let statements: ExecutableNode
  /// For an arrow function or field initializer of one expression: its value is the result.
  let resultExpression: ExecutableNode
  let hasResultExpression: Bool
  /// Reads `this` at the end of a derived constructor.
  var finalThis: ExecutableNode?

  struct ArgumentsSetup {
    let slot: Int
    let isMapped: Bool
    /// For mapped arguments: the scope index of each parameter, -1 where a later parameter has the same name.
    let parameterIndices: [Int]
  }

  init(
    slotCount: Int, parameterCount: Int, prologue: [ExecutableNode] = [], statements: ExecutableNode,
    resultExpression: ExecutableNode? = nil
  ) {
    self.slotCount = slotCount
    self.parameterCount = parameterCount
    self.prologue = NodeList(prologue)
    self.statements = statements
    self.resultExpression = resultExpression ?? EmptyNode()
    hasResultExpression = resultExpression != nil
  }

  private func updateSetup() { needsSetup = scopeSize >= 0 || argumentsObject != nil || rest != nil }

  @inline(__always)
  func run(_ frame: FramePointer) throws(Thrown) -> Value {
    try enter(frame)
    return try runBody(frame)
  }

  /// Makes the scope, `arguments` and rest, and binds parameters.
  @inline(__always)
  func enter(_ frame: FramePointer) throws(Thrown) {
    if needsSetup || frame.pointee.argumentCount > parameterCount {
      enterSlowly(frame)
    }
    if prologue.count > 0 { _ = try prologue.execute(frame) }
  }

  @inline(never)
  private func enterSlowly(_ frame: FramePointer) {
    let realm = frame.pointee.realm
    let slots = frame.pointee.slots
    let count = frame.pointee.argumentCount
    if takesEvalVariables {
      let scope = Scope(heap: realm.heap, parent: frame.pointee.scope, count: 0, filledWith: .empty)
      scope.holdsEvalVariables = true
      frame.pointee.scope = Ref(scope)
    }
    if scopeSize >= 0 {
      frame.pointee.scope = Ref(Scope(heap: realm.heap, parent: frame.pointee.scope, count: scopeSize, filledWith: .empty))
    }
    var argumentsValue = Value.undefined
    if let argumentsObject {
      argumentsValue = Value(realm.makeArguments(frame, argumentsObject))
    }
    var restValue = Value.undefined
    if let rest {
      let array = realm.makeArray()
      if count > rest.first {
        array.reserveElements(count - rest.first, realm)
        for index in rest.first..<count { array.append(slots[index], realm) }
      }
      restValue = Value(array)
    }
    // Arguments beyond the parameters lie where local variables begin.
    if count > parameterCount {
      for index in parameterCount..<count { slots[index] = .undefined }
    }
    if let argumentsObject { slots[argumentsObject.slot] = argumentsValue }
    if let rest { slots[rest.slot] = restValue }
  }

  @inline(__always)
  func runBody(_ frame: FramePointer) throws(Thrown) -> Value {
    if hasResultExpression { return try resultExpression.evaluate(frame) }
    let completion = try statements.execute(frame)
    if isDerivedConstructor { return try derivedResult(frame, completion) }
    return completion == .returning ? frame.pointee.result : .undefined
  }

  @inline(never)
  private func derivedResult(_ frame: FramePointer, _ completion: Completion) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    if completion == .returning {
      if frame.pointee.result.isObject { return frame.pointee.result }
      guard frame.pointee.result.isUndefined else {
        throw realm.typeError("Derived constructors may only return object or undefined")
      }
    }
    if let finalThis { return try finalThis.evaluate(frame) }
    return frame.pointee.this
  }
}

/// `constructor(...args) { super(...args); }`, or nothing at all in a base class.
final class DefaultConstructorBody: ExecutableNode {
  let isDerived: Bool

  init(isDerived: Bool) { self.isDerived = isDerived }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    guard isDerived, let function = frame.pointee.function, case .object(let newTarget) = frame.pointee.newTarget else {
      return .normal
    }
    let realm = frame.pointee.realm
    guard let parent = try function.cell.getPrototype(realm), parent.isConstructor else {
      throw realm.typeError("Super constructor is not a constructor")
    }
    let arguments = Arguments(base: frame.pointee.slots, count: frame.pointee.argumentCount)
    let result = try parent.construct(arguments: arguments, newTarget: newTarget.cell, realm)
    if case .object(let object) = result, let fields = function.cell.fields { try fields.initialize(object.cell, realm) }
    frame.pointee.result = result
    return .returning
  }
}

/// Field initializers of a class in order, and its private methods.
final class ClassFields {
  struct Field {
    let key: PropertyKey
    /// Called with the new object as `this`; nil where the value is always the same.
    let initializer: Ref<ScriptFunction>?
    /// The value without an initializer.
    let constant: Value
    let isPrivate: Bool
  }

  struct PrivateMethod {
    let key: PropertyKey
    let value: Value
    let flags: PropertyFlags
  }

  var fields: [Field] = []
  var privateMethods: [PrivateMethod] = []

  func visitChildren(_ marker: Marker) {
    for field in fields {
      marker.visit(field.initializer)
      marker.visit(field.constant)
    }
    for method in privateMethods { marker.visit(method.value) }
  }

  /// https://tc39.es/ecma262/#sec-initializeinstanceelements
  func initialize(_ object: ScriptObject, _ realm: Realm) throws(Thrown) {
    for method in privateMethods {
      guard object.shape.find(method.key) < 0 else {
        throw realm.typeError("Cannot initialize private methods of class twice on the same object")
      }
      object.appendSlot(method.key, method.value, flags: method.flags, realm)
    }
    for field in fields {
      var value = field.constant
      if let initializer = field.initializer {
        let base = realm.stackPointer
        defer { realm.stackPointer = base }
        value = try realm.callBack(initializer.cell, this: Value(object), base: base, count: 0)
      }
      try realm.defineField(object, field.key, value, isPrivate: field.isPrivate)
    }
  }
}

extension Realm {
  /// https://tc39.es/ecma262/#sec-definefield
  func defineField(_ object: ScriptObject, _ key: PropertyKey, _ value: Value, isPrivate: Bool) throws(Thrown) {
    if isPrivate {
      guard object.shape.find(key) < 0 else {
        throw typeError("Cannot initialize \(describe(key)) twice on the same object")
      }
      object.appendSlot(key, value, flags: .writable, self)
    } else {
      try createDataProperty(object, key, value)
    }
  }
}
