// Properties: by name with an inline cache, by computed key with quick paths for arrays, typed arrays and strings.

import ScriptSyntax

/// `object.name`.
final class MemberRead: ExecutableNode {
  let object: Operand
  let key: PropertyKey
  let position: Int32
  /// How the object is written in the source, for messages.
  let objectText: String
  private var cache = ReadCache()
  // Earlier findings, for places that see objects of several shapes.
  private var others: (ReadCache, ReadCache, ReadCache) = (ReadCache(), ReadCache(), ReadCache())
  // Keep the shapes' addresses from being used again.
  private var cachedShapes: (Shape?, Shape?, Shape?, Shape?)

  init(object: ExecutableNode, key: PropertyKey, position: Int32, objectText: String) {
    self.object = Operand(object)
    self.key = key
    self.position = position
    self.objectText = objectText
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    try read(from: try object.evaluate(frame), frame)
  }

  /// The property of a value; calls of methods use it too.
  @inline(__always)
  func read(from value: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    if case .object(let reference) = value, let found = cache.read(reference, frame) { return found }
    return try readFromOthers(value, frame)
  }

  @inline(never)
  private func readFromOthers(_ value: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    if case .object(let reference) = value {
      if let found = others.0.read(reference, frame) ?? others.1.read(reference, frame) ?? others.2.read(reference, frame) {
        return found
      }
    }
    return try readSlowly(value, frame)
  }

  private func remember(_ object: ScriptObject, slot: Int, holder: ScriptObject?, epoch: Int) {
    others = (cache, others.0, others.1)
    cachedShapes = (object.shape, cachedShapes.0, cachedShapes.1, cachedShapes.2)
    cache = ReadCache()
    cache.remember(object, slot: slot, holder: holder, epoch: epoch)
  }

  @inline(never)
  private func readSlowly(_ value: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    frame.pointee.position = position
    guard case .object(let reference) = value else {
      if value.isNullish {
        throw realm.typeError(
          "Cannot read properties of \(realm.describeForMessage(value)) (reading '\(realm.describe(key))')"
            + (objectText.isEmpty ? "" : ": \(objectText) is \(realm.describeForMessage(value))"))
      }
      return try realm.get(value, key)
    }
    let object = reference.cell
    if object.isExotic { return try object.get(key, receiver: value, realm) }
    var candidate: ScriptObject? = object
    while let current = candidate, !current.isExotic {
      let slot = current.shape.find(key)
      if slot >= 0 {
        if !current.shape.flags(at: slot).contains(.accessor), !object.shape.isUnique, let slots = current.slots {
          remember(object, slot: slot, holder: current === object ? nil : current, epoch: realm.prototypeEpoch)
          return slots[slot]
        }
        break
      }
      candidate = current.shape.prototype
    }
    return try object.get(key, receiver: value, realm)
  }
}

/// Where a property was found for objects of one shape.
struct ReadCache {
  private var shapeAddress: UnsafeRawPointer?
  private var slot = 0
  private var epoch = 0
  // The prototype that has the property, when it is not the object itself. Valid while the epoch is the realm's: then it still is
  // in the chain of every object of the remembered shape, and so alive.
  private var holder: Ref<ScriptObject>?

  @inline(__always)
  func read(_ reference: Ref<ScriptObject>, _ frame: FramePointer) -> Value? {
    guard reference.with({ PropertyCache.address($0) }) == shapeAddress else { return nil }
    if let holder {
      guard epoch == frame.pointee.state.pointee.prototypeEpoch, let slots = holder.with({ $0.slots }) else { return nil }
      return slots[slot]
    }
    guard let slots = reference.with({ $0.slots }) else { return nil }
    return slots[slot]
  }

  mutating func remember(_ object: ScriptObject, slot: Int, holder: ScriptObject?, epoch: Int) {
    shapeAddress = PropertyCache.address(object)
    self.slot = slot
    self.epoch = epoch
    self.holder = holder.map(Ref.init)
  }
}

/// `object.length`, quick for arrays, strings and typed arrays.
final class LengthRead: ExecutableNode {
  let object: Operand
  let general: MemberRead

