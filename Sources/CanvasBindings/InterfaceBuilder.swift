// How an interface is put together: https://webidl.spec.whatwg.org/#js-interfaces.
//
// Each member is a native function that checks, in this order: the receiver, the number of arguments, the arguments from left to right.
// Only then does it act.

import CanvasCore
import ScriptRuntime

/// A finished interface.
final class Interface {
  let prototype: ScriptObject
  let constructor: NativeFunction

  init(prototype: ScriptObject, constructor: NativeFunction) {
    self.prototype = prototype
    self.constructor = constructor
  }
}

/// One call of a member: what it was called on and with.
struct Call<Receiver: AnyObject> {
  unowned(unsafe) let environment: ScriptEnvironment
  unowned(unsafe) let realm: Realm
  unowned(unsafe) let wrapper: HostObject
  let receiver: Receiver
  let arguments: Arguments

  /// The argument, `undefined` where none was passed.
  subscript(index: Int) -> Value { arguments[index] }

  var count: Int { arguments.count }

  func double(_ index: Int) throws(Thrown) -> Double { try realm.toNumber(arguments[index]) }

  /// An optional `unrestricted double`.
  func double(_ index: Int, default missing: Double) throws(Thrown) -> Double {
    let value = arguments[index]
    return value.isUndefined ? missing : try realm.toNumber(value)
  }

  func optionalDouble(_ index: Int) throws(Thrown) -> Double? {
    let value = arguments[index]
    return value.isUndefined ? nil : try realm.toNumber(value)
  }

  func text(_ index: Int) throws(Thrown) -> String { try realm.toText(arguments[index]) }

  func text(_ index: Int, default missing: String) throws(Thrown) -> String {
    let value = arguments[index]
    return value.isUndefined ? missing : try realm.toText(value)
  }

  func boolean(_ index: Int) -> Bool { realm.boolean(arguments[index]) }
}

/// Collects the members of an interface whose objects have a `Receiver` behind them.
struct InterfaceBuilder<Receiver: AnyObject> {
  unowned(unsafe) let environment: ScriptEnvironment
  let realm: Realm
  let id: InterfaceID
  let prototype: ScriptObject
  /// For interfaces whose objects share a class with others: which of them may be receivers.
  let brand: Brand?

  typealias Operation = (Call<Receiver>) throws(Thrown) -> Value

  init(_ environment: ScriptEnvironment, _ id: InterfaceID, _ prototype: ScriptObject) {
    self.environment = environment
    realm = environment.realm
    self.id = id
    self.prototype = prototype
    brand =
      switch id {
      case .context2D: .context(.element)
      case .offscreenContext2D: .context(.offscreen)
      case .matrix, .point, .rect: .changeableGeometry
      default: nil
      }
  }

  // MARK: - Operations

