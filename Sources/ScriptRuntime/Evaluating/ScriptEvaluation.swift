// Scripts and eval: from a parsed tree to its effects.
// https://tc39.es/ecma262/#sec-scriptevaluation and #sec-performeval

import ScriptSyntax

extension Realm {
  /// Runs a parsed script in the global environment.
  public func evaluate(_ script: Script) throws(Thrown) {
    let code = FunctionCode(
      node: nil, source: script.source, environment: nil, analysis: nil, name: nil, nameText: "", isStrict: script.isStrict)
    let analysis = heap.withLargeStack { NameAnalysis(script) }
    let lowering = Lowering(
      realm: self, source: script.source, analysis: analysis, isStrict: script.isStrict, captured: analysis.topLevel.captured,
      capturesAll: script.containsDirectEval || script.containsWith, function: nil, environment: nil)
    try instantiateGlobals(script.scope, code)
    var statements = lowering.hoistedFunctions(script.scope.functions)
    for function in script.scope.functions {
      if let name = function.name { declareGlobalFunction(key(of: name)) }
    }
    statements += heap.withLargeStack { script.body.map(lowering.statement) }
    try runGlobalCode(
      code, FunctionBody(slotCount: lowering.usedSlots, parameterCount: 0, statements: SequenceStatement(statements)))
  }

  /// Runs top-level code in a frame of its own and returns the frame's result.
  @discardableResult
  private func runGlobalCode(_ code: FunctionCode, _ body: FunctionBody, scope: Ref<Scope>? = nil, this: Value? = nil)
    throws(Thrown)
    -> Value
  {
    let base = stackPointer
    defer { stackPointer = base }
    guard base + body.slotCount + 16 < stackLimit else { throw stackOverflow() }
    for index in 0..<body.slotCount { base[index] = .undefined }
    stackPointer = base + body.slotCount
    var frame = Frame(
      slots: base, scope: scope, this: this ?? Value(globalObject), function: nil, code: code, realm: self, caller: currentFrame,
      coroutine: nil)
    return try withUnsafeMutablePointer(to: &frame) { frame throws(Thrown) in
      if UInt(bitPattern: frame) < machineLimit { throw stackOverflow() }
      let outer = currentFrame
      currentFrame = frame
      defer { currentFrame = outer }
      if body.scopeSize >= 0 {
        frame.pointee.scope = Ref(Scope(heap: heap, parent: scope, count: body.scopeSize, filledWith: .empty))
      }
      _ = try body.statements.execute(frame)
      return frame.pointee.result
    }
  }

  /// https://tc39.es/ecma262/#sec-globaldeclarationinstantiation
  private func instantiateGlobals(_ scope: ScopeDeclarations, _ code: FunctionCode) throws(Thrown) {
    for declaration in scope.lexical {
      let key = key(of: declaration.name)
      let (value, flags) = globalObject.ordinaryOwnSlot(key)
      let isRestricted = !value.isEmpty && !flags.contains(.configurable)
      if globalLexicals[key] != nil || isRestricted {
        throw declarationError(declaration.name, declaration.range, code)
      }
    }
    for name in scope.variables where globalLexicals[key(of: name)] != nil {
      throw declarationError(name, nil, code)
    }
    for function in scope.functions {
      guard let name = function.name else { continue }
      if globalLexicals[key(of: name)] != nil { throw declarationError(name, function.nameRange, code) }
      try checkGlobalFunction(name)
    }
    for declaration in scope.lexical {
      globalLexicals[key(of: declaration.name)] = GlobalBinding(
        heap: heap, name: declaration.name, isConstant: declaration.kind == .const)
    }
    if !scope.lexical.isEmpty { globalEpoch += 1 }
    for name in scope.variables + scope.annexBFunctions.compactMap(\.name) {
      let key = key(of: name)
      if globalObject.ordinaryOwnSlot(key).value.isEmpty, globalLexicals[key] == nil {
        guard globalObject.isExtensibleFlag else { throw typeError("Cannot declare global variable '\(names.text(name))'") }
        globalObject.createDataSlot(key, .undefined, flags: [.writable, .enumerable], self)
      }
    }
  }

  /// https://tc39.es/ecma262/#sec-candeclareglobalfunction
  private func checkGlobalFunction(_ name: NameID) throws(Thrown) {
    let (value, flags) = globalObject.ordinaryOwnSlot(key(of: name))
    let isDefinable =
      value.isEmpty
      ? globalObject.isExtensibleFlag
      : flags.contains(.configurable) || (!flags.contains(.accessor) && flags.contains([.writable, .enumerable]))
    if !isDefinable { throw typeError("Cannot redefine global function '\(names.text(name))'") }
  }

  /// A global function replaces an accessor or hidden property of its name by a plain one.
  private func declareGlobalFunction(_ key: PropertyKey, flags wanted: PropertyFlags = [.writable, .enumerable]) {
    let (value, flags) = globalObject.ordinaryOwnSlot(key)
    if value.isEmpty {
      globalObject.createDataSlot(key, .undefined, flags: wanted, self)
    } else if flags.contains(.configurable) {
      defineHidden(globalObject, key, .undefined, flags: wanted)
    }
  }

