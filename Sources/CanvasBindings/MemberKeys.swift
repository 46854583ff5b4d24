// Property keys that conversions look up again and again.

import ScriptRuntime

/// Interns the names of dictionary members once per realm, each when it is first asked for.
final class MemberKeys {
  private unowned(unsafe) let realm: Realm
  private var keys: [String: PropertyKey] = [:]
  let prototype: PropertyKey
  let x: PropertyKey
  let y: PropertyKey

  init(_ realm: Realm) {
    self.realm = realm
    prototype = realm.key("prototype")
    x = realm.key("x")
    y = realm.key("y")
  }

  subscript(name: String) -> PropertyKey {
    if let key = keys[name] { return key }
    let key = realm.key(name)
    keys[name] = key
    return key
  }
}
