// https://tc39.es/ecma262/#sec-properties-of-date-instances

/// A Date.
public final class DateObject: ScriptObject {
  /// Milliseconds since 1970 in UTC, NaN for an invalid date.
  public var time: Double

  public init(realm: Realm, time: Double, prototype: ScriptObject? = nil) {
    self.time = time
    super.init(heap: realm.heap, shape: realm.rootShape(for: prototype ?? realm.intrinsics[.date]), kind: .date)
  }
}
