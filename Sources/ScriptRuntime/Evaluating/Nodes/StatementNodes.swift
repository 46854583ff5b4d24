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
  let alternate: ExecutableNode?

  init(test: ExecutableNode, consequent: ExecutableNode, alternate: ExecutableNode?) {
    self.test = test
    self.consequent = consequent
    self.alternate = alternate
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    if try test.evaluateBoolean(frame) { return try consequent.execute(frame) }
    return try alternate?.execute(frame) ?? .normal
  }
}

/// `if … else if … else if …`, flat.
final class IfLadderNode: ExecutableNode {
  let clauses: [(test: ExecutableNode, consequent: ExecutableNode)]
  let alternate: ExecutableNode?

  init(clauses: [(test: ExecutableNode, consequent: ExecutableNode)], alternate: ExecutableNode?) {
    self.clauses = clauses
    self.alternate = alternate
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    for clause in clauses where try clause.test.evaluateBoolean(frame) { return try clause.consequent.execute(frame) }
    return try alternate?.execute(frame) ?? .normal
  }
}

final class ReturnNode: ExecutableNode {
  let value: Operand?

  init(_ value: ExecutableNode?) { self.value = value.map(Operand.init) }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    frame.pointee.result = try value?.evaluate(frame) ?? .undefined
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
    let test: ExecutableNode?
    let body: NodeList
  }

  let discriminant: ExecutableNode
  let cases: [Case]
  let deadSlots: DeadSlots
  let scopeSize: Int
  /// Hoisted functions.
  let prologue: NodeList

  init(discriminant: ExecutableNode, cases: [Case], deadSlots: [Int], scopeSize: Int, prologue: [ExecutableNode]) {
    self.discriminant = discriminant
    self.cases = cases
    self.deadSlots = DeadSlots(deadSlots)
    self.scopeSize = scopeSize
    self.prologue = NodeList(prologue)
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    let value = try discriminant.evaluate(frame)
    let outer = frame.pointee.scope
    defer { frame.pointee.scope = outer }
    deadSlots.kill(frame)
    if scopeSize >= 0 {
      frame.pointee.scope = Ref(
        Scope(heap: frame.pointee.realm.heap, parent: outer, count: scopeSize, filledWith: .empty))
    }
    _ = try prologue.execute(frame)
    var start: Int?
    for (index, candidate) in cases.enumerated() {
      guard let test = candidate.test else { continue }
      if Value.strictlyEqual(value, try test.evaluate(frame)) {
        start = index
        break
      }
    }
    guard let first = start ?? cases.firstIndex(where: { $0.test == nil }) else { return .normal }
    for index in first..<cases.count {
      let completion = try cases[index].body.execute(frame)
      if completion == .breaking && frame.pointee.targetLabel == 0 { return .normal }
      if completion != .normal { return completion }
    }
    return .normal
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
