// Functions and scripts: parameters, hoisting, and what a function keeps for the arrow functions inside.
// https://tc39.es/ecma262/#sec-functiondeclarationinstantiation

import ScriptSyntax

extension Lowering {
  /// The executable body of a function.
  static func lower(
    function node: FunctionNode, code: FunctionCode, source: SourceText, environment: StaticScope?, analysis: NameAnalysis,
    realm: Realm
  ) -> FunctionBody {
    let names = analysis.names(of: node)
    let lowering = Lowering(
      realm: realm, source: source, analysis: analysis, isStrict: node.isStrict, captured: names.captured,
      capturesAll: node.containsDirectEval || node.containsWith, function: node, environment: environment)
    return lowering.lowerFunction(node, names)
  }

  private func lowerFunction(_ node: FunctionNode, _ names: NameAnalysis.FunctionNames) -> FunctionBody {
    let parameterCount = node.parameters.count
    reserveSlots(parameterCount)
    let isMapped = node.usesArguments && !node.isArrow && !node.isStrict && node.hasSimpleParameters && !node.parameters.isEmpty
    let keepsThis = !node.isArrow && (names.arrowsUseThis || node.kind == .derivedConstructor || node.containsDirectEval)
    let keepsFunction = !node.isArrow && (names.arrowsUseSuper || node.containsDirectEval)
    let keepsNewTarget = !node.isArrow && (names.arrowsUseNewTarget || names.arrowsUseSuper || node.containsDirectEval)
    var declared = node.parameterNames + node.scope.variables + node.scope.lexical.map(\.name)
    let usesOwnName = node.position == .expression && node.name.map { names.used.contains($0) || names.captured.contains($0) || capturesAll } ?? false
    if let own = node.name, usesOwnName { declared.append(own) }
    let needsArguments = node.usesArguments && !node.isArrow && !node.parameterNames.contains(.arguments)
    if needsArguments { declared.append(.arguments) }
    let takesEvalVariables = node.containsDirectEval && !node.isStrict
    if takesEvalVariables { _ = pushScope(.evalVariables, names: [], forcesHeap: true) }
    let functionScope = pushScope(
      .function, names: declared, forcesHeap: isMapped || keepsThis || keepsFunction || keepsNewTarget || capturesAll)
    functionScope.function = node
    functionScope.isForParametersAlone = node.hasParameterExpressions

    var prologue: [ExecutableNode] = []
    if let own = node.name, usesOwnName, !node.parameterNames.contains(own), !node.scope.variables.contains(own),
      !node.scope.lexical.contains(where: { $0.name == own })
    {
      declare(own, .functionName, in: functionScope, isInitialized: true)
      prologue.append(write(own, ActiveFunctionNode(), node.nameRange, initializes: true))
    }
    keptPseudos = (keepsThis, keepsFunction, keepsNewTarget)
    if keepsThis {
      let variable = functionScope.declareHeap(.thisVariable, .pseudo, isInitialized: true)
      if node.kind != .derivedConstructor { prologue.append(storePseudo(variable, ThisNode())) }
    }
    if keepsFunction {
      prologue.append(storePseudo(functionScope.declareHeap(.functionVariable, .pseudo, isInitialized: true), ActiveFunctionNode()))
    }
    if keepsNewTarget {
      prologue.append(storePseudo(functionScope.declareHeap(.newTargetVariable, .pseudo, isInitialized: true), NewTargetNode()))
    }

    // Arguments object: a variable unless something else has the name.
    var setup: FunctionBody.ArgumentsSetup?
    let bodyDeclaresArguments =
      !node.hasParameterExpressions
      && (node.scope.lexical.contains { $0.name == .arguments } || node.scope.functions.contains { $0.name == .arguments })
    let argumentsSlot = needsArguments && !bodyDeclaresArguments ? newSlot() : -1

    // Parameters
    var mappedIndices: [Int] = []
    if node.hasSimpleParameters {
      for (index, name) in node.parameterNames.enumerated() {
        let isLast = node.parameterNames.lastIndex(of: name) == index
        guard isLast else {
          mappedIndices.append(-1)
          continue
        }
        if isMapped || (isCaptured(name) && functionScope.hasHeapScope) {
          let variable = functionScope.declareHeap(name, .parameter, isInitialized: true)
          if case .heap(let position) = variable.location { mappedIndices.append(position) }
          prologue.append(storePseudo(variable, LocalRead(slot: index)))
        } else {
          _ = functionScope.declare(name, .parameter, slot: index, isInitialized: true)
          mappedIndices.append(-1)
        }
      }
    } else {
      for name in node.parameterNames where functionScope.variables[name] == nil || functionScope.variables[name]?.kind == .functionName {
        declare(name, .parameter, in: functionScope, isInitialized: false)
      }
    }
    if argumentsSlot >= 0 {
      setup = .init(slot: argumentsSlot, isMapped: isMapped, parameterIndices: mappedIndices)
      if isCaptured(.arguments) {
        prologue.append(storePseudo(functionScope.declareHeap(.arguments, .variable, isInitialized: true), LocalRead(slot: argumentsSlot)))
      } else {
        _ = functionScope.declare(.arguments, .variable, slot: argumentsSlot, isInitialized: true)
      }
    }
    var rest: (slot: Int, first: Int)?
    if !node.hasSimpleParameters {
      // Dead zones among parameters are emptied before the first default is evaluated.
      let place = prologue.count
      for (index, parameter) in node.parameters.enumerated() {
        prologue.append(
          BindNode(element: bindingElement(parameter, initializes: true), value: LocalRead(slot: index)))
        markPatternInitialized(parameter.target)
      }
      if let pattern = node.rest {
        let slot = newSlot()
        rest = (slot, parameterCount)
        prologue.append(
          BindNode(
            element: TargetElement(target: bindingTarget(pattern, initializes: true), initializer: nil),
            value: LocalRead(slot: slot)))
        markPatternInitialized(pattern)
      }
      let dead = deadSlots(of: functionScope)
      if !dead.isEmpty { prologue.insert(DeadZoneNode(slots: dead), at: place) }
    }

    // The body's variables: in the same scope, or one of their own when defaults could see it.
    var bodyScope = functionScope
    if node.hasParameterExpressions {
      bodyScope = pushScope(.function, names: node.scope.variables + node.scope.lexical.map(\.name))
    }
    var bodyPrologue: [ExecutableNode] = []
    let hoisted = Set(node.scope.functions.compactMap(\.name))
    for name in node.scope.variables {
      if bodyScope === functionScope, let known = functionScope.variables[name], known.kind != .functionName { continue }
      let initial: ExecutableNode
      if bodyScope !== functionScope, functionScope.variables[name] != nil {
        // Takes over the value of the parameter of its name.
        scope = functionScope
        initial = OuterScopeRead(node: read(name, node.range), leavesHeapScope: bodyScope.hasHeapScope)
        scope = bodyScope
      } else {
        initial = ConstantNode(.undefined)
      }
      let variable = declare(name, .variable, in: bodyScope, isInitialized: true)
      if !hoisted.contains(name) || !(initial is ConstantNode), needsInitialValue(variable, initial) {
        bodyPrologue.append(storePseudo(variable, initial))
      }
    }
    for function in node.scope.annexBFunctions {
      guard let name = function.name, bodyScope.variables[name] == nil else { continue }
      let variable = declare(name, .variable, in: bodyScope, isInitialized: true)
      if needsInitialValue(variable, ConstantNode(.undefined)) { bodyPrologue.append(storePseudo(variable, ConstantNode(.undefined))) }
    }
    declareLexical(node.scope.lexical, in: bodyScope)
    bodyPrologue += hoistedFunctions(node.scope.functions)

    let statements: ExecutableNode
    var result: ExecutableNode?
    switch node.body {
    case .statements(let list):
      let lowered = (node.isGenerator ? [GeneratorStartNode()] : []) + list.map(statement)
      let dead = deadSlots(of: bodyScope)
      let all = (dead.isEmpty || !node.hasSimpleParameters && bodyScope === functionScope ? deadBodySlots(bodyScope, node) : [DeadZoneNode(slots: dead)]) + bodyPrologue + lowered
      if all.count == 1, bodyScope === functionScope, let only = all[0] as? ReturnNode, node.kind != .derivedConstructor {
        result = only.value.node
      }
      statements =
        bodyScope === functionScope
        ? SequenceStatement(all) : BlockNode(statements: all, deadSlots: [], scopeSize: scopeSize(of: bodyScope))
    case .expression(let value):
      let isNamed = node.kind == .classFieldInitializer && Lowering.isAnonymousFunction(value)
      let lowered = isNamed ? NamedByFieldNode(expression(value)) : expression(value)
      if bodyScope === functionScope, bodyPrologue.isEmpty {
        result = lowered
        statements = EmptyNode()
      } else {
        statements = BlockNode(
          statements: bodyPrologue + [ReturnNode(lowered)], deadSlots: [],
          scopeSize: bodyScope === functionScope ? -1 : scopeSize(of: bodyScope))
      }
    }
    let body = FunctionBody(
      slotCount: slotCount, parameterCount: parameterCount, prologue: prologue, statements: statements, resultExpression: result)
    body.takesEvalVariables = takesEvalVariables
    body.coercesThis = !node.isStrict && !node.isArrow && node.usesThis
    body.isAsync = node.isAsync
    body.isGenerator = node.isGenerator
    body.isCoroutine = node.isAsync || node.isGenerator
    body.isDerivedConstructor = node.kind == .derivedConstructor
    body.scopeSize = scopeSize(of: functionScope)
    body.argumentsObject = setup
    body.rest = rest
    if node.kind == .derivedConstructor {
      scope = functionScope
      body.finalThis = thisNode(node.range)
    }
    return body
  }

