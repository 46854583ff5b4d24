// What the garbage collector manages, and how a cell is referred to without reference counting.
//
// Copying a value must cost two moves, so values hold bare pointers. A cell stays alive because the heap's own list owns it; the
// collector decides when to let go. The rule that keeps this sound: *inside a cell, other cells are held by `Ref` (or in values) and
// reported by `visitChildren`; anywhere else in Swift's heap they are held by ordinary strong references*, which the collector
// sees as roots through the reference count. What lies on a machine stack is found by scanning it.

/// Anything that scripts can reach: objects, strings, scopes, symbols.
open class HeapCell {
  /// Set while a collection runs for cells that have been reached.
  final var isMarked = false

  public init(heap: Heap) {
    heap.adopt(self)
  }

  /// Reports every cell that this one holds.
  open func visitChildren(_ marker: Marker) {}

  /// Bytes that go with this cell, for memory limits and for the collector's pace.
  open var byteSize: Int { 64 }
}

/// A reference that neither retains nor releases.
@frozen @safe
public struct Ref<Cell: HeapCell>: BitwiseCopyable, Equatable {
  // Safe: the heap owns every cell until no root reaches it.
  @usableFromInline let unmanaged: Unmanaged<Cell>

  @inline(__always)
  init(unmanaged: Unmanaged<Cell>) { self.unmanaged = unmanaged }

  @inlinable @inline(__always)
  public init(_ cell: Cell) {
    unmanaged = .passUnretained(cell)
  }

  /// The cell as an ordinary reference.
  @inlinable @inline(__always)
  public var cell: Cell { unmanaged._withUnsafeGuaranteedRef { $0 } }

  /// Uses the cell without touching its reference count: for the interpreter's inner paths.
  @inlinable @inline(__always)
  public func with<Value, Failure: Error>(_ body: (Cell) throws(Failure) -> Value) throws(Failure) -> Value {
    try unmanaged.with(body)
  }

  /// The place in memory, for identity and hashing.
  @inlinable @inline(__always)
  public var address: UInt { UInt(bitPattern: unmanaged.toOpaque()) }

  @inlinable @inline(__always)
  public static func == (a: Ref, b: Ref) -> Bool { a.address == b.address }
}

extension Unmanaged {
  /// Uses the object, which something else keeps alive, without touching its reference count.
  ///
  /// The library's function that promises this passes on errors of unknown type only, and handing the object out of its closure
  /// would retain it. So what `body` throws leaves the closure as a value; nothing of the detour is left when it is compiled.
  @inlinable @inline(__always)
  func with<Value, Failure: Error>(_ body: (Instance) throws(Failure) -> Value) throws(Failure) -> Value {
    #if DEBUG
    // Without optimisation the detour costs more than the retain.
    return try body(_withUnsafeGuaranteedRef { $0 })
    #else
    let outcome: Result<Value, Failure> = _withUnsafeGuaranteedRef { instance in
      do throws(Failure) {
        return .success(try body(instance))
      } catch {
        return .failure(error)
      }
    }
    switch outcome {
    case .success(let value): return value
    case .failure(let error): throw error
    }
    #endif
  }
}

extension Ref where Cell == ScriptObject {
  /// The same object under its more special class, which the caller has established (by `kind`), for use with `with`.
  @inline(__always)
  func reinterpreted<Special: ScriptObject>(as type: Special.Type) -> Ref<Special> {
    Ref<Special>(unmanaged: Unmanaged<Special>.fromOpaque(unmanaged.toOpaque()))
  }

  /// The same object under its more special class, which the caller has established (by `kind`).
  @inlinable @inline(__always)
  func downcast<Special: ScriptObject>(to type: Special.Type) -> Special {
    unmanaged._withUnsafeGuaranteedRef { unsafeDowncast($0, to: Special.self) }
  }
}
