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
    /// Around a sloppy function with a direct eval: the variables that the eval's code declares, found by name as in `with`.
    case evalVariables
  }

  let parent: StaticScope?
  let kind: Kind
  private(set) var variables: [NameID: Variable] = [:]
  /// Whether a `Scope` exists for it at run time.
  let hasHeapScope: Bool
  private(set) var heapCount = 0
  /// The function whose scope this is.
  var function: FunctionNode?
  /// Whether these are a function's parameters, with the body's variables in a scope of their own.
  var isForParametersAlone = false
  /// Whether code of this scope is in a `switch`, where declarations may be jumped over.
  let allowsJumps: Bool

  init(parent: StaticScope?, kind: Kind, hasHeapScope: Bool, allowsJumps: Bool = false) {
    self.parent = parent
    self.kind = kind
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

// MARK: - Variables of direct evals

extension StaticScope {
  /// What a `var` of sloppy eval code means to the scopes around it.
  enum EvalTarget {
    /// The function has a variable of that name, or a parameter.
    case existing
    /// A `let`, `const` or class of that name stands between.
    case conflict
    case new
  }

  func evalTarget(of name: NameID) -> EvalTarget {
    var next: StaticScope? = self
    // Seen from the parameters, the variables of the body and of eval code are not the parameters themselves.
    var isInBody = false
    while let current = next, current.kind != .evalVariables {
      if current.isForParametersAlone, !isInBody {
        let known = current.variables[name]?.kind
        return known == nil || known == .functionName ? .new : .conflict
      }
      if current.kind == .function { isInBody = true }
      switch current.variables[name]?.kind {
      case .constant, .lexical, .className: return .conflict
      case .function where current.kind == .block: return .conflict
      case .variable, .parameter, .function: return .existing
      case .functionName, .pseudo, .catchParameter, nil: break
      }
      next = current.parent
    }
    return .new
  }

  /// The private names that code here may use.
  var privateNames: Set<NameID> {
    var found: Set<NameID> = []
    var next: StaticScope? = self
    while let current = next {
      for variable in current.variables.values
      where variable.kind == .pseudo && variable.name.index < NameID.functionVariable.index {
        found.insert(variable.name)
      }
      next = current.parent
    }
    return found
  }

  /// The function that is no arrow function, and so has its own `this`, around the scope.
  var functionWithThis: FunctionNode? {
    var next: StaticScope? = self
    while let current = next {
      if let function = current.function, !function.isArrow { return function }
      next = current.parent
    }
    return nil
  }

  /// How many scopes further out, at run time, the variables of eval code belong; nil: to the global object.
  var evalVariablesDepth: Int? {
    var depth = 0
    var next: StaticScope? = self
    while let current = next {
      if current.kind == .evalVariables { return depth }
      if current.hasHeapScope { depth += 1 }
      next = current.parent
    }
    return nil
  }
}

/// Where a name was found.
enum Resolution {
  /// In the frame.
  case local(Variable, slot: Int)
  /// `depth` scopes out.
  case heap(Variable, depth: Int, index: Int)
  case global
}

extension NameID {
  // Names that no source text can contain, for what functions keep for the arrow functions inside them.
  static let thisVariable = NameID(index: UInt32.max)
  static let newTargetVariable = NameID(index: UInt32.max - 1)
  static let functionVariable = NameID(index: UInt32.max - 2)
}
