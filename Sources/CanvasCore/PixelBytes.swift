// Memory that a script's typed array and the engine look at together.

import Drawing

/// A block of bytes that does not move. Zeroed when it is made here; or lent by an owner that is kept alive.
@safe public final class PixelBytes {
  public let count: Int
  // Safe: valid for `count` bytes as long as this object lives: allocated in init and freed in deinit, or kept by `owner`.
  private let address: UnsafeMutableRawPointer
  private let owner: AnyObject?

  /// Zeroed memory; nil when there is none. A count of 0 is allowed.
  public init?(count: Int) {
    guard count >= 0, count <= 1 << 40, let memory = unsafe PixelMemory.allocate(max(1, count)) else { return nil }
    self.count = count
    unsafe address = memory
    owner = nil
  }

  /// Memory of somebody else, who must not move or free it while `owner` lives.
  @unsafe public init(borrowing memory: UnsafeMutableRawPointer, count: Int, owner: AnyObject) {
    self.count = count
    unsafe address = memory
    self.owner = owner
  }

  deinit {
    if owner == nil { unsafe PixelMemory.free(address, count: max(1, count)) }
  }

  /// The memory, for a typed array that keeps this object alive as long as it uses it.
  @unsafe public var baseAddress: UnsafeMutableRawPointer { unsafe address }

  /// Opens the bytes; the buffer is valid inside `body` only.
  public func withBytes<Result>(_ body: (UnsafeMutableRawBufferPointer) throws -> Result) rethrows -> Result {
    unsafe try body(UnsafeMutableRawBufferPointer(start: address, count: count))
  }

  public subscript(offset: Int) -> UInt8 {
    get {
      precondition(offset >= 0 && offset < count)
      // Safe: the offset was just checked.
      return unsafe address.load(fromByteOffset: offset, as: UInt8.self)
    }
    set {
      precondition(offset >= 0 && offset < count)
      // Safe: the offset was just checked.
      unsafe address.storeBytes(of: newValue, toByteOffset: offset, as: UInt8.self)
    }
  }
}
