// Scripts and eval: from a parsed tree to its effects.
// https://tc39.es/ecma262/#sec-scriptevaluation and #sec-performeval

import ScriptSyntax

extension Realm {
  /// Runs a parsed script in the global environment.
  public func evaluate(_ script: Script) throws(Thrown) {
    let code = FunctionCode(
      node: nil, source: script.source, environment: nil, analysis: nil, name: nil, nameText: "", isStrict: script.isStrict)
    let analysis = NameAnalysis(script)
    let lowering = Lowering(
      realm: self, source: script.source, analysis: analysis, isStrict: script.isStrict, captured: analysis.topLevel.captured,
      capturesAll: script.containsDirectEval || script.containsWith, function: nil, environment: nil)
    try instantiateGlobals(script.scope, code)
    var statements = lowering.hoistedFunctions(script.scope.functions)
    for function in script.scope.functions {
      if let name = function.name { declareGlobalFunction(key(of: name)) }
    }
    statements += script.body.map(lowering.statement)
    try runGlobalCode(
      code, FunctionBody(slotCount: lowering.usedSlots, parameterCount: 0, statements: SequenceStatement(statements)))
  }

  /// Runs top-level code in a frame of its own and returns the frame's result.
  @discardableResult
  private func runGlobalCode(_ code: FunctionCode, _ body: FunctionBody, scope: Ref<Scope>? = nil, this: Value? = nil) throws(Thrown)
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
      let key = key(of: name)
      if globalLexicals[key] != nil { throw declarationError(name, function.nameRange, code) }
      let (value, flags) = globalObject.ordinaryOwnSlot(key)
      let isDefinable =
        value.isEmpty
        ? globalObject.isExtensibleFlag
        : flags.contains(.configurable) || (!flags.contains(.accessor) && flags.contains([.writable, .enumerable]))
      if !isDefinable { throw typeError("Cannot redefine global function '\(names.text(name))'") }
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

  /// A global function replaces an accessor or hidden property of its name by a plain one.
  private func declareGlobalFunction(_ key: PropertyKey) {
    let (value, flags) = globalObject.ordinaryOwnSlot(key)
    let wanted: PropertyFlags = [.writable, .enumerable]
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
    return try runEval(script, code, environment: nil, scope: nil, this: Value(globalObject), isGlobal: true)
  }

  func parsed(_ source: SourceText, _ options: ParseOptions) throws(Thrown) -> Script {
    var options = options
    options.regularExpressionValidator = Realm.validateRegularExpression
    try checkDepth()
    let result = parseScript(source, names: names, options: options)
    guard let script = result.script, !result.hasErrors else {
      let message = result.diagnostics.first { $0.severity == .error }?.message ?? "Invalid or unexpected token"
      throw syntaxError(message)
    }
    return script
  }

  /// Runs eval code. Its `let` and `const` are its own; `var` and functions go to the global object where the code is global and
  /// sloppy, else they stay inside.
  // Departure: `var` of a direct eval inside a function is not added to that function's variables.
  fileprivate func runEval(
    _ script: Script, _ code: FunctionCode, environment: StaticScope?, scope: Ref<Scope>?, this: Value, isGlobal: Bool
  ) throws(Thrown) -> Value {
    let analysis = NameAnalysis(script)
    let lowering = Lowering(
      realm: self, source: script.source, analysis: analysis, isStrict: script.isStrict, captured: analysis.topLevel.captured,
      capturesAll: true, function: nil, environment: environment)
    lowering.keepsCompletionValue = true
    lowering.isEval = true
    let declaresGlobals = isGlobal && !script.isStrict
    if declaresGlobals {
      for name in script.scope.variables + script.scope.annexBFunctions.compactMap(\.name) {
        let key = key(of: name)
        if globalLexicals[key] != nil { throw declarationError(name, nil, code) }
        if globalObject.ordinaryOwnSlot(key).value.isEmpty {
          guard globalObject.isExtensibleFlag else { throw typeError("Cannot declare global variable '\(names.text(name))'") }
          globalObject.createDataSlot(key, .undefined, self)
        }
      }
    }
    let own = lowering.pushScope(
      declaresGlobals ? .block : .function, names: script.scope.lexical.map(\.name) + script.scope.variables, forcesHeap: true)
    var statements: [ExecutableNode] = []
    if !declaresGlobals {
      for name in script.scope.variables + script.scope.annexBFunctions.compactMap(\.name) where own.variables[name] == nil {
        statements.append(
          lowering.storePseudo(own.declareHeap(name, .variable, isInitialized: true), ConstantNode(.undefined)))
      }
    }
    lowering.declareLexical(script.scope.lexical, in: own)
    statements += lowering.hoistedFunctions(script.scope.functions)
    statements += script.body.map(lowering.statement)
    let body = FunctionBody(slotCount: lowering.usedSlots, parameterCount: 0, statements: SequenceStatement(statements))
    body.scopeSize = own.heapCount
    return try runGlobalCode(code, body, scope: scope, this: this)
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
    let result = parseFunction(
      parameters: Array(parameters.utf8), body: Array(bodyText.utf8), kind: kind, names: names, options: options)
    guard let node = result.function, !result.hasErrors else {
      throw syntaxError(result.diagnostics.first { $0.severity == .error }?.message ?? "Invalid or unexpected token")
    }
    let key = self.key("anonymous")
    let code = FunctionCode(
      node: node, source: result.source, environment: nil, analysis: NameAnalysis(node), name: key, nameText: "anonymous",
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
  let function: FunctionNode?
  let position: Int32
  let this: ExecutableNode

  init(
    callee: ExecutableNode, arguments: ArgumentNodes, environment: StaticScope?, isStrict: Bool, function: FunctionNode?,
    position: Int32, this: ExecutableNode
  ) {
    self.callee = callee
    self.arguments = arguments
    self.environment = environment
    self.isStrict = isStrict
    self.function = function
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
    let isInFunction = function != nil
    options.allowsNewTarget = isInFunction
    options.allowsSuperProperty = function.map { $0.kind != .normal } ?? false
    let source = SourceText(name: "<eval>", text: text.text)
    let script = try realm.parsed(source, options)
    let code = FunctionCode(
      node: nil, source: source, environment: environment, analysis: nil, name: nil, nameText: "eval", isStrict: script.isStrict)
    var this = frame.pointee.this
    if isInFunction { this = try self.this.evaluate(frame) }
    return try realm.runEval(
      script, code, environment: environment, scope: frame.pointee.scope, this: this, isGlobal: environment == nil)
  }
}
