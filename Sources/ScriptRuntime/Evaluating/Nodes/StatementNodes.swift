// Statements. Each says how it ended; the value of a `return` waits in the frame.

import ScriptSyntax

/// A list of statements without variables of its own.
final class SequenceStatement: ExecutableNode {
  let statements: NodeList

  init(_ statements: [ExecutableNode]) { self.statements = NodeList(statements) }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion { try statements.execute(frame) }
}

/// A block with variables: puts locals into their dead zone, makes a scope for captured ones.
final class BlockNode: ExecutableNode {
  let statements: NodeList
  /// Slots of variables that could be read before their declaration.
  let deadSlots: DeadSlots
  /// -1 for none.
  let scopeSize: Int

  init(statements: [ExecutableNode], deadSlots: [Int], scopeSize: Int) {
    self.statements = NodeList(statements)
    self.deadSlots = DeadSlots(deadSlots)
    self.scopeSize = scopeSize
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    deadSlots.kill(frame)
    guard scopeSize >= 0 else { return try statements.execute(frame) }
    let outer = frame.pointee.scope
    let realm = frame.pointee.realm
    frame.pointee.scope = Ref(Scope(heap: realm.heap, parent: outer, count: scopeSize, filledWith: .empty))
    defer { frame.pointee.scope = outer }
    return try statements.execute(frame)
  }
}

/// Keeps an expression's value as the completion value of a script or eval.
final class CompletionValueNode: ExecutableNode {
  let expression: ExecutableNode

  init(_ expression: ExecutableNode) { self.expression = expression }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    frame.pointee.result = try expression.evaluate(frame)
    return .normal
  }
}

/// Resets the completion value where a statement's own would be undefined.
final class CompletionResetNode: ExecutableNode {
  let statement: ExecutableNode

  init(_ statement: ExecutableNode) { self.statement = statement }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    frame.pointee.result = .undefined
    return try statement.execute(frame)
  }
}

final class EmptyNode: ExecutableNode {
  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion { .normal }
}

final class IfNode: ExecutableNode {
  let test: ExecutableNode
  let consequent: ExecutableNode
  let alternate: ExecutableNode

  init(test: ExecutableNode, consequent: ExecutableNode, alternate: ExecutableNode?) {
    self.test = test
    self.consequent = consequent
    self.alternate = alternate ?? EmptyNode()
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    if try test.evaluateBoolean(frame) { return try consequent.execute(frame) }
    return try alternate.execute(frame)
  }
}

/// `if … else if … else if …`, flat.
final class IfLadderNode: ExecutableNode {
  private let tests: NodeList
  private let consequents: NodeList
  private let alternate: ExecutableNode

  init(clauses: [(test: ExecutableNode, consequent: ExecutableNode)], alternate: ExecutableNode?) {
    tests = NodeList(clauses.map(\.test))
    consequents = NodeList(clauses.map(\.consequent))
    self.alternate = alternate ?? EmptyNode()
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    var index = 0
    while index < tests.count {
      if try tests.evaluateBoolean(index, frame) { return try consequents.execute(index, frame) }
      index &+= 1
    }
    return try alternate.execute(frame)
  }
}

final class ReturnNode: ExecutableNode {
  let value: Operand

  init(_ value: ExecutableNode?) { self.value = Operand(value ?? ConstantNode(.undefined)) }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    frame.pointee.result = try value.evaluate(frame)
    return .returning
  }
}

final class ThrowNode: ExecutableNode {
  let value: ExecutableNode
  let position: Int32

  init(_ value: ExecutableNode, position: Int32) {
    self.value = value
    self.position = position
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    let exception = try value.evaluate(frame)
    frame.pointee.position = position
    if exception.asObject?.kind != .error { frame.pointee.realm.lastThrowStack = frame.pointee.realm.captureStack() }
    throw Thrown(exception)
  }
}

/// `break` and `continue`, with or without a label.
final class JumpNode: ExecutableNode {
  let completion: Completion
  let label: Int32

  init(_ completion: Completion, label: Int32) {
    self.completion = completion
    self.label = label
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    frame.pointee.targetLabel = label
    return completion
  }
}

/// A labelled statement that is no loop: a `break` with its label ends it.
final class LabelledNode: ExecutableNode {
  let label: Int32
  let body: ExecutableNode

  init(label: Int32, body: ExecutableNode) {
    self.label = label
    self.body = body
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    let completion = try body.execute(frame)
    return completion == .breaking && frame.pointee.targetLabel == label ? .normal : completion
  }
}

final class TryNode: ExecutableNode {
  let block: ExecutableNode
  /// Binds the exception.
  let parameter: TargetNode?
  let handler: ExecutableNode?
  /// The parameter's own scope, -1 for none.
  let handlerScopeSize: Int
  let finalizer: ExecutableNode?

