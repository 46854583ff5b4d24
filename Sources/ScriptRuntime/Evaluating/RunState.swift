// The registers of the interpreter, in memory that nodes reach without touching a reference count.

/// What every call and loop turn reads or writes. One for each realm.
struct RunState {
  /// The next free place on the value stack.
  var stackPointer: UnsafeMutablePointer<Value>
  var stackLimit: UnsafeMutablePointer<Value>
  /// Machine stack addresses below this are too deep.
  var machineLimit: UInt = 0
  /// Counts down at safe points; below zero the realm looks whether a collection is due or the run must end.
  var pollCountdown = 0
  var currentFrame: FramePointer?
  /// Grows when an object that serves as a prototype changes its layout; inline caches through prototypes compare it.
  var prototypeEpoch = 0
  /// Grows when a global `let` or `const` may shadow a property that nodes have remembered.
  var globalEpoch = 0
  /// The prototypes that arrays have from the start, which the realm holds.
  var arrayPrototype: Ref<ScriptObject>?
  var objectPrototype: Ref<ScriptObject>?
  /// The global object, which the realm holds.
  var globalObject: Ref<ScriptObject>?
}
