// The property that loops ask for at every turn.

/// `object.length`, quick for arrays, strings and typed arrays.
final class LengthRead: ExecutableNode {
  let object: Operand
  let general: MemberRead
  private var typedArrays = TypedArrayLengthCache()

  init(object: ExecutableNode, general: MemberRead) {
    self.object = Operand(object)
    self.general = general
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let value = try object.evaluate(frame)
    switch value {
    case .object(let reference):
      let kind = reference.with { $0.kind }
      if kind == .array { return Value(reference.reinterpreted(as: ArrayObject.self).with { $0.arrayLength }) }
      if kind == .typedArray {
        if typedArrays.holds(for: reference, frame) {
          return Value(reference.reinterpreted(as: TypedArrayObject.self).with { $0.count })
        }
        typedArrays.remember(reference.cell, frame.pointee.realm)
      }
    case .string(let reference):
      return Value(reference.with { $0.length })
    default: break
    }
    return try general.read(from: value, frame)
  }
}

/// For which typed arrays `length` is still the getter that the language gives them.
private struct TypedArrayLengthCache {
  private var shapeAddress: UnsafeRawPointer?
  private var epoch = -1
  private var slot = 0
  // In the chain of every array of the shape while the epoch is the realm's, and so alive.
  private var holder: Ref<ScriptObject>?
  private var pairAddress: UnsafeRawPointer?
  // Keep the addresses from being used again.
  private var shape: Shape?
  private var pair: AccessorPair?

  @inline(__always)
  func holds(for array: Ref<ScriptObject>, _ frame: FramePointer) -> Bool {
    guard array.with({ $0.shapeAddress }) == shapeAddress, epoch == frame.pointee.state.pointee.prototypeEpoch,
      let holder, let slots = holder.with({ $0.slots }), case .internal(let present) = slots[slot]
    else { return false }
    return present.with { UnsafeRawPointer(Unmanaged.passUnretained($0).toOpaque()) } == pairAddress
  }

  mutating func remember(_ array: ScriptObject, _ realm: Realm) {
    shapeAddress = nil
    guard !array.shape.isUnique, array.shape.find(.length) < 0 else { return }
    var candidate = array.shape.prototype
    while let current = candidate, !current.isExotic {
      let slot = current.shape.find(.length)
      if slot >= 0 {
        guard current.isPrototype, let pair = current.slots?[slot].accessorPair,
          case .object(let getter) = pair.getter, getter.cell === realm.typedArrayLengthGetter
        else { return }
        shape = array.shape
        shapeAddress = array.shapeAddress
        epoch = realm.prototypeEpoch
        self.slot = slot
        holder = Ref(current)
        self.pair = pair
        pairAddress = UnsafeRawPointer(Unmanaged.passUnretained(pair).toOpaque())
        return
      }
      candidate = current.shape.prototype
    }
  }
}
