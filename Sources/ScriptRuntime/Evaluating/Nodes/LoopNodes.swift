// Loops. Every turn passes a safe point.

import ScriptSyntax

/// What loops share: their labels.
class LoopNode: ExecutableNode {
  final let labels: [Int32]

  init(labels: [Int32]) { self.labels = labels }

  /// Nil to go on with the next turn, else how the loop ends.
  @inline(__always)
  final func outcome(_ completion: Completion, _ frame: FramePointer) -> Completion? {
    completion == .normal ? nil : abruptOutcome(completion, frame)
  }

  @inline(never)
  private func abruptOutcome(_ completion: Completion, _ frame: FramePointer) -> Completion? {
    let label = frame.pointee.targetLabel
    let isMine = label == 0 || labels.contains(label)
    switch completion {
    case .breaking: return isMine ? .normal : .breaking
    case .continuing: return isMine ? nil : .continuing
    default: return completion
    }
  }
}

final class WhileNode: LoopNode {
  let test: ExecutableNode
  let body: ExecutableNode

  init(test: ExecutableNode, body: ExecutableNode, labels: [Int32]) {
    self.test = test
    self.body = body
    super.init(labels: labels)
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    while try test.evaluateBoolean(frame) {
      if let end = outcome(try body.execute(frame), frame) { return end }
      try frame.safePoint()
    }
    return .normal
  }
}

final class DoWhileNode: LoopNode {
  let test: ExecutableNode
  let body: ExecutableNode

  init(test: ExecutableNode, body: ExecutableNode, labels: [Int32]) {
    self.test = test
    self.body = body
    super.init(labels: labels)
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    repeat {
      if let end = outcome(try body.execute(frame), frame) { return end }
      try frame.safePoint()
    } while try test.evaluateBoolean(frame)
    return .normal
  }
}

/// `for (initializer; test; update) body`.
final class ForNode: LoopNode {
  let initializer: ExecutableNode
  let test: ExecutableNode
  let update: ExecutableNode
  let body: ExecutableNode
  let deadSlots: DeadSlots
  /// The scope of captured loop variables, -1 for none.
  let scopeSize: Int
  /// Whether each turn gets a copy of that scope (`let`, not `const`).
  let copiesScope: Bool

  init(
    initializer: ExecutableNode?, test: ExecutableNode?, update: ExecutableNode?, body: ExecutableNode, deadSlots: [Int],
    scopeSize: Int, copiesScope: Bool, labels: [Int32]
  ) {
    self.initializer = initializer ?? EmptyNode()
    self.test = test ?? ConstantNode(.boolean(true))
    self.update = update ?? EmptyNode()
    self.body = body
    self.deadSlots = DeadSlots(deadSlots)
    self.scopeSize = scopeSize
    self.copiesScope = copiesScope
    super.init(labels: labels)
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    deadSlots.kill(frame)
    guard scopeSize >= 0 else { return try loop(frame) }
    let outer = frame.pointee.scope
    frame.pointee.scope = Ref(
      Scope(heap: frame.pointee.realm.heap, parent: outer, count: scopeSize, filledWith: .empty))
    defer { frame.pointee.scope = outer }
    return try loop(frame)
  }

  @inline(__always)
  private func loop(_ frame: FramePointer) throws(Thrown) -> Completion {
    _ = try initializer.execute(frame)
    if copiesScope { copyScope(frame) }
    while true {
      if try !test.evaluateBoolean(frame) { return .normal }
      if let end = outcome(try body.execute(frame), frame) { return end }
      if copiesScope { copyScope(frame) }
      _ = try update.execute(frame)
      try frame.safePoint()
    }
  }

  private func copyScope(_ frame: FramePointer) {
    if let scope = frame.pointee.scope { frame.pointee.scope = Ref(scope.cell.copied(frame.pointee.realm.heap)) }
  }
}

/// What `for-in` and `for-of` share: a fresh scope each turn.
class ForEachNode: LoopNode {
  final let target: TargetNode
  final let body: ExecutableNode
  final let deadSlots: DeadSlots
  final let scopeSize: Int
  final let position: Int32

  init(target: TargetNode, body: ExecutableNode, deadSlots: [Int], scopeSize: Int, labels: [Int32], position: Int32) {
    self.target = target
    self.body = body
    self.deadSlots = DeadSlots(deadSlots)
    self.scopeSize = scopeSize
    self.position = position
    super.init(labels: labels)
  }