  init(object: ExecutableNode, general: MemberRead) {
    self.object = Operand(object)
    self.general = general
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let value = try object.evaluate(frame)
    switch value {
    case .object(let reference):
      if reference.with({ $0.kind == .array }) {
        return Value(reference.with { unsafeDowncast($0, to: ArrayObject.self).arrayLength })
      }
    case .string(let reference):
      return Value(reference.with { $0.length })
    default: break
    }
    return try general.read(from: value, frame)
  }
}

/// `object[key]`.
final class ElementRead: ExecutableNode {
  let object: Operand
  let key: Operand
  let position: Int32
  let objectText: String

  init(object: ExecutableNode, key: ExecutableNode, position: Int32, objectText: String) {
    self.object = Operand(object)
    self.key = Operand(key)
    self.position = position
    self.objectText = objectText
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    return try read(base, try key.evaluate(frame), frame)
  }

  @inline(__always)
  func read(_ base: Value, _ index: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    if case .object(let reference) = base, case .number(let number) = index, number >= 0, number < 2_147_483_647 {
      let position = Int(number)
      if Double(position) == number {
        let element = reference.with { object -> Value in
          if object.kind == .typedArray { return unsafeDowncast(object, to: TypedArrayObject.self).element(position) }
          return object.denseElement(position)
        }
        if !element.isEmpty { return element }
      }
    }
    return try readSlowly(base, index, frame)
  }

  @inline(never)
  private func readSlowly(_ base: Value, _ index: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    frame.pointee.position = position
    if case .object(let object) = base, case .string(let name) = index, name.with({ $0.cachedKey != UInt32.max }) {
      // An own, plain property under a key that has been interned.
      let key = PropertyKey(raw: name.with { $0.cachedKey })
      let value = object.with { object -> Value in
        guard !object.isExotic, !key.isIndex else { return .empty }
        let slot = object.shape.find(key)
        guard slot >= 0, let slots = object.slots, !object.shape.flags(at: slot).contains(.accessor) else { return .empty }
        return slots[slot]
      }
      if !value.isEmpty { return value }
    }
    if case .string(let string) = base, case .number(let number) = index, number >= 0, number < Double(string.cell.length) {
      let position = Int(number)
      if Double(position) == number { return Value(realm.unitString(string.cell.unit(at: position))) }
    }
    if base.isNullish {
      let text = index.isObject ? "" : " (reading '\(index.asString?.text ?? realm.describeForMessage(index))')"
      throw realm.typeError(
        "Cannot read properties of \(realm.describeForMessage(base))\(text)"
          + (objectText.isEmpty ? "" : ": \(objectText) is \(realm.describeForMessage(base))"))
    }
    return try realm.get(base, realm.toPropertyKey(index))
  }
}

/// `object.name = value`.
final class MemberWrite: ExecutableNode {
  let object: Operand
  let key: PropertyKey
  let value: Operand
  let isStrict: Bool
  let position: Int32
  private var cache = PropertyCache()
  private var cachedShape: Shape?
  // When set, storing means moving to this shape: the property is new. Held by `nextShapeOwner`.
  private var nextShape: Unmanaged<Shape>?
  private var nextShapeOwner: Shape?

  init(object: ExecutableNode, key: PropertyKey, value: ExecutableNode, isStrict: Bool, position: Int32) {
    self.object = Operand(object)
    self.key = key
    self.value = Operand(value)
    self.isStrict = isStrict
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    let result = try value.evaluate(frame)
    try store(base, result, frame)
    return result
  }

  @inline(__always)
  func store(_ base: Value, _ result: Value, _ frame: FramePointer) throws(Thrown) {
    if case .object(let reference) = base,
      reference.with({ object -> Bool in
        guard cache.matches(object) else { return false }
        if let nextShape {
          guard cache.epoch == frame.pointee.state.pointee.prototypeEpoch, object.isExtensibleFlag, !object.isPrototype else {
            return false
          }
          object.transition(to: nextShape._withUnsafeGuaranteedRef { $0 }, value: result, frame.pointee.realm)
          return true
        }
        guard let slots = object.slots else { return false }
        slots[cache.slot] = result
        return true
      })
    {
      return
    }
    try storeSlowly(base, result, frame)
  }