  /// An operation with at least `length` arguments.
  func method(_ name: String, length: Int, _ body: @escaping Operation) {
    let brand = brand
    let interface = id
    unowned(unsafe) let environment = environment
    define(name, length: length) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let wrapper = hostObject(this), let receiver = branded(payload(of: wrapper, as: Receiver.self), brand) else {
        throw illegalInvocation(realm)
      }
      if arguments.count < length { throw tooFewArguments(realm, interface, name, length, arguments.count) }
      return try body(
        Call(environment: environment, realm: realm, wrapper: wrapper, receiver: receiver, arguments: arguments))
    }
  }

  /// An operation that gives a promise: whatever goes wrong rejects it.
  func promiseMethod(_ name: String, length: Int, _ body: @escaping Operation) {
    let brand = brand
    let interface = id
    unowned(unsafe) let environment = environment
    define(name, length: length) { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      do throws(Thrown) {
        guard let wrapper = hostObject(this), let receiver = branded(payload(of: wrapper, as: Receiver.self), brand) else {
          throw illegalInvocation(realm)
        }
        if arguments.count < length { throw tooFewArguments(realm, interface, name, length, arguments.count) }
        return try body(
          Call(environment: environment, realm: realm, wrapper: wrapper, receiver: receiver, arguments: arguments))
      } catch {
        if error.isTermination { throw error }
        return try environment.rejectedPromise(error)
      }
    }
  }

  func define(_ name: String, length: Int, _ body: @escaping NativeCall) {
    realm.defineValue(prototype, name, Value(realm.makeNativeFunction(name, length: length, body)), isEnumerable: true)
  }

  /// The prefix of messages about a failed call of `name`.
  func context(_ name: String) -> String { "Failed to execute '\(name)' on '\(id.name)': " }

  // MARK: - Attributes

  /// An attribute; read-only without `set`.
  func attribute(_ name: String, get: @escaping Operation, set: ((Call<Receiver>, Value) throws(Thrown) -> Void)? = nil) {
    let brand = brand
    unowned(unsafe) let environment = environment
    let getter: NativeCall = { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let wrapper = hostObject(this), let receiver = branded(payload(of: wrapper, as: Receiver.self), brand) else {
        throw illegalInvocation(realm)
      }
      return try get(Call(environment: environment, realm: realm, wrapper: wrapper, receiver: receiver, arguments: arguments))
    }
    guard let set else { return realm.defineAccessor(prototype, name, isEnumerable: true, getter: getter) }
    let interface = id
    let setter: NativeCall = { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let wrapper = hostObject(this), let receiver = branded(payload(of: wrapper, as: Receiver.self), brand) else {
        throw illegalInvocation(realm)
      }
      if arguments.count < 1 { throw tooFewArguments(realm, interface, name, 1, 0) }
      try set(
        Call(environment: environment, realm: realm, wrapper: wrapper, receiver: receiver, arguments: arguments), arguments[0])
      return .undefined
    }
    realm.defineAccessor(prototype, name, isEnumerable: true, getter: getter, setter: setter)
  }

  /// A read-only number.
  func number(_ name: String, _ get: @escaping (Receiver) -> Double) {
    let brand = brand
    realm.defineAccessor(
      prototype, name, isEnumerable: true,
      getter: { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
        guard let receiver = branded(payload(this, as: Receiver.self), brand) else { throw illegalInvocation(realm) }
        return .number(get(receiver))
      })
  }

  /// An `unrestricted double` attribute.
  func number(_ name: String, get: @escaping (Receiver) -> Double, set: @escaping (Receiver, Double) -> Void) {
    let brand = brand
    unowned(unsafe) let environment = environment
    let getter: NativeCall = { (realm: Realm, this: Value, _: Arguments) throws(Thrown) -> Value in
      guard let receiver = branded(payload(this, as: Receiver.self), brand) else { throw illegalInvocation(realm) }
      return .number(get(receiver))
    }
    let setter: NativeCall = { (realm: Realm, this: Value, arguments: Arguments) throws(Thrown) -> Value in
      guard let receiver = branded(payload(this, as: Receiver.self), brand) else { throw illegalInvocation(realm) }
      let number = try realm.toNumber(arguments[0])
      if number.isNaN { environment.warnUnlessNumber(arguments[0], name) }
      set(receiver, number)
      return .undefined
    }
    realm.defineAccessor(prototype, name, isEnumerable: true, getter: getter, setter: setter)
  }

  /// A `boolean` attribute.
  func flag(_ name: String, get: @escaping (Receiver) -> Bool, set: ((Receiver, Bool) -> Void)? = nil) {
    let getter: Operation = { (call) throws(Thrown) in .boolean(get(call.receiver)) }
    guard let set else { return attribute(name, get: getter) }
    attribute(name, get: getter, set: { (call, value) throws(Thrown) in set(call.receiver, call.realm.boolean(value)) })
  }

  /// A `DOMString` attribute.
  func text(_ name: String, get: @escaping (Receiver) -> String, set: ((Receiver, String) -> Void)? = nil) {
    let getter: Operation = { (call) throws(Thrown) in call.realm.text(get(call.receiver)) }
    guard let set else { return attribute(name, get: getter) }
    attribute(name, get: getter, set: { (call, value) throws(Thrown) in set(call.receiver, try call.realm.toText(value)) })
  }

  /// An attribute of an enumeration type; other strings are ignored when it is set.
  func enumeration<Member: RawRepresentable>(
    _ name: String, get: @escaping (Receiver) -> Member, set: @escaping (Receiver, Member) -> Void
  ) where Member.RawValue == String {
    attribute(
      name, get: { (call) throws(Thrown) in call.realm.text(get(call.receiver).rawValue) },
      set: { (call, value) throws(Thrown) in
        let member: Member? = try call.realm.attributeEnumeration(value)
        if let member {
          set(call.receiver, member)
        } else if call.environment.options.warns {
          call.environment.warn("\(call.realm.describeForMessage(value)) is no value of \(name) and was ignored")
        }
      })
  }

  /// An event handler attribute, `on` + type.
  func eventHandler(_ type: String) {
    attribute(
      "on" + type,
      get: { (call) throws(Thrown) in
        call.environment.links(of: call.wrapper).handlers[type].map { .object($0) } ?? .null
      },
      set: { (call, value) throws(Thrown) in
        call.environment.links(of: call.wrapper).handlers[type] = value.asObject.map { Ref($0) }
      })
  }

  /// A constant, on the prototype; `finish` copies it to the constructor.
  func constant(_ name: String, _ value: Int, on constructor: ScriptObject) {
    let descriptor = PropertyDescriptor(value: Value(value), isWritable: false, isEnumerable: true, isConfigurable: false)
    _ = try? prototype.defineOwnProperty(environment.keys[name], descriptor, realm)
    _ = try? constructor.defineOwnProperty(environment.keys[name], descriptor, realm)
  }

  // MARK: - Constructors

  typealias Construction = (ScriptEnvironment, Arguments, ScriptObject) throws(Thrown) -> Value

  /// Makes the constructor; nil: `new` is a TypeError too.
  func finish(_ parent: ScriptObject?, length: Int = 0, construct: Construction? = nil) -> Interface {
    let interface = id
    unowned(unsafe) let environment = environment
    realm.defineTag(prototype, interface.name)
    let constructor = realm.defineConstructor(
      interface.name, length: length, prototype: prototype, parent: parent, isGlobal: false,
      call: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        guard construct != nil else { throw realm.typeError("Illegal constructor") }
        throw realm.typeError(
          "Failed to construct '\(interface.name)': Please use the 'new' operator, this object constructor cannot be called as a function."
        )
      },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        guard let construct else { throw realm.typeError("Illegal constructor") }
        if arguments.count < length {
          throw realm.typeError(
            "Failed to construct '\(interface.name)': " + argumentCount(length, arguments.count))
        }
        return try construct(environment, arguments, newTarget)
      })
    return Interface(prototype: prototype, constructor: constructor)
  }
}

