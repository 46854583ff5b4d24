// Scopes as the resolver sees them: which names they declare and where each will live.

import ScriptSyntax

/// A declared name.
final class Variable {
  enum Location {
    /// In the frame of the function that declares it.
    case slot(Int)
    /// In the heap scope made for its static scope.
    case heap(Int)
    case global(GlobalBinding)
  }

  enum Kind {
    case variable, parameter, constant, lexical, function, className, catchParameter
    /// The name of a function expression inside itself: assignments do nothing, or throw in strict code.
    case functionName
    /// `this`, new.target, the active function, a private name.
    case pseudo
  }

  let name: NameID
  let kind: Kind
  let location: Location
  /// Whether the code lowered so far has passed its declaration, so that later code of the same function needs no check.
  var isInitialized: Bool
  /// Whether some code checks for the dead zone, so that the slot must be emptied on entry.
  var isChecked = false

  init(name: NameID, kind: Kind, location: Location, isInitialized: Bool) {
    self.name = name
    self.kind = kind
    self.location = location
    self.isInitialized = isInitialized
  }

  var isImmutable: Bool { kind == .constant }
}

/// A region of names. Scopes with captured variables correspond to a `Scope` at run time.
final class StaticScope {
  enum Kind {
    case function, block, with, script
  }

  let parent: StaticScope?
  let kind: Kind
  /// The lowering of the function that it belongs to: tells whose frame its slots are in.
  let owner: ObjectIdentifier
  private(set) var variables: [NameID: Variable] = [:]
  /// Whether a `Scope` exists for it at run time.
  let hasHeapScope: Bool
  private(set) var heapCount = 0
  /// Whether code of this scope is in a `switch`, where declarations may be jumped over.
  let allowsJumps: Bool

  init(parent: StaticScope?, kind: Kind, owner: ObjectIdentifier, hasHeapScope: Bool, allowsJumps: Bool = false) {
    self.parent = parent
    self.kind = kind
    self.owner = owner
    self.hasHeapScope = hasHeapScope
    self.allowsJumps = allowsJumps
  }

  /// Declares a name in the heap scope.
  func declareHeap(_ name: NameID, _ kind: Variable.Kind, isInitialized: Bool) -> Variable {
    let variable = Variable(name: name, kind: kind, location: .heap(heapCount), isInitialized: isInitialized)
    heapCount += 1
    variables[name] = variable
    return variable
  }

  func declare(_ name: NameID, _ kind: Variable.Kind, slot: Int, isInitialized: Bool) -> Variable {
    let variable = Variable(name: name, kind: kind, location: .slot(slot), isInitialized: isInitialized)
    variables[name] = variable
    return variable
  }
}

/// Where a name was found.
enum Resolution {
  /// In the frame.
  case local(Variable, slot: Int)
  /// `depth` scopes out. `isSameFunction` tells whether the order of the text says anything about its initialisation.
  case heap(Variable, depth: Int, index: Int, isSameFunction: Bool)
  case global
}

extension NameID {
  // Names that no source text can contain, for what functions keep for the arrow functions inside them.
  static let thisVariable = NameID(index: UInt32.max)
  static let newTargetVariable = NameID(index: UInt32.max - 1)
  static let functionVariable = NameID(index: UInt32.max - 2)
}