  init(
    block: ExecutableNode, parameter: TargetNode?, handler: ExecutableNode?, handlerScopeSize: Int, finalizer: ExecutableNode?
  ) {
    self.block = block
    self.parameter = parameter
    self.handler = handler
    self.handlerScopeSize = handlerScopeSize
    self.finalizer = finalizer
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    guard let finalizer else { return try executeHandled(frame) }
    let realm = frame.pointee.realm
    let scope = frame.pointee.scope
    let stackPointer = realm.stackPointer
    let completion: Completion
    do throws(Thrown) {
      completion = try executeHandled(frame)
    } catch {
      if error.isTermination { throw error }
      frame.pointee.scope = scope
      realm.stackPointer = stackPointer
      realm.currentFrame = frame
      frame.pointee.result = .undefined
      let ended = try finalizer.execute(frame)
      // An abrupt end of the finally block replaces the exception.
      if ended != .normal { return ended }
      throw error
    }
    let result = frame.pointee.result
    let label = frame.pointee.targetLabel
    frame.pointee.result = .undefined
    let ended = try finalizer.execute(frame)
    if ended != .normal { return ended }
    frame.pointee.result = result
    frame.pointee.targetLabel = label
    return completion
  }

  private func executeHandled(_ frame: FramePointer) throws(Thrown) -> Completion {
    guard let handler else { return try block.execute(frame) }
    let realm = frame.pointee.realm
    let scope = frame.pointee.scope
    let stackPointer = realm.stackPointer
    do throws(Thrown) {
      return try block.execute(frame)
    } catch {
      // Terminations and the return of a generator pass through.
      if error.isTermination || error.isGeneratorReturn { throw error }
      if error.value.asObject?.kind != .error { realm.lastThrowStack = [] }
      frame.pointee.scope = scope
      realm.stackPointer = stackPointer
      realm.currentFrame = frame
      if handlerScopeSize >= 0 {
        frame.pointee.scope = Ref(Scope(heap: realm.heap, parent: scope, count: handlerScopeSize, filledWith: .empty))
      }
      defer { frame.pointee.scope = scope }
      if let parameter { try parameter.assign(error.value, frame) }
      return try handler.execute(frame)
    }
  }
}

extension Thrown {
  /// Whether this is no exception but a generator being made to return.
  var isGeneratorReturn: Bool {
    if case .internal = value { true } else { false }
  }
}

final class SwitchNode: ExecutableNode {
  struct Case {
    /// Nil for `default`.
    let test: ExecutableNode?
    let body: [ExecutableNode]
  }

  let discriminant: Operand
  let deadSlots: DeadSlots
  let scopeSize: Int
  /// Hoisted functions.
  let prologue: NodeList
  /// The tests in order, without `default`.
  private let tests: OperandList
  /// Where the statements behind each test begin.
  private let starts: [Int]
  /// Where those of `default` begin; the end where there is none.
  private let defaultStart: Int
  /// The statements of all cases, one behind the other: each falls through to the next.
  private let statements: NodeList

  init(discriminant: ExecutableNode, cases: [Case], deadSlots: [Int], scopeSize: Int, prologue: [ExecutableNode]) {
    self.discriminant = Operand(discriminant)
    self.deadSlots = DeadSlots(deadSlots)
    self.scopeSize = scopeSize
    self.prologue = NodeList(prologue)
    var tests: ContiguousArray<Operand> = []
    var starts: [Int] = []
    var statements: [ExecutableNode] = []
    var defaultStart: Int?
    for item in cases {
      if let test = item.test {
        tests.append(Operand(test))
        starts.append(statements.count)
      } else {
        defaultStart = statements.count
      }
      statements += item.body
    }
    self.tests = OperandList(tests)
    self.starts = starts
    self.statements = NodeList(statements)
    self.defaultStart = defaultStart ?? statements.count
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    let value = try discriminant.evaluate(frame)
    let outer = frame.pointee.scope
    defer { frame.pointee.scope = outer }
    deadSlots.kill(frame)
    if scopeSize >= 0 { enterScope(frame) }
    _ = try prologue.execute(frame)
    let completion = try statements.execute(from: start(value, frame), frame)
    return completion == .breaking && frame.pointee.targetLabel == 0 ? .normal : completion
  }

  /// Where the first case begins that has this value.
  @inline(__always)
  private func start(_ value: Value, _ frame: FramePointer) throws(Thrown) -> Int {
    var index = 0
    while index < tests.count {
      let candidate = try tests.evaluate(index, frame)
      if case .number(let x) = value, case .number(let y) = candidate {
        if x == y { return starts[index] }
      } else if Value.strictlyEqual(value, candidate) {
        return starts[index]
      }
      index &+= 1
    }
    return defaultStart
  }

  @inline(never)
  private func enterScope(_ frame: FramePointer) {
    frame.pointee.scope = Ref(
      Scope(heap: frame.pointee.realm.heap, parent: frame.pointee.scope, count: scopeSize, filledWith: .empty))
  }
}

/// `with (object) body`: names are looked up on the object first.
final class WithNode: ExecutableNode {
  let object: ExecutableNode
  let body: ExecutableNode
  let position: Int32

  init(object: ExecutableNode, body: ExecutableNode, position: Int32) {
    self.object = object
    self.body = body
    self.position = position
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    let realm = frame.pointee.realm
    let value = try object.evaluate(frame)
    frame.pointee.position = position
    let target = try realm.toObject(value)
    let outer = frame.pointee.scope
    let scope = Scope(heap: realm.heap, parent: outer, count: 0, filledWith: .empty)
    scope.withObject = Value(target)
    frame.pointee.scope = Ref(scope)
    defer { frame.pointee.scope = outer }
    return try body.execute(frame)
  }
}
