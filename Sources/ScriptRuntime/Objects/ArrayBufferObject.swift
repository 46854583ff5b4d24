// https://tc39.es/ecma262/#sec-arraybuffer-objects

import Glibc

/// Raw memory that array buffers, typed arrays and the host share. Freed with its last owner.
public final class ByteStorage {
  public let base: UnsafeMutableRawPointer
  public let byteCount: Int
  /// Whoever the memory really belongs to; nil where it is our own.
  private let owner: AnyObject?

  /// The largest size that scripts may ask for.
  public static let maximumByteCount = 1 << 32

  /// Zeroed memory; nil when there is not enough. Pages come into being as they are touched.
  public init?(zeroed byteCount: Int) {
    guard byteCount >= 0, byteCount <= ByteStorage.maximumByteCount, let memory = calloc(max(byteCount, 16), 1) else { return nil }
    base = memory
    self.byteCount = byteCount
    owner = nil
  }

  /// Memory that belongs to `owner`, which is kept alive.
  public init(borrowing base: UnsafeMutableRawPointer, byteCount: Int, owner: AnyObject) {
    self.base = base
    self.byteCount = byteCount
    self.owner = owner
  }

  deinit {
    if owner == nil { free(base) }
  }

  /// Whether the memory is freed with this object, so that it counts as the scripts'.
  var isOwned: Bool { owner == nil }
}

/// An ArrayBuffer or SharedArrayBuffer. Tells its views when its memory moves or its length changes.
public final class ArrayBufferObject: WeakHolder {
  /// Nil when detached.
  public private(set) var storage: ByteStorage?
  public private(set) var byteLength: Int
  /// Nil for a buffer of fixed length.
  public let maximumByteLength: Int?
  public let isShared: Bool
  // Forgotten as they die, see `forgetUnmarked`.
  private var views: [Ref<TypedArrayObject>] = []
  private var isRegistered = false

  public init(
    realm: Realm, storage: ByteStorage, byteLength: Int? = nil, maximumByteLength: Int? = nil, isShared: Bool = false,
    prototype: ScriptObject? = nil
  ) {
    self.storage = storage
    self.byteLength = byteLength ?? storage.byteCount
    self.maximumByteLength = maximumByteLength
    self.isShared = isShared
    let parent = prototype ?? realm.intrinsics[isShared ? .sharedArrayBuffer : .arrayBuffer]
    super.init(heap: realm.heap, shape: realm.rootShape(for: parent), kind: .arrayBuffer)
  }

  public override var byteSize: Int { super.byteSize + ownedByteCount }

  private var ownedByteCount: Int {
    guard let storage, storage.isOwned else { return 0 }
    return byteLength
  }

  public var isDetached: Bool { storage == nil }
  public var isResizable: Bool { maximumByteLength != nil }

  /// Where the bytes are; nil when detached.
  public var base: UnsafeMutableRawPointer? { storage?.base }

  // MARK: Views

  func add(_ view: TypedArrayObject, _ realm: Realm) {
    if !isRegistered {
      isRegistered = true
      realm.heap.register(self)
    }
    views.append(Ref(view))
  }

  override func forgetUnmarked() {
    views.removeAll { !$0.cell.isMarked }
  }

  private func tellViews() {
    for view in views { view.cell.revalidate() }
  }

  // MARK: Changes

  /// Lets go of the memory; every view becomes empty.
  public func detach() {
    storage = nil
    byteLength = 0
    tellViews()
  }

  /// Changes the length within the maximum; bytes beyond the new length become zero.
  func resize(to newLength: Int) {
    guard let storage, newLength >= 0, newLength <= storage.byteCount else { return }
    if newLength < byteLength { memset(storage.base + newLength, 0, byteLength - newLength) }
    byteLength = newLength
    tellViews()
  }
}

extension Realm {
  /// Zeroed memory for a script, or a RangeError. Counted against the limits.
  func makeStorage(byteCount: Int, reserving maximum: Int? = nil) throws(Thrown) -> ByteStorage {
    let reserved = max(byteCount, maximum ?? 0)
    if heap.byteLimit > 0, byteCount > heap.byteLimit { throw rangeError("Array buffer allocation failed") }
    guard let storage = ByteStorage(zeroed: reserved) else { throw rangeError("Array buffer allocation failed") }
    heap.charge(byteCount)
    return storage
  }
}
