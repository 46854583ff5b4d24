// https://webidl.spec.whatwg.org/#js-sequence

import ScriptRuntime

extension Realm {
  /// Whether a value is an object that can be converted to a sequence.
  func isIterable(_ value: Value) throws(Thrown) -> Bool {
    guard value.isObject else { return false }
    return try getMethod(value, .iteratorSymbol) != nil
  }

  /// The members of a sequence, not yet converted; the list keeps them alive.
  func sequence(_ value: Value) throws(Thrown) -> ValueList {
    guard value.isObject else { throw typeError("The provided value cannot be converted to a sequence.") }
    return try list(from: value)
  }

  /// `sequence<unrestricted double>`.
  func doubles(_ value: Value) throws(Thrown) -> [Double] {
    let members = try sequence(value)
    var numbers: [Double] = []
    numbers.reserveCapacity(members.values.count)
    for index in members.values.indices {
      numbers.append(try toNumber(members.values[index]))
    }
    return numbers
  }

  /// A script array of numbers.
  func array(_ numbers: [Double]) -> Value { Value(makeArray(numbers.map { .number($0) })) }
}