  /// Evaluates the expression after `in` or `of` with the loop's names in their dead zone.
  final func evaluateHead(_ head: ExecutableNode, _ frame: FramePointer) throws(Thrown) -> Value {
    deadSlots.kill(frame)
    guard scopeSize >= 0 else { return try head.evaluate(frame) }
    let outer = frame.pointee.scope
    frame.pointee.scope = Ref(
      Scope(heap: frame.pointee.realm.heap, parent: outer, count: scopeSize, filledWith: .empty))
    defer { frame.pointee.scope = outer }
    return try head.evaluate(frame)
  }

  /// One turn: nil to go on.
  @inline(__always)
  final func turn(_ value: Value, _ frame: FramePointer, _ outer: Ref<Scope>?) throws(Thrown) -> Completion? {
    let realm = frame.pointee.realm
    if scopeSize >= 0 {
      frame.pointee.scope = Ref(Scope(heap: realm.heap, parent: outer, count: scopeSize, filledWith: .empty))
    }
    try target.assign(value, frame)
    let completion = try body.execute(frame)
    try frame.safePoint()
    return outcome(completion, frame)
  }
}

final class ForInNode: ForEachNode {
  let initializer: ExecutableNode?
  let object: ExecutableNode

  init(
    initializer: ExecutableNode?, object: ExecutableNode, target: TargetNode, body: ExecutableNode, deadSlots: [Int],
    scopeSize: Int, labels: [Int32], position: Int32
  ) {
    self.initializer = initializer
    self.object = object
    super.init(target: target, body: body, deadSlots: deadSlots, scopeSize: scopeSize, labels: labels, position: position)
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    let realm = frame.pointee.realm
    if let initializer { _ = try initializer.evaluate(frame) }
    let value = try evaluateHead(object, frame)
    if value.isNullish { return .normal }
    frame.pointee.position = position
    let enumerator = PropertyEnumerator(try realm.toObject(value), realm)
    let outer = frame.pointee.scope
    defer { frame.pointee.scope = outer }
    while let key = try enumerator.next(realm) {
      if let end = try turn(realm.value(of: key), frame, outer) { return end }
    }
    return .normal
  }
}

/// https://tc39.es/ecma262/#sec-enumerate-object-properties
final class PropertyEnumerator: HeapCell {
  private var object: Ref<ScriptObject>?
  private var keys: [PropertyKey] = []
  private var position = 0
  private var visited: Set<PropertyKey> = []

  init(_ object: ScriptObject, _ realm: Realm) {
    self.object = Ref(object)
    super.init(heap: realm.heap)
    position = -1
  }

  override func visitChildren(_ marker: Marker) { marker.visit(object) }

  func next(_ realm: Realm) throws(Thrown) -> PropertyKey? {
    while let current = object?.cell {
      if position < 0 {
        keys = try current.ownKeys(realm).filter { !$0.isSymbol }
        position = 0
      }
      while position < keys.count {
        let key = keys[position]
        position += 1
        if visited.contains(key) { continue }
        guard let descriptor = try current.getOwnProperty(key, realm) else { continue }
        visited.insert(key)
        if descriptor.isEnumerable == true { return key }
      }
      object = try current.getPrototype(realm).map(Ref.init)
      position = -1
    }
    return nil
  }
}

final class ForOfNode: ForEachNode {
  let iterable: ExecutableNode

  init(
    iterable: ExecutableNode, target: TargetNode, body: ExecutableNode, deadSlots: [Int], scopeSize: Int, labels: [Int32],
    position: Int32
  ) {
    self.iterable = iterable
    super.init(target: target, body: body, deadSlots: deadSlots, scopeSize: scopeSize, labels: labels, position: position)
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    let realm = frame.pointee.realm
    let value = try evaluateHead(iterable, frame)
    frame.pointee.position = position
    var iterator = try realm.iterator(of: value)
    let outer = frame.pointee.scope
    defer { frame.pointee.scope = outer }
    while let element = try iterator.next(realm) {
      let end: Completion?
      do throws(Thrown) {
        end = try turn(element, frame, outer)
      } catch {
        try iterator.closeAfterThrow(error, realm)
        throw error
      }
      if let end {
        let result = frame.pointee.result, label = frame.pointee.targetLabel
        try iterator.close(realm)
        frame.pointee.result = result
        frame.pointee.targetLabel = label
        return end
      }
    }
    return .normal
  }
}
