// https://tc39.es/ecma262/#sec-weakmap-objects and the other objects that hold weakly

extension Realm {
  func installWeakBuiltins() {
    installWeakMap()
    installWeakSet()
    installWeakRef()
    installFinalizationRegistry()
  }

  private func requiresNew(_ name: String) -> NativeCall {
    { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
      throw realm.typeError("Constructor \(name) requires 'new'")
    }
  }

  fileprivate func weakCollection(_ this: Value, _ kind: ObjectKind, _ method: String) throws(Thrown) -> WeakCollectionObject {
    guard let object = this.asObject, object.kind == kind else {
      throw typeError("Method \(method) called on incompatible receiver \(describeForMessage(this))")
    }
    return unsafeDowncast(object, to: WeakCollectionObject.self)
  }

  private func installWeakMap() {
    let prototype = intrinsics[.weakMap]
    defineConstructor(
      "WeakMap", length: 0, prototype: prototype, call: requiresNew("WeakMap"),
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.weakMap])
        let map = WeakCollectionObject(realm: realm, kind: .weakMap, prototype: prototype)
        if arguments[0].isNullish { return Value(map) }
        let adder = try realm.requireCallable(try map.get(.known(.set), receiver: Value(map), realm))
        try realm.addEntries(from: arguments[0]) { key, value throws(Thrown) in
          _ = try realm.call(adder, this: Value(map), key, value)
        }
        return Value(map)
      })
    defineMethod(prototype, "get", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      try realm.weakCollection(this, .weakMap, "WeakMap.prototype.get").value(of: arguments[0]) ?? .undefined
    }
    defineMethod(prototype, "set", length: 2) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let map = try realm.weakCollection(this, .weakMap, "WeakMap.prototype.set")
      guard weakTarget(arguments[0]) != nil else { throw realm.typeError("Invalid value used as weak map key") }
      map.set(arguments[0], arguments[1], realm.heap)
      return this
    }
    defineMethod(prototype, "has", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      .boolean(try realm.weakCollection(this, .weakMap, "WeakMap.prototype.has").value(of: arguments[0]) != nil)
    }
    defineMethod(prototype, "delete", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      .boolean(try realm.weakCollection(this, .weakMap, "WeakMap.prototype.delete").remove(arguments[0]))
    }
    defineTag(prototype, "WeakMap")
  }

  private func installWeakSet() {
    let prototype = intrinsics[.weakSet]
    defineConstructor(
      "WeakSet", length: 0, prototype: prototype, call: requiresNew("WeakSet"),
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.weakSet])
        let set = WeakCollectionObject(realm: realm, kind: .weakSet, prototype: prototype)
        if arguments[0].isNullish { return Value(set) }
        let adder = try realm.requireCallable(try set.get(.known(.add), receiver: Value(set), realm))
        try realm.forEach(in: arguments[0]) { value throws(Thrown) in
          _ = try realm.call(adder, this: Value(set), value)
          return true
        }
        return Value(set)
      })
    defineMethod(prototype, "add", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let set = try realm.weakCollection(this, .weakSet, "WeakSet.prototype.add")
      guard weakTarget(arguments[0]) != nil else { throw realm.typeError("Invalid value used in weak set") }
      set.set(arguments[0], .undefined, realm.heap)
      return this
    }
    defineMethod(prototype, "has", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      .boolean(try realm.weakCollection(this, .weakSet, "WeakSet.prototype.has").value(of: arguments[0]) != nil)
    }
    defineMethod(prototype, "delete", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      .boolean(try realm.weakCollection(this, .weakSet, "WeakSet.prototype.delete").remove(arguments[0]))
    }
    defineTag(prototype, "WeakSet")
  }

  private func installWeakRef() {
    let prototype = intrinsics[.weakRef]
    defineConstructor(
      "WeakRef", length: 1, prototype: prototype, call: requiresNew("WeakRef"),
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        guard weakTarget(arguments[0]) != nil else { throw realm.typeError("WeakRef: target must be an object or symbol") }
        let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.weakRef])
        return Value(WeakReferenceObject(realm: realm, target: arguments[0], prototype: prototype))
      })
    defineMethod(prototype, "deref", length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      guard let object = this.asObject, object.kind == .weakReference else {
        throw realm.typeError("Method WeakRef.prototype.deref called on incompatible receiver \(realm.describeForMessage(this))")
      }
      return unsafeDowncast(object, to: WeakReferenceObject.self).dereference()
    }
    defineTag(prototype, "WeakRef")
  }

  private func installFinalizationRegistry() {
    let prototype = intrinsics[.finalizationRegistry]
    defineConstructor(
      "FinalizationRegistry", length: 1, prototype: prototype, call: requiresNew("FinalizationRegistry"),
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        guard arguments[0].asCallable != nil else { throw realm.typeError("FinalizationRegistry: cleanup must be callable") }
        let prototype = try realm.prototypeForConstruction(newTarget, fallback: realm.intrinsics[.finalizationRegistry])
        return Value(FinalizationRegistryObject(realm: realm, prototype: prototype))
      })
    func registry(_ realm: Realm, _ this: Value) throws(Thrown) -> FinalizationRegistryObject {
      guard let object = this.asObject, object.kind == .finalizationRegistry else {
        throw realm.typeError("FinalizationRegistry method called on incompatible receiver \(realm.describeForMessage(this))")
      }
      return unsafeDowncast(object, to: FinalizationRegistryObject.self)
    }
    defineMethod(prototype, "register", length: 2) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let registry = try registry(realm, this)
      guard weakTarget(arguments[0]) != nil else { throw realm.typeError("Invalid target for FinalizationRegistry.register") }
      if Value.same(arguments[0], arguments[1]) { throw realm.typeError("target and holdings must not be same") }
      guard arguments[2].isUndefined || weakTarget(arguments[2]) != nil else {
        throw realm.typeError("Invalid unregisterToken ('\(realm.describeForMessage(arguments[2]))')")
      }
      registry.add(target: arguments[0], token: arguments[2], realm.heap)
      return .undefined
    }
    defineMethod(prototype, "unregister", length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      let registry = try registry(realm, this)
      guard weakTarget(arguments[0]) != nil else {
        throw realm.typeError("Invalid unregisterToken ('\(realm.describeForMessage(arguments[0]))')")
      }
      return .boolean(registry.remove(token: arguments[0]))
    }
    defineTag(prototype, "FinalizationRegistry")
  }
}
