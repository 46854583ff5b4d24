// The ordinary internal methods, step by step where order matters.
// https://tc39.es/ecma262/#sec-ordinary-object-internal-methods-and-internal-slots

extension ScriptObject {
  final func hasOrdinaryOwnProperty(_ key: PropertyKey) -> Bool {
    if key.isIndex {
      if !denseElement(key.index).isEmpty { return true }
      return rarity?.sparse[UInt32(truncatingIfNeeded: key.index)] != nil
    }
    return shape.find(key) >= 0
  }

  final func ordinaryGetOwnProperty(_ key: PropertyKey) -> PropertyDescriptor? {
    if key.isIndex {
      let element = denseElement(key.index)
      if !element.isEmpty { return PropertyDescriptor(value: element, flags: .all) }
      guard let entry = rarity?.sparse[UInt32(truncatingIfNeeded: key.index)] else { return nil }
      return PropertyDescriptor(stored: entry.value, flags: entry.flags)
    }
    let slot = shape.find(key)
    guard slot >= 0, let slots else { return nil }
    return PropertyDescriptor(stored: slots[slot], flags: shape.flags(at: slot))
  }

  /// What is stored under `key` in this object itself, with its attributes; `.empty` where nothing is.
  @inline(__always)
  final func ordinaryOwnSlot(_ key: PropertyKey) -> (value: Value, flags: PropertyFlags) {
    if key.isIndex {
      let element = denseElement(key.index)
      if !element.isEmpty { return (element, .all) }
      if let rarity, let entry = rarity.sparse[UInt32(truncatingIfNeeded: key.index)] { return entry }
      return (.empty, .all)
    }
    let slot = shape.find(key)
    guard slot >= 0, let slots else { return (.empty, .all) }
    return (slots[slot], shape.flags(at: slot))
  }

  final func ordinaryGet(_ key: PropertyKey, receiver: Value, _ realm: Realm) throws(Thrown) -> Value {
    var object = self
    while true {
      if object.isExotic {
        if object !== self {
          try realm.checkDepth()
          return try object.get(key, receiver: receiver, realm)
        }
        if let descriptor = try object.getOwnProperty(key, realm) {
          guard let getter = descriptor.getter else { return descriptor.value ?? .undefined }
          return try realm.callGetter(getter, this: receiver)
        }
      } else {
        let (value, flags) = object.ordinaryOwnSlot(key)
        if !value.isEmpty {
          if flags.contains(.accessor), let pair = value.accessorPair {
            return try realm.callGetter(pair.getter, this: receiver)
          }
          return value
        }
      }
      guard let parent = try object.getPrototype(realm) else { return .undefined }
      object = parent
    }
  }

  final func ordinarySet(_ key: PropertyKey, _ value: Value, receiver: Value, _ realm: Realm) throws(Thrown) -> Bool {
    var object = self
    while true {
      var found: (value: Value, flags: PropertyFlags) = (.empty, .all)
      if object.isExotic {
        if object !== self {
          try realm.checkDepth()
          return try object.set(key, value, receiver: receiver, realm)
        }
        if let descriptor = try object.getOwnProperty(key, realm) {
          if descriptor.isAccessor {
            return try realm.callSetter(descriptor.setter ?? .undefined, this: receiver, value)
          }
          found = (descriptor.value ?? .undefined, descriptor.flags)
        }
      } else {
        found = object.ordinaryOwnSlot(key)
      }
      if !found.value.isEmpty {
        if found.flags.contains(.accessor), let pair = found.value.accessorPair {
          return try realm.callSetter(pair.setter, this: receiver, value)
        }
        guard found.flags.contains(.writable) else { return false }
        if case .object(let target) = receiver, target.cell === object, !object.isExotic {
          object.storeExisting(key, value, realm)
          return true
        }
        break
      }
      guard let parent = try object.getPrototype(realm) else { break }
      object = parent
    }
    // The property is created on, or changed in, the receiver.
    guard case .object(let reference) = receiver else { return false }
    let target = reference.cell
    if !target.isExotic {
      let existing = target.ordinaryOwnSlot(key)
      if existing.value.isEmpty {
        guard target.isExtensibleFlag else { return false }
        target.createDataSlot(key, value, realm)
        return true
      }
      guard !existing.flags.contains(.accessor), existing.flags.contains(.writable) else { return false }
      target.storeExisting(key, value, realm)
      return true
    }
    if let existing = try target.getOwnProperty(key, realm) {
      guard !existing.isAccessor, existing.isWritable == true else { return false }
      return try target.defineOwnProperty(key, PropertyDescriptor(value: value), realm)
    }
    return try target.defineOwnProperty(key, PropertyDescriptor(value: value, flags: .all), realm)
  }

  /// Changes the value of a writable, named data property of an ordinary object; false where there is none.
  @inline(__always)
  final func replacePlainProperty(_ key: PropertyKey, _ value: Value) -> Bool {
    guard !isExotic, !key.isIndex, let slots else { return false }
    let slot = withShape { shape -> Int in
      let slot = shape.find(key)
      guard slot >= 0, case let flags = shape.flags(at: slot), flags.contains(.writable), !flags.contains(.accessor) else { return -1 }
      return slot
    }
    guard slot >= 0 else { return false }
    slots[slot] = value
    return true
  }

  /// Changes the value of an ordinary data property that exists.
  final func storeExisting(_ key: PropertyKey, _ value: Value, _ realm: Realm) {
    if key.isIndex {
      let index = key.index
      if index < Int(elementCount), let elements, !elements[index].isEmpty {
        elements[index] = value
      } else {
        ensuredRarity.sparse[UInt32(truncatingIfNeeded: index)]?.value = value
      }
    } else {
      let slot = shape.find(key)
      if slot >= 0 { slots?[slot] = value }
    }
  }

