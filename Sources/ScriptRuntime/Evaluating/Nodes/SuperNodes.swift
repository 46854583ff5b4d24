// Members of the parent class, by way of the function's home object.

import ScriptSyntax

/// `super.name`, `super[key]`: looked up from the home object's prototype, with this function's `this`.
final class SuperRead: ExecutableNode {
  let this: ExecutableNode
  let function: ExecutableNode
  let key: ExecutableNode
  let position: Int32

  init(this: ExecutableNode, function: ExecutableNode, key: ExecutableNode, position: Int32) {
    self.this = this
    self.function = function
    self.key = key
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let receiver = try this.evaluate(frame)
    let name = try key.evaluate(frame)
    return try read(receiver, name, frame)
  }

  func read(_ receiver: Value, _ name: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    frame.pointee.position = position
    let base = try superBase(frame)
    return try read(base, try realm.toPropertyKey(name), receiver, realm)
  }

  func read(_ base: ScriptObject?, _ key: PropertyKey, _ receiver: Value, _ realm: Realm) throws(Thrown) -> Value {
    guard let base else { throw realm.typeError("Cannot read properties of null (reading '\(realm.describe(key))')") }
    return try base.get(key, receiver: receiver, realm)
  }

  func superBase(_ frame: FramePointer) throws(Thrown) -> ScriptObject? {
    guard case .object(let reference) = try function.evaluate(frame), reference.cell.kind == .scriptFunction,
      let home = unsafeDowncast(reference.cell, to: ScriptFunction.self).homeObject
    else { return nil }
    return try home.cell.getPrototype(frame.pointee.realm)
  }
}

/// `super.name = value` and its compound forms.
final class SuperWrite: ExecutableNode {
  let read: SuperRead
  let operation: CompoundOperation?
  let value: ExecutableNode
  let isStrict: Bool
  /// For `++` and `--`: whether the old value is the result.
  let yieldsOld: Bool

  init(read: SuperRead, operation: CompoundOperation?, value: ExecutableNode, isStrict: Bool, yieldsOld: Bool = false) {
    self.read = read
    self.operation = operation
    self.value = value
    self.isStrict = isStrict
    self.yieldsOld = yieldsOld
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    let receiver = try read.this.evaluate(frame)
    let rawName = try read.key.evaluate(frame)
    var result: Value
    var old = Value.undefined
    if let operation {
      frame.pointee.position = read.position
      let base = try read.superBase(frame)
      let key = try realm.toPropertyKey(rawName)
      old = try read.read(base, key, receiver, realm)
      if operation.stops(at: old) { return old }
      if yieldsOld { old = try realm.toNumeric(old) }
      result = try operation.apply(old, try value.evaluate(frame), realm)
      try store(base, key, receiver, result, realm)
    } else {
      result = try value.evaluate(frame)
      try store(receiver, rawName, result, frame)
    }
    return yieldsOld ? old : result
  }

  func store(_ receiver: Value, _ name: Value, _ result: Value, _ frame: FramePointer) throws(Thrown) {
    let realm = frame.pointee.realm
    frame.pointee.position = read.position
    let base = try read.superBase(frame)
    try store(base, try realm.toPropertyKey(name), receiver, result, realm)
  }

  private func store(
    _ base: ScriptObject?, _ key: PropertyKey, _ receiver: Value, _ result: Value, _ realm: Realm
  ) throws(Thrown) {
    guard let base else { throw realm.typeError("Cannot set properties of null (setting '\(realm.describe(key))')") }
    guard try base.set(key, result, receiver: receiver, realm) || !isStrict else { throw realm.readOnly(key, base) }
  }
}