  @inline(never)
  private func storeSlowly(_ base: Value, _ result: Value, _ frame: FramePointer) throws(Thrown) {
    let realm = frame.pointee.realm
    frame.pointee.position = position
    guard case .object(let reference) = base else {
      try realm.setOnPrimitive(base, key, result, isStrict: isStrict)
      return
    }
    let object = reference.cell
    if !object.isExotic, !object.shape.isUnique {
      let slot = object.shape.find(key)
      if slot >= 0 {
        let flags = object.shape.flags(at: slot)
        if flags.contains(.writable), !flags.contains(.accessor) {
          cachedShape = cache.remember(object, slot: slot)
          nextShape = nil
          object.slots?[slot] = result
          return
        }
      } else if object.isExtensibleFlag, !object.isPrototype, realm.isAbsentFromPrototypes(of: object, key) {
        let before = object.shape
        cachedShape = cache.remember(object, slot: before.count)
        object.appendSlot(key, result, realm)
        nextShapeOwner = object.shape.isUnique ? nil : object.shape
        nextShape = nextShapeOwner.map { .passUnretained($0) }
        if nextShape == nil { cache = PropertyCache() }
        cache.epoch = realm.prototypeEpoch
        return
      }
    }
    guard try object.set(key, result, receiver: base, realm) || !isStrict else {
      throw realm.readOnly(key, object)
    }
  }
}

extension Realm {
  /// Whether no ordinary prototype has the key, so that an assignment creates an own property.
  func isAbsentFromPrototypes(of object: ScriptObject, _ key: PropertyKey) -> Bool {
    var next = object.shape.prototype
    while let current = next {
      if current.isExotic && current.kind != .array || current.shape.find(key) >= 0 { return false }
      if current.kind == .array && key == .length { return false }
      next = current.shape.prototype
    }
    return true
  }

  @inline(never)
  func readOnly(_ key: PropertyKey, _ object: ScriptObject) -> Thrown {
    let (value, flags) = object.ordinaryOwnSlot(key)
    if value.isEmpty, !object.isExtensibleFlag {
      return typeError("Cannot add property \(describe(key)), object is not extensible")
    }
    if flags.contains(.accessor) {
      return typeError("Cannot set property \(describe(key)) of \(describeForMessage(Value(object))) which has only a getter")
    }
    return typeError("Cannot assign to read only property '\(describe(key))' of \(describeForMessage(Value(object)))")
  }

  func setOnPrimitive(_ base: Value, _ key: PropertyKey, _ value: Value, isStrict: Bool) throws(Thrown) {
    guard let prototype = prototype(ofPrimitive: base) else {
      throw typeError("Cannot set properties of \(describeForMessage(base)) (setting '\(describe(key))')")
    }
    if case .string(let string) = base, key == .length || key.isIndex && key.index < string.cell.length {
      if isStrict { throw typeError("Cannot assign to read only property '\(describe(key))' of string") }
      return
    }
    guard try prototype.set(key, value, receiver: base, self) || !isStrict else {
      throw typeError("Cannot create property '\(describe(key))' on \(typeName(of: base).text) \(describeForMessage(base))")
    }
  }

  /// `base[index] = value` in general.
  @inline(never)
  func setElement(_ base: Value, _ index: Value, _ value: Value, isStrict: Bool) throws(Thrown) {
    guard case .object(let reference) = base else {
      if base.isNullish {
        let name = index.isObject ? "" : " (setting '\(index.asString?.text ?? describeForMessage(index))')"
        throw typeError("Cannot set properties of \(describeForMessage(base))\(name)")
      }
      try setOnPrimitive(base, toPropertyKey(index), value, isStrict: isStrict)
      return
    }
    let key = try toPropertyKey(index)
    guard try reference.cell.set(key, value, receiver: base, self) || !isStrict else { throw readOnly(key, reference.cell) }
  }

