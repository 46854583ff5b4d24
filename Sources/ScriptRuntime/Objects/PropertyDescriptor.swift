// https://tc39.es/ecma262/#sec-property-descriptor-specification-type

/// What is said of a property; absent members are nil.
public struct PropertyDescriptor {
  public var value: Value?
  public var getter: Value?
  public var setter: Value?
  public var isWritable: Bool?
  public var isEnumerable: Bool?
  public var isConfigurable: Bool?

  public init(
    value: Value? = nil, getter: Value? = nil, setter: Value? = nil, isWritable: Bool? = nil, isEnumerable: Bool? = nil,
    isConfigurable: Bool? = nil
  ) {
    self.value = value
    self.getter = getter
    self.setter = setter
    self.isWritable = isWritable
    self.isEnumerable = isEnumerable
    self.isConfigurable = isConfigurable
  }

  /// A data property with attributes.
  init(value: Value, flags: PropertyFlags) {
    self.init(
      value: value, isWritable: flags.contains(.writable), isEnumerable: flags.contains(.enumerable),
      isConfigurable: flags.contains(.configurable))
  }

  /// A complete description of a stored property.
  init(stored: Value, flags: PropertyFlags) {
    if flags.contains(.accessor), let pair = stored.accessorPair {
      self.init(
        getter: pair.getter, setter: pair.setter, isEnumerable: flags.contains(.enumerable),
        isConfigurable: flags.contains(.configurable))
    } else {
      self.init(value: stored, flags: flags)
    }
  }

  public var isAccessor: Bool { getter != nil || setter != nil }
  public var isData: Bool { value != nil || isWritable != nil }

  /// Flags with absent members read as false.
  var flags: PropertyFlags {
    var flags: PropertyFlags = []
    if isWritable == true { flags.insert(.writable) }
    if isEnumerable == true { flags.insert(.enumerable) }
    if isConfigurable == true { flags.insert(.configurable) }
    if isAccessor { flags.insert(.accessor) }
    return flags
  }
}

/// The functions behind an accessor property; either may be undefined. Immutable, so that inline caches may trust it.
final class AccessorPair: HeapCell {
  let getter: Value
  let setter: Value
  /// Whether the pair stands for a plain property whose value is made when it is first looked at: calling the getter defines it.
  let isLazy: Bool

  init(heap: Heap, getter: Value, setter: Value, isLazy: Bool = false) {
    self.getter = getter
    self.setter = setter
    self.isLazy = isLazy
    super.init(heap: heap)
  }

  override func visitChildren(_ marker: Marker) {
    marker.visit(getter)
    marker.visit(setter)
  }
}

extension Value {
  /// The pair behind the slot of an accessor property.
  var accessorPair: AccessorPair? {
    guard case .internal(let cell) = self else { return nil }
    return cell.cell as? AccessorPair
  }

  /// The pair in the slot of a property, where nothing else is internal.
  @inline(__always)
  var pairInSlot: Ref<AccessorPair>? {
    guard case .internal(let cell) = self else { return nil }
    return Ref<AccessorPair>(unmanaged: .fromOpaque(cell.unmanaged.toOpaque()))
  }
}