  private func declarationError(_ name: NameID, _ range: SourceRange?, _ code: FunctionCode) -> Thrown {
    let error = syntaxError("Identifier '\(names.text(name))' has already been declared")
    if let range, let source = code.source, let object = error.value.asObject as? ErrorObject {
      object.stackEntries = [
        StackEntry(functionName: "", location: ScriptPosition(source: source, offset: Int(range.start)))
      ]
    }
    return error
  }

  // MARK: eval

  /// https://tc39.es/ecma262/#sec-eval-x: code that sees the global environment only.
  func indirectEval(_ text: Value) throws(Thrown) -> Value {
    guard case .string(let string) = text else { return text }
    let source = SourceText(name: "<eval>", text: string.cell.text)
    let script = try parsed(source, ParseOptions())
    let code = FunctionCode(
      node: nil, source: source, environment: nil, analysis: nil, name: nil, nameText: "eval", isStrict: script.isStrict)
    return try runEval(script, code, environment: nil, scope: nil, this: Value(globalObject))
  }

  func parsed(_ source: SourceText, _ options: ParseOptions) throws(Thrown) -> Script {
    var options = options
    options.regularExpressionValidator = Realm.validateRegularExpression
    try checkDepth()
    let result = heap.withLargeStack { parseScript(source, names: names, options: options) }
    // A deep tree may not be freed where it is used up, for that recurses as well.
    retiredTrees.append(result)
    if retiredTrees.count > 8 { heap.withLargeStack { retiredTrees.removeFirst(7) } }
    guard let script = result.script, !result.hasErrors else {
      let message = result.diagnostics.first { $0.severity == .error }?.message ?? "Invalid or unexpected token"
      throw syntaxError(message)
    }
    return script
  }

  /// Runs eval code. Its `let` and `const` are its own; where the code is sloppy, `var` and functions go to the variables of the
  /// function around it, or to the global object.
  /// https://tc39.es/ecma262/#sec-evaldeclarationinstantiation
  fileprivate func runEval(
    _ script: Script, _ code: FunctionCode, environment: StaticScope?, scope: Ref<Scope>?, this: Value
  ) throws(Thrown) -> Value {
    let analysis = heap.withLargeStack { NameAnalysis(script) }
    let lowering = Lowering(
      realm: self, source: script.source, analysis: analysis, isStrict: script.isStrict, captured: analysis.topLevel.captured,
      capturesAll: true, function: nil, environment: environment)
    lowering.keepsCompletionValue = true
    lowering.isEval = true
    if !script.isStrict { try declareEvalVariables(script.scope, code, environment, scope) }
    let own = lowering.pushScope(
      script.isStrict ? .function : .block, names: script.scope.lexical.map(\.name) + script.scope.variables, forcesHeap: true)
    var statements: [ExecutableNode] = []
    if script.isStrict {
      for name in script.scope.variables where own.variables[name] == nil {
        statements.append(
          lowering.storePseudo(own.declareHeap(name, .variable, isInitialized: true), ConstantNode(.undefined)))
      }
    }
    lowering.declareLexical(script.scope.lexical, in: own)
    statements += lowering.hoistedFunctions(script.scope.functions, initializes: script.isStrict)
    statements += heap.withLargeStack { script.body.map(lowering.statement) }
    let body = FunctionBody(slotCount: lowering.usedSlots, parameterCount: 0, statements: SequenceStatement(statements))
    body.scopeSize = own.heapCount
    retiredTrees.append(body)
    return try runGlobalCode(code, body, scope: scope, this: this)
  }

  /// Makes the variables that sloppy eval code declares, unless the function around it has them already.
  private func declareEvalVariables(
    _ declarations: ScopeDeclarations, _ code: FunctionCode, _ environment: StaticScope?, _ scope: Ref<Scope>?
  ) throws(Thrown) {
    var wanted: [NameID] = []
    for (name, isBlockFunction) in declarations.variables.map({ ($0, false) })
      + declarations.annexBFunctions.compactMap(\.name).map({ ($0, true) })
    {
      let found = environment?.evalTarget(of: name) ?? .new
      if found == .conflict, !isBlockFunction { throw declarationError(name, nil, code) }
      if found == .new { wanted.append(name) }
    }
    let functions = Set(declarations.functions.compactMap(\.name))
    if environment?.evalVariablesDepth == nil {
      for name in wanted where functions.contains(name) { try checkGlobalFunction(name) }
    }
    guard let depth = environment?.evalVariablesDepth else {
      for name in wanted {
        let key = key(of: name)
        if globalLexicals[key] != nil { throw declarationError(name, nil, code) }
        if globalObject.ordinaryOwnSlot(key).value.isEmpty {
          guard globalObject.isExtensibleFlag else { throw typeError("Cannot declare global variable '\(names.text(name))'") }
          globalObject.createDataSlot(key, .undefined, self)
        } else if functions.contains(name) {
          declareGlobalFunction(key, flags: .all)
        }
      }
      return
    }
    guard !wanted.isEmpty else { return }
    var holder = scope
    for _ in 0..<depth { holder = holder?.cell.parent }
    guard let holder = holder?.cell, holder.holdsEvalVariables else { return }
    if holder.withObject.isUndefined { holder.withObject = Value(makeObject(prototype: nil)) }
    guard let object = holder.withObject.asObject else { return }
    for name in wanted where object.ordinaryOwnSlot(key(of: name)).value.isEmpty {
      object.createDataSlot(key(of: name), .undefined, self)
    }
  }