  /// The quick ways of `base[index] = value`: existing elements, appending, typed arrays; false where none applies.
  @inline(__always)
  func setElementQuickly(_ base: Value, _ index: Value, _ value: Value) -> Bool {
    guard case .object(let reference) = base, case .number(let number) = index, number >= 0, number < 2_147_483_647 else {
      return false
    }
    let position = Int(number)
    guard Double(position) == number else { return false }
    return reference.with { object in
      if object.kind == .array {
        if position < Int(object.elementCount), let elements = object.elements, !elements[position].isEmpty {
          elements[position] = value
          return true
        }
        let array = unsafeDowncast(object, to: ArrayObject.self)
        if position == array.arrayLength, array.canAppend, !arrayPrototypesHaveElements {
          array.append(value, self)
          return true
        }
        return fillHole(array, position, value)
      }
      if object.kind == .typedArray, case .number(let number) = value {
        return unsafeDowncast(object, to: TypedArrayObject.self).setElement(position, number)
      }
      return false
    }
  }

  /// A hole in the dense part of an array, which nothing on the prototypes can intercept.
  @inline(never)
  private func fillHole(_ array: ArrayObject, _ position: Int, _ value: Value) -> Bool {
    guard position < Int(array.elementCount), array.isExtensibleFlag, !arrayPrototypesHaveElements,
      array.shape.prototype === intrinsics.arrayPrototype, let elements = array.elements
    else { return false }
    elements[position] = value
    return true
  }
}

/// `object[key] = value`.
final class ElementWrite: ExecutableNode {
  let object: Operand
  let key: Operand
  let value: Operand
  let isStrict: Bool
  let position: Int32

  init(object: ExecutableNode, key: ExecutableNode, value: ExecutableNode, isStrict: Bool, position: Int32) {
    self.object = Operand(object)
    self.key = Operand(key)
    self.value = Operand(value)
    self.isStrict = isStrict
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    let index = try key.evaluate(frame)
    let result = try value.evaluate(frame)
    let realm = frame.pointee.realm
    if realm.setElementQuickly(base, index, result) { return result }
    frame.pointee.position = position
    try realm.setElement(base, index, result, isStrict: isStrict)
    return result
  }
}

/// What `op` computes in `target op= value`.
enum CompoundOperation {
  case arithmetic(ArithmeticOperator)
  case logical(LogicalOperator)

  @inline(__always)
  func apply(_ old: Value, _ operand: Value, _ realm: Realm) throws(Thrown) -> Value {
    guard case .arithmetic(let operation) = self else { return operand }
    if case .number(let x) = old, case .number(let y) = operand { return .number(operation.apply(x, y)) }
    return operation == .add ? try realm.add(old, operand) : try realm.arithmetic(operation, old, operand)
  }

  /// Whether a logical assignment stops at the old value.
  func stops(at old: Value) -> Bool {
    guard case .logical(let operation) = self else { return false }
    switch operation {
    case .and: return !old.isTruthy
    case .or: return old.isTruthy
    case .coalesce: return !old.isNullish
    }
  }
}

/// `object.name op= value`, and with `value` nil `object.name++`.
final class MemberCompound: ExecutableNode {
  let object: Operand
  let read: MemberRead
  let write: MemberWrite
  let operation: CompoundOperation
  let value: Operand

  init(object: ExecutableNode, read: MemberRead, write: MemberWrite, operation: CompoundOperation, value: ExecutableNode) {
    self.object = Operand(object)
    self.read = read
    self.write = write
    self.operation = operation
    self.value = Operand(value)
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    let old = try read.read(from: base, frame)
    if operation.stops(at: old) { return old }
    let operand = try value.evaluate(frame)
    if case .number(let x) = old, case .number(let y) = operand, case .arithmetic(let arithmetic) = operation {
      let result = Value.number(arithmetic.apply(x, y))
      try write.store(base, result, frame)
      return result
    }
    frame.pointee.position = read.position
    let result = try operation.apply(old, operand, frame.pointee.realm)
    try write.store(base, result, frame)
    return result
  }
}

/// `object[key] op= value`.
final class ElementCompound: ExecutableNode {
  let read: ElementRead
  let operation: CompoundOperation
  let value: Operand
  let isStrict: Bool