  /// The dead zones of the body's own `let` and `const`, without the parameters' (which have been bound by then).
  private func deadBodySlots(_ bodyScope: StaticScope, _ node: FunctionNode) -> [ExecutableNode] {
    let names = Set(node.scope.lexical.map(\.name))
    let slots = bodyScope.variables.values.compactMap { variable -> Int? in
      if names.contains(variable.name), variable.isChecked, case .slot(let slot) = variable.location { return slot }
      return nil
    }
    return slots.isEmpty ? [] : [DeadZoneNode(slots: slots.sorted())]
  }

  /// Slots begin as undefined anyway; heap scopes begin empty.
  private func needsInitialValue(_ variable: Variable, _ initial: ExecutableNode) -> Bool {
    if case .heap = variable.location { return true }
    return !(initial is ConstantNode)
  }

  func storePseudo(_ variable: Variable, _ value: ExecutableNode) -> ExecutableNode {
    switch variable.location {
    case .slot(let slot): LocalWrite(slot: slot, value: value)
    case .heap(let index): ScopeWrite(depth: 0, index: index, value: value, checkedName: nil, position: 0)
    case .global(let binding): GlobalInitialization(binding: binding, value: value)
    }
  }

  /// Makes the closures of function declarations on entry of their scope.
  /// - Parameter initializes: false where the variables exist outside, as for eval.
  func hoistedFunctions(_ functions: [FunctionNode], initializes: Bool = true) -> [ExecutableNode] {
    functions.compactMap { node in
      guard let name = node.name else { return nil }
      return write(name, ClosureNode(code(node, name: name)), node.range, initializes: initializes)
    }
  }

