// https://tc39.es/ecma262/#sec-properties-of-regexp-instances

/// A RegExp. Its `lastIndex` is always the first slot.
public final class RegularExpressionObject: ScriptObject {
  var expression: RegularExpression
  /// The pattern as it was given.
  var source: Ref<ScriptString>
  /// The flags as they were given.
  var flagsText: Ref<ScriptString>

  init(realm: Realm, expression: RegularExpression, source: ScriptString, flagsText: ScriptString, prototype: ScriptObject) {
    self.expression = expression
    self.source = Ref(source)
    self.flagsText = Ref(flagsText)
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype), kind: .regularExpression)
    appendSlot(.known(.lastIndex), .number(0), flags: .writable, realm)
  }

  public override func visitChildren(_ marker: Marker) {
    super.visitChildren(marker)
    marker.visit(source)
    marker.visit(flagsText)
  }

  var lastIndex: Value { slots?[0] ?? .undefined }

  /// Sets `lastIndex`; a TypeError where it has been frozen.
  func setLastIndex(_ index: Int, _ realm: Realm) throws(Thrown) {
    guard shape.flags(at: 0).contains(.writable) else {
      throw realm.typeError("Cannot assign to read only property 'lastIndex' of object")
    }
    slots?[0] = Value(index)
  }

  /// Whether nothing but `lastIndex` is the object's own, so that lookups go to the prototype.
  var hasOnlyLastIndex: Bool { shape.count == 1 && shape.flags(at: 0).contains(.writable) }
}

/// What a realm keeps for its regular expressions.
final class RegularExpressionState {
  private struct CacheEntry {
    // Strong, hence roots; there are few of them.
    let pattern: ScriptString
    let flags: UInt8
    let expression: RegularExpression
  }

  private var cache: [Int: CacheEntry] = [:]
  /// The prototype epoch for which `isPristine` holds.
  var checkedEpoch = -1
  var isPristine = false
  /// `RegExp[Symbol.species]` as it was built in.
  var speciesAccessor: HeapCell?
  /// What `isPristine` compares: the prototype's properties as they were built in.
  var originals: [(key: PropertyKey, value: Value)] = []

  func cached(_ pattern: ScriptString, _ flags: RegularExpressionFlags) -> RegularExpression? {
    guard let entry = cache[pattern.contentHash &+ Int(flags.rawValue)], entry.flags == flags.rawValue,
      entry.pattern.isEqual(to: pattern)
    else { return nil }
    return entry.expression
  }

  func remember(_ pattern: ScriptString, _ flags: RegularExpressionFlags, _ expression: RegularExpression) {
    if cache.count >= 500 { cache.removeAll() }
    cache[pattern.contentHash &+ Int(flags.rawValue)] = CacheEntry(
      pattern: pattern, flags: flags.rawValue, expression: expression)
  }
}