  init(read: ElementRead, operation: CompoundOperation, value: ExecutableNode, isStrict: Bool) {
    self.read = read
    self.operation = operation
    self.value = Operand(value)
    self.isStrict = isStrict
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try read.object.evaluate(frame)
    let realm = frame.pointee.realm
    let index = try realm.keyValue(base, try read.key.evaluate(frame), read, frame)
    let old = try read.read(base, index, frame)
    if operation.stops(at: old) { return old }
    let operand = try value.evaluate(frame)
    frame.pointee.position = read.position
    let result = try operation.apply(old, operand, realm)
    if !realm.setElementQuickly(base, index, result) { try realm.setElement(base, index, result, isStrict: isStrict) }
    return result
  }
}

extension Realm {
  /// A computed key that is used twice is converted once.
  @inline(__always)
  func keyValue(_ base: Value, _ index: Value, _ node: ElementRead, _ frame: FramePointer) throws(Thrown) -> Value {
    guard index.isObject else { return index }
    if base.isNullish { return index }
    frame.pointee.position = node.position
    return value(of: try toPropertyKey(index))
  }
}

/// `object.name++` and the like.
final class MemberUpdate: ExecutableNode {
  let object: Operand
  let read: MemberRead
  let write: MemberWrite
  let step: Double
  let isPrefix: Bool

  init(object: ExecutableNode, read: MemberRead, write: MemberWrite, step: Double, isPrefix: Bool) {
    self.object = Operand(object)
    self.read = read
    self.write = write
    self.step = step
    self.isPrefix = isPrefix
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    let realm = frame.pointee.realm
    let old = try realm.toNumeric(try read.read(from: base, frame))
    let new = try realm.increment(old, by: step)
    try write.store(base, new, frame)
    return isPrefix ? new : old
  }
}

/// `object[key]++` and the like.
final class ElementUpdate: ExecutableNode {
  let read: ElementRead
  let step: Double
  let isPrefix: Bool
  let isStrict: Bool

  init(read: ElementRead, step: Double, isPrefix: Bool, isStrict: Bool) {
    self.read = read
    self.step = step
    self.isPrefix = isPrefix
    self.isStrict = isStrict
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try read.object.evaluate(frame)
    let realm = frame.pointee.realm
    let index = try realm.keyValue(base, try read.key.evaluate(frame), read, frame)
    let old = try realm.toNumeric(try read.read(base, index, frame))
    let new = try realm.increment(old, by: step)
    if !realm.setElementQuickly(base, index, new) { try realm.setElement(base, index, new, isStrict: isStrict) }
    return isPrefix ? new : old
  }
}

/// `delete object.name`, `delete object[key]`.
final class DeleteNode: ExecutableNode {
  let object: ExecutableNode
  let key: ExecutableNode
  let isStrict: Bool
  let position: Int32

  init(object: ExecutableNode, key: ExecutableNode, isStrict: Bool, position: Int32) {
    self.object = object
    self.key = key
    self.isStrict = isStrict
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try object.evaluate(frame)
    let name = try key.evaluate(frame)
    frame.pointee.position = position
    let realm = frame.pointee.realm
    let target = try realm.toObject(base)
    let propertyKey = try realm.toPropertyKey(name)
    let deleted = try target.delete(propertyKey, realm)
    if !deleted && isStrict {
      throw realm.typeError("Cannot delete property '\(realm.describe(propertyKey))' of \(realm.describeForMessage(base))")
    }
    return .boolean(deleted)
  }
}

// MARK: - Private names

/// `object.#name`; the name's symbol is the value of a variable of the class.
final class PrivateRead: ExecutableNode {
  let object: ExecutableNode
  let name: ExecutableNode
  let text: String
  let position: Int32

  init(object: ExecutableNode, name: ExecutableNode, text: String, position: Int32) {
    self.object = object
    self.name = name
    self.text = text
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    try read(try object.evaluate(frame), frame)
  }