  /// https://tc39.es/ecma262/#sec-createdynamicfunction
  func makeDynamicFunction(_ arguments: Arguments, kind: DynamicFunctionKind, newTarget: ScriptObject?) throws(Thrown) -> Value {
    var parameters = ""
    for index in 0..<max(0, arguments.count - 1) {
      parameters += (index > 0 ? "," : "") + (try toText(arguments[index]))
    }
    let bodyText = arguments.isEmpty ? "" : try toText(arguments[arguments.count - 1])
    try checkDepth()
    var options = ParseOptions()
    options.regularExpressionValidator = Realm.validateRegularExpression
    let result = heap.withLargeStack {
      parseFunction(
        parameters: Array(parameters.utf8), body: Array(bodyText.utf8), kind: kind, names: names, options: options)
    }
    retiredTrees.append(result)
    guard let node = result.function, !result.hasErrors else {
      throw syntaxError(result.diagnostics.first { $0.severity == .error }?.message ?? "Invalid or unexpected token")
    }
    let key = self.key("anonymous")
    let code = FunctionCode(
      node: node, source: result.source, environment: nil, analysis: heap.withLargeStack { NameAnalysis(node) }, name: key,
      nameText: "anonymous",
      isStrict: node.isStrict)
    let function = makeFunction(code, scope: nil)
    if let newTarget {
      let fallback = function.shape.prototype ?? intrinsics.functionPrototype
      let prototype = try prototypeForConstruction(newTarget, fallback: fallback)
      if prototype !== fallback { function.changePrototype(to: prototype, self) }
    }
    return Value(function)
  }

  /// For the parser: what is wrong with a regular-expression literal, if anything.
  public static func validateRegularExpression(_ pattern: StringValue, _ flags: StringValue) -> (message: String, offset: Int)? {
    func units(_ value: StringValue) -> [UInt16] {
      switch value {
      case .latin1(let bytes): bytes.map(UInt16.init)
      case .utf16(let units): units
      }
    }
    guard let parsedFlags = RegularExpressionFlags(units(flags)) else { return ("Invalid regular expression flags", 0) }
    do throws(RegularExpressionSyntaxError) {
      _ = try RegularExpression.compile(pattern: units(pattern), flags: parsedFlags)
      return nil
    } catch {
      return ("Invalid regular expression: " + error.message, error.offset)
    }
  }
}

/// `eval(text)`: a direct eval when the name still means the built-in function.
final class DirectEvalNode: ExecutableNode {
  let callee: ExecutableNode
  let arguments: ArgumentNodes
  let environment: StaticScope?
  let isStrict: Bool
  let position: Int32
  let this: ExecutableNode

  init(
    callee: ExecutableNode, arguments: ArgumentNodes, environment: StaticScope?, isStrict: Bool, position: Int32,
    this: ExecutableNode
  ) {
    self.callee = callee
    self.arguments = arguments
    self.environment = environment
    self.isStrict = isStrict
    self.position = position
    self.this = this
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    let value = try callee.evaluate(frame)
    let base = realm.stackPointer
    defer { realm.stackPointer = base }
    let count = try arguments.push(frame)
    frame.pointee.position = position
    guard case .object(let reference) = value, reference.cell.isCallable else { throw realm.notAFunction(value, "eval") }
    guard reference.cell === realm.intrinsics[.evalFunction] else {
      return try realm.callOnStack(reference, this: .undefined, base: base, count: count)
    }
    let given = Arguments(base: base, count: count)[0]
    guard case .string(let text) = given else { return given }
    return try evaluate(text.cell, frame, realm)
  }

  private func evaluate(_ text: ScriptString, _ frame: FramePointer, _ realm: Realm) throws(Thrown) -> Value {
    var options = ParseOptions()
    options.isStrict = isStrict
    let outer = environment?.functionWithThis
    options.allowsNewTarget = outer != nil
    options.allowsSuperProperty = outer.map { $0.kind != .normal } ?? false
    if let environment { options.privateNamesInScope = environment.privateNames }
    options.forbidsArguments = outer?.kind == .classFieldInitializer
    let source = SourceText(name: "<eval>", text: text.text)
    let script = try realm.parsed(source, options)
    let code = FunctionCode(
      node: nil, source: source, environment: environment, analysis: nil, name: nil, nameText: "eval", isStrict: script.isStrict)
    var this = frame.pointee.this
    if environment != nil { this = try self.this.evaluate(frame) }
    return try realm.runEval(script, code, environment: environment, scope: frame.pointee.scope, this: this)
  }
}
