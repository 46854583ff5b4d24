// From the syntax tree to the tree that runs: names become slots, scope positions or global accesses, before anything executes.

import ScriptSyntax

/// Lowers one function, script or eval.
final class Lowering {
  let realm: Realm
  let source: SourceText
  let analysis: NameAnalysis
  let isStrict: Bool
  /// Names that inner functions reach for.
  let captured: Set<NameID>
  /// Whether every variable must be findable by name (`eval` inside).
  let capturesAll: Bool
  let function: FunctionNode?
  var scope: StaticScope?
  private(set) var slotCount = 0
  /// Slots of the frame, for the code that makes it.
  var usedSlots: Int { slotCount }
  /// Whether the code is eval's: its top level declares no global `let`.
  var isEval = false
  var labels: [NameID: Int32] = [:]
  private var labelCount: Int32 = 0
  /// Labels waiting for the statement they stand before.
  var pendingLabels: [Int32] = []
  /// Which of `this`, the active function and new.target the function keeps in variables for arrow functions and evals inside.
  var keptPseudos = (this: false, function: false, newTarget: false)
  /// How deep the tree is here. Every sixteenth level looks at run time whether the stack suffices; calls look by themselves.
  private var nesting = 0
  /// Whether expression statements leave their value (eval).
  var keepsCompletionValue = false

  init(
    realm: Realm, source: SourceText, analysis: NameAnalysis, isStrict: Bool, captured: Set<NameID>, capturesAll: Bool,
    function: FunctionNode?, environment: StaticScope?
  ) {
    self.realm = realm
    self.source = source
    self.analysis = analysis
    self.isStrict = isStrict
    self.captured = captured
    self.capturesAll = capturesAll
    self.function = function
    scope = environment
  }

  // MARK: Slots and scopes

  func newSlot() -> Int {
    slotCount += 1
    return slotCount - 1
  }

  func reserveSlots(_ count: Int) { slotCount = max(slotCount, count) }

  func isCaptured(_ name: NameID) -> Bool { capturesAll || captured.contains(name) }

  /// Enters a scope with these lexical declarations.
  func pushScope(_ kind: StaticScope.Kind, names: [NameID], forcesHeap: Bool = false, allowsJumps: Bool = false) -> StaticScope {
    let made = StaticScope(
      parent: scope, kind: kind, hasHeapScope: forcesHeap || names.contains(where: isCaptured),
      allowsJumps: allowsJumps)
    scope = made
    return made
  }

  func popScope() { scope = scope?.parent }

  @discardableResult
  func declare(_ name: NameID, _ kind: Variable.Kind, in target: StaticScope, isInitialized: Bool) -> Variable {
    if isCaptured(name) && target.hasHeapScope { return target.declareHeap(name, kind, isInitialized: isInitialized) }
    return target.declare(name, kind, slot: newSlot(), isInitialized: isInitialized)
  }

  /// Declares what a block declares, all in their dead zone but for functions.
  func declareLexical(_ declarations: [LexicalDeclaration], in target: StaticScope) {
    for declaration in declarations {
      let kind: Variable.Kind =
        switch declaration.kind {
        case .const: .constant
        case .let: .lexical
        case .class: .className
        case .function: .function
        case .catchParameter: .catchParameter
        }
      declare(declaration.name, kind, in: target, isInitialized: false)
    }
  }

  /// Slots of a scope that must be emptied on entry; known once its code has been lowered.
  func deadSlots(of target: StaticScope) -> [Int] {
    target.variables.values.compactMap { variable in
      if case .slot(let slot) = variable.location, variable.isChecked { slot } else { nil }
    }.sorted()
  }

  func scopeSize(of target: StaticScope) -> Int { target.hasHeapScope ? target.heapCount : -1 }

  func resolve(_ name: NameID) -> (resolution: Resolution, withDepths: [Int]) {
    var depth = 0
    var withDepths: [Int] = []
    var next = scope
    while let current = next {
      if current.kind == .with || current.kind == .evalVariables {
        withDepths.append(depth)
      } else if let variable = current.variables[name] {
        switch variable.location {
        case .slot(let slot): return (.local(variable, slot: slot), withDepths)
        case .heap(let index): return (.heap(variable, depth: depth, index: index), withDepths)
        case .global: return (.global, withDepths)
        }
      }
      if current.hasHeapScope { depth += 1 }
      next = current.parent
    }
    return (.global, withDepths)
  }

  // MARK: Variables

  /// The node that reads a name.
  func read(_ name: NameID, _ range: SourceRange, toleratesAbsence: Bool = false) -> ExecutableNode {
    let (resolution, withDepths) = resolve(name)
    let position = offset(range)
    let plain: ExecutableNode
    switch resolution {
    case .local(let variable, let slot):
      if variable.isInitialized {
        plain = LocalRead(slot: slot)
      } else {
        variable.isChecked = true
        plain = CheckedLocalRead(slot: slot, name: name, position: position)
      }
    case .heap(_, let depth, let index):
      plain = ScopeRead(depth: depth, index: index, name: name, position: position)
    case .global:
      if name == .undefined && withDepths.isEmpty { return ConstantNode(.undefined) }
      plain = GlobalRead(name: name, key: realm.key(of: name), position: position, toleratesAbsence: toleratesAbsence)
    }
    if withDepths.isEmpty { return plain }
    return WithRead(depths: withDepths, key: realm.key(of: name), otherwise: plain)
  }