  func code(_ node: FunctionNode, name: NameID?) -> FunctionCode {
    let inferred = node.name ?? name
    return code(node, key: inferred.map { realm.key(of: $0) }, text: inferred.map { realm.names.text($0) } ?? "")
  }

  func code(_ node: FunctionNode, key: PropertyKey?, text: String) -> FunctionCode {
    FunctionCode(
      node: node, source: source, environment: scope, analysis: analysis, name: key, nameText: text, isStrict: node.isStrict)
  }

  // MARK: this and its kin

  func thisNode(_ range: SourceRange) -> ExecutableNode {
    if looksOutside(keptPseudos.this), case .heap(_, let depth, let index) = resolve(.thisVariable).resolution {
      return CheckedThisNode(variable: RawScopeRead(depth: depth, index: index), position: offset(range))
    }
    // An arrow function outside all others: its own call has a `this` that does not count.
    return function?.isArrow == true ? GlobalThisNode() : ThisNode()
  }

  /// Whether what a function keeps in a variable is to be looked for: its own, or for an arrow function that of one around it.
  private func looksOutside(_ isKept: Bool) -> Bool { isKept || function?.isArrow ?? true }

  func functionNode() -> ExecutableNode {
    if looksOutside(keptPseudos.function), case .heap(_, let depth, let index) = resolve(.functionVariable).resolution {
      return RawScopeRead(depth: depth, index: index)
    }
    return ActiveFunctionNode()
  }

  func newTargetNode() -> ExecutableNode {
    if looksOutside(keptPseudos.newTarget), case .heap(_, let depth, let index) = resolve(.newTargetVariable).resolution {
      return RawScopeRead(depth: depth, index: index)
    }
    return NewTargetNode()
  }
}

/// Puts variables into their dead zone.
final class DeadZoneNode: ExecutableNode {
  let slots: [Int]

  init(slots: [Int]) { self.slots = slots }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    for slot in slots { frame.pointee.slots[slot] = .empty }
    return .normal
  }
}

/// Reads a variable as seen from one heap scope further out.
final class OuterScopeRead: ExecutableNode {
  let node: ExecutableNode
  let leavesHeapScope: Bool

  init(node: ExecutableNode, leavesHeapScope: Bool) {
    self.node = node
    self.leavesHeapScope = leavesHeapScope
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    guard leavesHeapScope else { return try node.evaluate(frame) }
    let inner = frame.pointee.scope
    frame.pointee.scope = inner?.cell.parent
    defer { frame.pointee.scope = inner }
    return try node.evaluate(frame)
  }
}