  func read(_ base: Value, _ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    guard case .symbol(let symbol) = try name.evaluate(frame), case .object(let reference) = base else {
      throw frame.typeError("Cannot read private member \(text) from an object whose class did not declare it", position)
    }
    let slot = reference.with { object in symbol.with { object.shape.find($0.key) } }
    guard slot >= 0, let slots = reference.with({ $0.slots }) else {
      throw frame.typeError("Cannot read private member \(text) from an object whose class did not declare it", position)
    }
    if let pair = slots[slot].accessorPair {
      guard pair.getter.isObject else { throw frame.typeError("'\(text)' was defined without a getter", position) }
      frame.pointee.position = position
      return try realm.callGetter(pair.getter, this: base)
    }
    return slots[slot]
  }
}

/// `object.#name = value`, `object.#name op= value`.
final class PrivateWrite: ExecutableNode {
  let read: PrivateRead
  let operation: CompoundOperation?
  let value: ExecutableNode

  init(read: PrivateRead, operation: CompoundOperation?, value: ExecutableNode) {
    self.read = read
    self.operation = operation
    self.value = value
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try read.object.evaluate(frame)
    var result: Value
    if let operation {
      let old = try read.read(base, frame)
      if operation.stops(at: old) { return old }
      result = try operation.apply(old, try value.evaluate(frame), frame.pointee.realm)
    } else {
      result = try value.evaluate(frame)
    }
    try store(base, result, frame)
    return result
  }

  func store(_ base: Value, _ result: Value, _ frame: FramePointer) throws(Thrown) {
    let realm = frame.pointee.realm
    let message = "Cannot write private member \(read.text) to an object whose class did not declare it"
    guard case .symbol(let symbol) = try read.name.evaluate(frame), case .object(let reference) = base else {
      throw frame.typeError(message, read.position)
    }
    let object = reference.cell
    let slot = object.shape.find(symbol.cell.key)
    guard slot >= 0 else { throw frame.typeError(message, read.position) }
    let flags = object.shape.flags(at: slot)
    if flags.contains(.accessor), let pair = object.slots?[slot].accessorPair {
      guard pair.setter.isObject else { throw frame.typeError("'\(read.text)' was defined without a setter", read.position) }
      frame.pointee.position = read.position
      _ = try realm.callSetter(pair.setter, this: base, result)
    } else if flags.contains(.writable) {
      object.slots?[slot] = result
    } else {
      throw frame.typeError("Private method '\(read.text)' is not writable", read.position)
    }
  }
}

/// `object.#name++` and the like.
final class PrivateUpdate: ExecutableNode {
  let write: PrivateWrite
  let step: Double
  let isPrefix: Bool

  init(write: PrivateWrite, step: Double, isPrefix: Bool) {
    self.write = write
    self.step = step
    self.isPrefix = isPrefix
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let base = try write.read.object.evaluate(frame)
    let realm = frame.pointee.realm
    let old = try realm.toNumeric(try write.read.read(base, frame))
    let new = try realm.increment(old, by: step)
    try write.store(base, new, frame)
    return isPrefix ? new : old
  }
}

/// `#name in object`.
final class PrivateInNode: ExecutableNode {
  let name: ExecutableNode
  let object: ExecutableNode
  let position: Int32

  init(name: ExecutableNode, object: ExecutableNode, position: Int32) {
    self.name = name
    self.object = object
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    guard case .object(let reference) = try object.evaluate(frame) else {
      throw frame.typeError("Cannot use 'in' operator to search for a private name in what is no object", position)
    }
    guard case .symbol(let symbol) = try name.evaluate(frame) else { return .boolean(false) }
    return .boolean(reference.cell.shape.find(symbol.cell.key) >= 0)
  }
}

// MARK: - super

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
    let key = try realm.toPropertyKey(name)
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
      let name = realm.value(of: try realm.toPropertyKey(rawName))
      old = try read.read(receiver, name, frame)
      if operation.stops(at: old) { return old }
      if yieldsOld { old = try realm.toNumeric(old) }
      result = try operation.apply(old, try value.evaluate(frame), realm)
      try store(receiver, name, result, frame)
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
    let key = try realm.toPropertyKey(name)
    guard let base else { throw realm.typeError("Cannot set properties of null (setting '\(realm.describe(key))')") }
    guard try base.set(key, result, receiver: receiver, realm) || !isStrict else { throw realm.readOnly(key, base) }
  }
}