/// Which objects of a class an interface takes.
enum Brand {
  case context(CanvasKind)
  /// Not those of the read-only interfaces.
  case changeableGeometry
}

/// The receiver, unless it belongs to another interface.
@inline(__always)
func branded<Receiver: AnyObject>(_ receiver: Receiver?, _ brand: Brand?) -> Receiver? {
  guard let brand, let receiver else { return receiver }
  // Safe: only the interfaces of 2D contexts, and those of matrices, points and rectangles, have these brands.
  switch brand {
  case .context(let kind): return unsafeDowncast(receiver, to: CanvasRenderingContext2D.self).kind == kind ? receiver : nil
  case .changeableGeometry: return unsafeDowncast(receiver, to: GeometryBox.self).isReadOnly ? nil : receiver
  }
}

// MARK: - Errors

@inline(never)
func illegalInvocation(_ realm: Realm) -> Thrown { realm.typeError("Illegal invocation") }

@inline(never)
func tooFewArguments(_ realm: Realm, _ interface: InterfaceID, _ name: String, _ wanted: Int, _ given: Int) -> Thrown {
  realm.typeError("Failed to execute '\(name)' on '\(interface.name)': " + argumentCount(wanted, given))
}

func argumentCount(_ wanted: Int, _ given: Int) -> String {
  "\(wanted) argument\(wanted == 1 ? "" : "s") required, but only \(given) present."
}