  /// Adds a plain data property that is known to be absent.
  final func createDataSlot(_ key: PropertyKey, _ value: Value, flags: PropertyFlags = .all, _ realm: Realm) {
    guard key.isIndex else { return appendSlot(key, value, flags: flags, realm) }
    if isPrototype { realm.prototypesChanged() }
    if flags == .all, setDenseElement(key.index, value, realm) { return }
    if flags != .all, elementCount > 0 { makeElementsSparse() }
    ensuredRarity.sparse[UInt32(truncatingIfNeeded: key.index)] = (value, flags)
    realm.heap.charge(64)
  }

  /// https://tc39.es/ecma262/#sec-validateandapplypropertydescriptor
  final func ordinaryDefineOwnProperty(_ key: PropertyKey, _ descriptor: PropertyDescriptor, _ realm: Realm) -> Bool {
    guard let current = ordinaryGetOwnProperty(key) else {
      guard isExtensibleFlag else { return false }
      let stored: Value =
        descriptor.isAccessor
        ? .internal(
          Ref(AccessorPair(heap: realm.heap, getter: descriptor.getter ?? .undefined, setter: descriptor.setter ?? .undefined)))
        : descriptor.value ?? .undefined
      createDataSlot(key, stored, flags: descriptor.flags, realm)
      return true
    }
    guard ScriptObject.isCompatible(descriptor, with: current) else { return false }
    // Merge what is said with what was there.
    var flags: PropertyFlags = []
    if descriptor.isEnumerable ?? current.isEnumerable ?? false { flags.insert(.enumerable) }
    if descriptor.isConfigurable ?? current.isConfigurable ?? false { flags.insert(.configurable) }
    let stored: Value
    if descriptor.isAccessor || (current.isAccessor && !descriptor.isData) {
      flags.insert(.accessor)
      stored = .internal(
        Ref(
          AccessorPair(
            heap: realm.heap, getter: descriptor.getter ?? current.getter ?? .undefined,
            setter: descriptor.setter ?? current.setter ?? .undefined)))
    } else {
      if descriptor.isWritable ?? (current.isAccessor ? false : current.isWritable) ?? false { flags.insert(.writable) }
      stored = descriptor.value ?? current.value ?? .undefined
    }
    replaceProperty(key, stored, flags: flags, realm)
    return true
  }

  /// Whether a change is allowed by the attributes in force.
  static func isCompatible(_ new: PropertyDescriptor, with current: PropertyDescriptor) -> Bool {
    if current.isConfigurable == true { return true }
    if new.isConfigurable == true { return false }
    if let enumerable = new.isEnumerable, enumerable != current.isEnumerable { return false }
    if !new.isAccessor && !new.isData { return true }
    if new.isAccessor != current.isAccessor { return false }
    if current.isAccessor {
      if let getter = new.getter, !Value.same(getter, current.getter ?? .undefined) { return false }
      if let setter = new.setter, !Value.same(setter, current.setter ?? .undefined) { return false }
    } else if current.isWritable == false {
      if new.isWritable == true { return false }
      if let value = new.value, !Value.same(value, current.value ?? .undefined) { return false }
    }
    return true
  }

  /// Stores value and attributes of a property that exists.
  private final func replaceProperty(_ key: PropertyKey, _ value: Value, flags: PropertyFlags, _ realm: Realm) {
    if isPrototype { realm.prototypesChanged() }
    guard key.isIndex else {
      let slot = shape.find(key)
      guard slot >= 0 else { return }
      setFlags(flags, at: slot, realm)
      slots?[slot] = value
      return
    }
    if !denseElement(key.index).isEmpty {
      if flags == .all {
        elements?[key.index] = value
        return
      }
      makeElementsSparse()
    }
    ensuredRarity.sparse[UInt32(truncatingIfNeeded: key.index)] = (value, flags)
  }

  final func ordinaryDelete(_ key: PropertyKey, _ realm: Realm) -> Bool {
    let (value, flags) = ordinaryOwnSlot(key)
    if value.isEmpty { return true }
    guard flags.contains(.configurable) else { return false }
    if key.isIndex {
      if isPrototype { realm.prototypesChanged() }
      if !denseElement(key.index).isEmpty {
        elements?[key.index] = .empty
        if key.index == Int(elementCount) - 1, kind != .array { elementCount -= 1 }
      } else {
        rarity?.sparse[UInt32(truncatingIfNeeded: key.index)] = nil
      }
    } else {
      removeSlot(shape.find(key), realm)
    }
    return true
  }

  final func ordinaryOwnKeys() -> [PropertyKey] {
    var keys: [PropertyKey] = []
    appendElementKeys(to: &keys)
    appendNamedKeys(to: &keys)
    return keys
  }

  final func appendElementKeys(to keys: inout [PropertyKey]) {
    if let elements {
      for index in 0..<Int(elementCount) where !elements[index].isEmpty { keys.append(PropertyKey(index: index)) }
    }
    if let rarity, !rarity.sparse.isEmpty {
      keys.append(contentsOf: rarity.sparse.keys.sorted().map { PropertyKey(index: Int($0)) })
      if elementCount > 0 { keys.sort { $0.index < $1.index } }
    }
  }

  final func appendNamedKeys(to keys: inout [PropertyKey]) {
    var hasSymbols = false
    for slot in 0..<shape.count {
      let key = shape.key(at: slot)
      if key.isSymbol { hasSymbols = true } else { keys.append(key) }
    }
    guard hasSymbols else { return }
    for slot in 0..<shape.count {
      let key = shape.key(at: slot)
      // Private names are kept like properties, but nobody may see or freeze them.
      if key.isSymbol, !key.isPrivate { keys.append(key) }
    }
  }
}
