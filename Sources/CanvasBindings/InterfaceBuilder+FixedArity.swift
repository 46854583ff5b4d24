// Operations that take nothing or one to six numbers and give nothing: the calls that drawings are made of.
//
// Each checks for plain numbers first, so that the usual call costs no conversion, no array and no allocation.

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder {
  @inline(__always)
  func method(_ name: String, _ body: @escaping (Receiver) -> Void) {
    let brand = brand
    define(name, length: 0) { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      guard let receiver = branded(payload(this, as: Receiver.self), brand) else { throw illegalInvocation(realm) }
      body(receiver)
      return .undefined
    }
  }

  @inline(__always)
  func method(_ name: String, _ body: @escaping (Receiver, Double) -> Void) {
    let brand = brand
    let interface = id
    define(name, length: 1) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let receiver = branded(payload(this, as: Receiver.self), brand) else { throw illegalInvocation(realm) }
      guard arguments.count >= 1 else { throw tooFewArguments(realm, interface, name, 1, arguments.count) }
      body(receiver, try plainNumber(arguments.base[0], realm))
      return .undefined
    }
  }

  @inline(__always)
  func method(_ name: String, _ body: @escaping (Receiver, Double, Double) -> Void) {
    let brand = brand
    let interface = id
    define(name, length: 2) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let receiver = branded(payload(this, as: Receiver.self), brand) else { throw illegalInvocation(realm) }
      guard arguments.count >= 2 else { throw tooFewArguments(realm, interface, name, 2, arguments.count) }
      let base = arguments.base
      let a = try plainNumber(base[0], realm)
      body(receiver, a, try plainNumber(base[1], realm))
      return .undefined
    }
  }

  @inline(__always)
  func method(_ name: String, _ body: @escaping (Receiver, Double, Double, Double, Double) -> Void) {
    let brand = brand
    let interface = id
    define(name, length: 4) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let receiver = branded(payload(this, as: Receiver.self), brand) else { throw illegalInvocation(realm) }
      guard arguments.count >= 4 else { throw tooFewArguments(realm, interface, name, 4, arguments.count) }
      let base = arguments.base
      let a = try plainNumber(base[0], realm)
      let b = try plainNumber(base[1], realm)
      let c = try plainNumber(base[2], realm)
      body(receiver, a, b, c, try plainNumber(base[3], realm))
      return .undefined
    }
  }

  @inline(__always)
  func method(_ name: String, _ body: @escaping (Receiver, Double, Double, Double, Double, Double, Double) -> Void) {
    let brand = brand
    let interface = id
    define(name, length: 6) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let receiver = branded(payload(this, as: Receiver.self), brand) else { throw illegalInvocation(realm) }
      guard arguments.count >= 6 else { throw tooFewArguments(realm, interface, name, 6, arguments.count) }
      let base = arguments.base
      let a = try plainNumber(base[0], realm)
      let b = try plainNumber(base[1], realm)
      let c = try plainNumber(base[2], realm)
      let d = try plainNumber(base[3], realm)
      let e = try plainNumber(base[4], realm)
      body(receiver, a, b, c, d, e, try plainNumber(base[5], realm))
      return .undefined
    }
  }

  /// Five numbers; the engine may refuse them.
  @inline(__always)
  func method(
    _ name: String, _ body: @escaping (Receiver, Double, Double, Double, Double, Double) throws(CanvasError) -> Void
  ) {
    let brand = brand
    let context = context(name)
    let interface = id
    unowned(unsafe) let environment = environment
    define(name, length: 5) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let receiver = branded(payload(this, as: Receiver.self), brand) else { throw illegalInvocation(realm) }
      guard arguments.count >= 5 else { throw tooFewArguments(realm, interface, name, 5, arguments.count) }
      let base = arguments.base
      let a = try plainNumber(base[0], realm)
      let b = try plainNumber(base[1], realm)
      let c = try plainNumber(base[2], realm)
      let d = try plainNumber(base[3], realm)
      let e = try plainNumber(base[4], realm)
      do throws(CanvasError) {
        try body(receiver, a, b, c, d, e)
      } catch {
        throw environment.exception(error, in: context)
      }
      return .undefined
    }
  }

  /// Five numbers and an optional boolean; the engine may refuse them.
  @inline(__always)
  func method(
    _ name: String, _ body: @escaping (Receiver, Double, Double, Double, Double, Double, Bool) throws(CanvasError) -> Void
  ) {
    let brand = brand
    let context = context(name)
    let interface = id
    unowned(unsafe) let environment = environment
    define(name, length: 5) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let receiver = branded(payload(this, as: Receiver.self), brand) else { throw illegalInvocation(realm) }
      guard arguments.count >= 5 else { throw tooFewArguments(realm, interface, name, 5, arguments.count) }
      let base = arguments.base
      let a = try plainNumber(base[0], realm)
      let b = try plainNumber(base[1], realm)
      let c = try plainNumber(base[2], realm)
      let d = try plainNumber(base[3], realm)
      let e = try plainNumber(base[4], realm)
      let flag = arguments.count > 5 && realm.boolean(base[5])
      do throws(CanvasError) {
        try body(receiver, a, b, c, d, e, flag)
      } catch {
        throw environment.exception(error, in: context)
      }
      return .undefined
    }
  }
}

@inline(__always)
private func plainNumber(_ value: Value, _ realm: Realm) throws(Thrown) -> Double {
  if case .number(let number) = value { return number }
  return try realm.toNumber(value)
}