  /// The node that stores a value under a name: an assignment, or the initialisation of a declaration.
  func write(_ name: NameID, _ value: ExecutableNode, _ range: SourceRange, initializes: Bool = false) -> ExecutableNode {
    let (resolution, withDepths) = resolve(name)
    let position = offset(range)
    let plain: ExecutableNode
    switch resolution {
    case .local(let variable, let slot):
      if !initializes, let refusal = refusal(variable, name, value, range) { return refusal }
      if !initializes, !variable.isInitialized {
        // Read first, so that the dead zone is noticed; the value is evaluated before that.
        variable.isChecked = true
        plain = CheckedLocalWrite(slot: slot, value: value, name: name, position: position)
      } else {
        plain = LocalWrite(slot: slot, value: value)
      }
    case .heap(let variable, let depth, let index):
      if !initializes, let refusal = refusal(variable, name, value, range) { return refusal }
      plain = ScopeWrite(depth: depth, index: index, value: value, checkedName: initializes ? nil : name, position: position)
    case .global:
      if initializes, let binding = realm.globalLexicals[realm.key(of: name)], isGlobalCode {
        return GlobalInitialization(binding: binding, value: value)
      }
      plain = GlobalWrite(name: name, key: realm.key(of: name), value: value, isStrict: isStrict, position: position)
    }
    if withDepths.isEmpty || initializes { return plain }
    return WithWrite(
      depths: withDepths, key: realm.key(of: name), value: value, isStrict: isStrict,
      otherwise: { [self] slotValue in write(name, slotValue, in: resolution, range) }, slot: newSlot())
  }

  private func write(_ name: NameID, _ value: ExecutableNode, in resolution: Resolution, _ range: SourceRange) -> ExecutableNode {
    let position = offset(range)
    switch resolution {
    case .local(let variable, let slot):
      return refusal(variable, name, value, range) ?? LocalWrite(slot: slot, value: value)
    case .heap(let variable, let depth, let index):
      return refusal(variable, name, value, range)
        ?? ScopeWrite(depth: depth, index: index, value: value, checkedName: name, position: position)
    case .global:
      return GlobalWrite(name: name, key: realm.key(of: name), value: value, isStrict: isStrict, position: position)
    }
  }

  private var isGlobalCode: Bool { function == nil && !isEval }

  /// For names that cannot be assigned to.
  private func refusal(_ variable: Variable, _ name: NameID, _ value: ExecutableNode, _ range: SourceRange) -> ExecutableNode? {
    if variable.isImmutable { return ConstantWrite(value: value, target: read(name, range), position: offset(range)) }
    if variable.kind == .functionName {
      return isStrict ? ConstantWrite(value: value, target: read(name, range), position: offset(range)) : value
    }
    return nil
  }

  /// Marks that code from here on comes after the name's declaration.
  func markInitialized(_ name: NameID) {
    var next = scope
    while let current = next {
      if let variable = current.variables[name] {
        if !current.allowsJumps { variable.isInitialized = true }
        return
      }
      next = current.parent
    }
  }

  // MARK: Depth

  /// Every 32nd level of nesting looks how much of the stack is left; that many take far less than the reserve below its limit, and
  /// loops within loops, as people write them, stay above.
  private static let checkedNesting = 31

  func expression(_ expression: Expression) -> ExecutableNode {
    nesting += 1
    defer { nesting -= 1 }
    let node = plainExpression(expression)
    return nesting & Lowering.checkedNesting == 0 && !(node is ConstantNode) && node.localSlot < 0 ? DepthCheckNode(node) : node
  }

  func statement(_ statement: Statement) -> ExecutableNode {
    nesting += 1
    defer { nesting -= 1 }
    let node = plainStatement(statement)
    return nesting & Lowering.checkedNesting == 0 ? DepthCheckNode(node) : node
  }

  // MARK: Small things

  func offset(_ range: SourceRange) -> Int32 { Int32(truncatingIfNeeded: range.start) }

  func text(_ range: SourceRange) -> String {
    let bytes = source.bytes
    let start = Int(range.start), end = min(Int(range.end), bytes.count)
    guard start < end, end - start <= 80 else { return "" }
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    return text.contains("\n") ? "" : text
  }

  func string(_ value: StringValue) -> ScriptString {
    switch value {
    case .latin1(let units): ScriptString(heap: realm.heap, latin1: units)
    case .utf16(let units): ScriptString(heap: realm.heap, utf16: units)
    }
  }

  /// A constant string that shares the interned copy.
  func constant(_ value: StringValue) -> ConstantNode {
    let made = string(value)
    guard made.length <= 64 else { return ConstantNode(Value(made)) }
    let key = realm.keys.key(for: made)
    return ConstantNode(Value(key.isIndex ? made : realm.keys.text(of: key)))
  }

  func newLabel(_ name: NameID) -> Int32 {
    labelCount += 1
    labels[name] = labelCount
    return labelCount
  }

  func takeLabels() -> [Int32] {
    defer { pendingLabels = [] }
    return pendingLabels
  }
}
