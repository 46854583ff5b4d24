// https://webidl.spec.whatwg.org/#idl-DOMException
//
// Departure: name, message and code are own properties of each exception, so that exceptions can be error objects of the runtime, which
// know where in the script they were made.

import ScriptRuntime

extension ScriptEnvironment {
  func defineDOMException(_ prototype: ScriptObject) -> Interface {
    unowned(unsafe) let environment = self
    realm.defineTag(prototype, "DOMException")
    for name in ["name", "message", "code"] {
      realm.defineAccessor(
        prototype, name, isEnumerable: true,
        getter: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in throw illegalInvocation(realm) })
    }
    let constructor = realm.defineConstructor(
      "DOMException", length: 0, prototype: prototype, parent: nil, isGlobal: false,
      call: { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        throw realm.typeError("Failed to construct 'DOMException': Please use the 'new' operator.")
      },
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        let message = arguments[0].isUndefined ? "" : try realm.toText(arguments[0])
        let name = arguments[1].isUndefined ? "Error" : try realm.toText(arguments[1])
        let value = realm.makeError(.error, message).value
        let found = try newTarget.get(environment.keys.prototype, receiver: Value(newTarget), realm).asObject
        if let object = value.asObject {
          environment.furnishDOMException(
            object, name: name, prototype: found ?? environment.interface(.domException).prototype)
        }
        return value
      })
    let builder = InterfaceBuilder<AnyObject>(self, .domException, prototype)
    for (index, name) in DOMExceptionCode.constants.enumerated() { builder.constant(name, index + 1, on: constructor) }
    return Interface(prototype: prototype, constructor: constructor)
  }
}
