// Statements, declarations and patterns.

import ScriptSyntax

extension Lowering {
  func plainStatement(_ statement: Statement) -> ExecutableNode {
    switch statement {
    case .block(let node): return block(node)
    case .variable(let node): return declaration(node)
    case .function(let node):
      guard node.isAnnexBHoisted, let name = node.name else { return EmptyNode() }
      return copyToVariableScope(name, node.range)
    case .class(let node):
      guard let name = node.name else { return EmptyNode() }
      let value = classDefinition(node, name: nil)
      let made = write(name, value, node.range, initializes: true)
      markInitialized(name)
      return EffectNode(made)
    case .empty, .debugger: return EmptyNode()
    case .expression(let node):
      let value = expression(node.expression)
      return keepsCompletionValue ? CompletionValueNode(value) : value
    case .if(let node): return resetting(ifStatement(node))
    case .doWhile(let node):
      let labels = takeLabels()
      let body = self.statement(node.body)
      return resetting(DoWhileNode(test: expression(node.test), body: body, labels: labels))
    case .while(let node):
      let labels = takeLabels()
      let test = expression(node.test)
      return resetting(WhileNode(test: test, body: self.statement(node.body), labels: labels))
    case .for(let node): return resetting(forStatement(node))
    case .forIn(let node): return resetting(forIn(node))
    case .forOf(let node): return resetting(forOf(node))
    case .continue(let node): return JumpNode(.continuing, label: node.label.flatMap { labels[$0] } ?? 0)
    case .break(let node): return JumpNode(.breaking, label: node.label.flatMap { labels[$0] } ?? 0)
    case .return(let node):
      guard let argument = node.argument else { return ReturnNode(nil) }
      let value = expression(argument)
      if let function, function.isAsync, function.isGenerator {
        return ReturnNode(AwaitNode(value, position: offset(node.range)))
      }
      return ReturnNode(value)
    case .with(let node): return resetting(with(node))
    case .switch(let node): return resetting(switchStatement(node))
    case .labelled(let node): return labelled(node)
    case .throw(let node): return ThrowNode(expression(node.argument), position: offset(node.range))
    case .try(let node): return resetting(tryStatement(node))
    }
  }

  private func resetting(_ node: ExecutableNode) -> ExecutableNode {
    keepsCompletionValue ? CompletionResetNode(node) : node
  }

  private func block(_ node: BlockStatement) -> ExecutableNode {
    pendingLabels = []
    if node.scope.isEmpty {
      let body = node.body.map(statement)
      return body.count == 1 ? body[0] : SequenceStatement(body)
    }
    let inner = pushScope(.block, names: node.scope.lexical.map(\.name))
    defer { popScope() }
    declareLexical(node.scope.lexical, in: inner)
    let hoisted = hoistedFunctions(node.scope.functions)
    let body = hoisted + node.body.map(statement)
    return BlockNode(statements: body, deadSlots: deadSlots(of: inner), scopeSize: scopeSize(of: inner))
  }

  /// Annex B: a function in a block is also a variable of the function around it.
  private func copyToVariableScope(_ name: NameID, _ range: SourceRange) -> ExecutableNode {
    let value = read(name, range)
    // In a function that has its arguments object, the name stands for that.
    if name == .arguments, let function, !function.isArrow { return EmptyNode() }
    // The nearest scope of a function or script that has the name.
    var depth = 0
    var next = scope
    while let current = next {
      if current.kind == .function || current.kind == .script {
        if let variable = current.variables[name], variable.kind != .functionName {
          switch variable.location {
          case .slot(let slot): return EffectNode(LocalWrite(slot: slot, value: value))
          case .heap(let index):
            return EffectNode(ScopeWrite(depth: depth, index: index, value: value, checkedName: nil, position: 0))
          case .global: return EmptyNode()
          }
        }
        if current.kind == .script { break }
      }
      if current.kind == .evalVariables {
        return EffectNode(
          WithWrite(
            depths: [depth], key: realm.key(of: name), value: value, isStrict: false, otherwise: { $0 }, slot: newSlot()))
      }
      if current.hasHeapScope { depth += 1 }
      next = current.parent
    }
    return EffectNode(
      GlobalWrite(name: name, key: realm.key(of: name), value: value, isStrict: false, position: offset(range)))
  }

  // MARK: Declarations

  func declaration(_ node: VariableDeclaration) -> ExecutableNode {
    let nodes = node.declarations.map { declarator -> ExecutableNode in
      switch declarator.target {
      case .identifier(let name):
        guard let initializer = declarator.initializer else {
          if node.kind == .var { return EmptyNode() }
          let made = write(name.name, ConstantNode(.undefined), name.range, initializes: true)
          markInitialized(name.name)
          return EffectNode(made)
        }
        let value = named(initializer, name.name)
        let made = write(name.name, value, name.range, initializes: node.kind != .var)
        if node.kind != .var { markInitialized(name.name) }
        return EffectNode(made)
      default:
        let value = declarator.initializer.map(expression) ?? ConstantNode(.undefined)
        let made = DestructuringNode(target: bindingTarget(declarator.target, initializes: node.kind != .var), value: value)
        if node.kind != .var { markPatternInitialized(declarator.target) }
        return EffectNode(made)
      }
    }
    return nodes.count == 1 ? nodes[0] : SequenceStatement(nodes)
  }

  func markPatternInitialized(_ pattern: Pattern) {
    switch pattern {
    case .identifier(let name): markInitialized(name.name)
    case .object(let node):
      for property in node.properties { markPatternInitialized(property.value.target) }
      if let rest = node.rest { markPatternInitialized(rest) }
    case .array(let node):
      for element in node.elements {
        if let element { markPatternInitialized(element.target) }
      }
      if let rest = node.rest { markPatternInitialized(rest) }
    case .member, .superMember, .call: break
    }
  }

  // MARK: Control flow

  private func ifStatement(_ node: IfStatement) -> ExecutableNode {
    let clauses = node.clauses.map { (test: expression($0.test), consequent: statement($0.consequent)) }
    let alternate = node.alternate.map(statement)
    if clauses.count == 1 { return IfNode(test: clauses[0].test, consequent: clauses[0].consequent, alternate: alternate) }
    return IfLadderNode(clauses: clauses, alternate: alternate)
  }

  private func forStatement(_ node: ForStatement) -> ExecutableNode {
    let labels = takeLabels()
    let inner = pushScope(.block, names: node.scope.lexical.map(\.name))
    defer { popScope() }
    declareLexical(node.scope.lexical, in: inner)
    let initializer: ExecutableNode?
    switch node.initializer {
    case .none: initializer = nil
    case .declaration(let head): initializer = declaration(head)
    case .expression(let head): initializer = expression(head)
    }
    let test = node.test.map(expression)
    let update = node.update.map(expression)
    let body = statement(node.body)
    return ForNode(
      initializer: initializer, test: test, update: update, body: body, deadSlots: deadSlots(of: inner),
      scopeSize: scopeSize(of: inner), copiesScope: inner.hasHeapScope && node.scope.lexical.contains { $0.kind == .let },
      labels: labels)
  }

  /// The target of a for-in or for-of loop; its names count as initialised from here on.
  private func loopTarget(_ binding: ForBinding) -> TargetNode {
    switch binding {
    case .declaration(let kind, let pattern):
      let target = bindingTarget(pattern, initializes: kind != .var)
      if kind != .var { markPatternInitialized(pattern) }
      return target
    case .target(let pattern): return assignmentTarget(pattern)
    }
  }

  private func forIn(_ node: ForInStatement) -> ExecutableNode {
    let labels = takeLabels()
    var initializer: ExecutableNode?
    if let value = node.initializer, case .declaration(_, .identifier(let name)) = node.binding {
      initializer = write(name.name, named(value, name.name), name.range)
    }
    let inner = pushScope(.block, names: node.scope.lexical.map(\.name))
    defer { popScope() }
    declareLexical(node.scope.lexical, in: inner)
    let object = expression(node.object)
    let target = loopTarget(node.binding)
    let body = statement(node.body)
    return ForInNode(
      initializer: initializer, object: object, target: target, body: body, deadSlots: deadSlots(of: inner),
      scopeSize: scopeSize(of: inner), labels: labels, position: offset(node.object.range))
  }

  private func forOf(_ node: ForOfStatement) -> ExecutableNode {
    let labels = takeLabels()
    let inner = pushScope(.block, names: node.scope.lexical.map(\.name))
    defer { popScope() }
    declareLexical(node.scope.lexical, in: inner)
    let iterable = expression(node.iterable)
    let target = loopTarget(node.binding)
    let body = statement(node.body)
    let position = offset(node.iterable.range)
    if node.isAwait {
      return ForAwaitNode(
        iterable: iterable, target: target, body: body, deadSlots: deadSlots(of: inner), scopeSize: scopeSize(of: inner),
        labels: labels, position: position)
    }
    return ForOfNode(
      iterable: iterable, target: target, body: body, deadSlots: deadSlots(of: inner), scopeSize: scopeSize(of: inner),
      labels: labels, position: position)
  }

  private func with(_ node: WithStatement) -> ExecutableNode {
    let object = expression(node.object)
    scope = StaticScope(parent: scope, kind: .with, hasHeapScope: true)
    defer { popScope() }
    return WithNode(object: object, body: statement(node.body), position: offset(node.object.range))
  }

  private func switchStatement(_ node: SwitchStatement) -> ExecutableNode {
    pendingLabels = []
    let discriminant = expression(node.discriminant)
    let inner = pushScope(.block, names: node.scope.lexical.map(\.name), allowsJumps: true)
    defer { popScope() }
    declareLexical(node.scope.lexical, in: inner)
    // Every variable may be read by a case before the one that declares it has run.
    for variable in inner.variables.values { variable.isChecked = true }
    let prologue = hoistedFunctions(node.scope.functions)
    let cases = node.cases.map { item in
      SwitchNode.Case(test: item.test.map(expression), body: item.body.map(statement))
    }
    return SwitchNode(
      discriminant: discriminant, cases: cases, deadSlots: deadSlots(of: inner), scopeSize: scopeSize(of: inner),
      prologue: prologue)
  }

  private func labelled(_ node: LabelledStatement) -> ExecutableNode {
    let outer = labels[node.label]
    let label = newLabel(node.label)
    defer { labels[node.label] = outer }
    var target = node.body
    while case .labelled(let inner) = target { target = inner.body }
    switch target {
    case .doWhile, .while, .for, .forIn, .forOf:
      pendingLabels.append(label)
      return LabelledNode(label: label, body: statement(node.body))
    default:
      return LabelledNode(label: label, body: statement(node.body))
    }
  }

  private func tryStatement(_ node: TryStatement) -> ExecutableNode {
    let tried = block(node.block)
    var parameter: TargetNode?
    var handler: ExecutableNode?
    var handlerScopeSize = -1
    if let clause = node.handler {
      let inner = pushScope(.block, names: clause.scope.lexical.map(\.name))
      declareLexical(clause.scope.lexical, in: inner)
      if let pattern = clause.parameter {
        parameter = bindingTarget(pattern, initializes: true)
        markPatternInitialized(pattern)
      }
      handler = block(clause.body)
      handlerScopeSize = scopeSize(of: inner)
      popScope()
    }
    return TryNode(
      block: tried, parameter: parameter, handler: handler, handlerScopeSize: handlerScopeSize,
      finalizer: node.finalizer.map(block))
  }

  // MARK: Patterns

  /// Where a declaration's or parameter's value goes.
  func bindingTarget(_ pattern: Pattern, initializes: Bool) -> TargetNode {
    target(pattern, initializes: initializes)
  }

  func assignmentTarget(_ pattern: Pattern) -> TargetNode { target(pattern, initializes: false) }

  private func target(_ pattern: Pattern, initializes: Bool) -> TargetNode {
    switch pattern {
    case .identifier(let name):
      let resolution = resolve(name.name)
      if resolution.withDepths.isEmpty, case .local(let variable, let slot) = resolution.resolution,
        initializes || (variable.isInitialized && !variable.isImmutable && variable.kind != .functionName)
      {
        return LocalTarget(slot: slot)
      }
      let slot = newSlot()
      return WriteTarget(slot: slot, write: write(name.name, SlotNode(slot: slot), name.range, initializes: initializes))
    case .member(let member):
      if case .private = member.property {
        let read = privateRead(member)
        let write = PrivateWrite(read: read, operation: nil, value: ConstantNode(.undefined))
        return SpecialTarget(receiver: expression(member.object), key: nil) {
          (base: Value, _: Value, value: Value, frame: FramePointer) throws(Thrown) in try write.store(base, value, frame)
        }
      }
      return MemberTarget(
        object: expression(member.object), key: keyNode(member.property), isStrict: isStrict, position: offset(member.propertyRange))
    case .superMember(let member):
      let read = superRead(member)
      let write = SuperWrite(read: read, operation: nil, value: ConstantNode(.undefined), isStrict: isStrict)
      return SpecialTarget(receiver: read.this, key: read.key) {
        (base: Value, key: Value, value: Value, frame: FramePointer) throws(Thrown) in try write.store(base, key, value, frame)
      }
    case .object(let node):
      let properties = node.properties.map { property in
        ObjectPatternTarget.Property(
          key: propertyKeyNode(property.key), element: bindingElement(property.value, initializes: initializes))
      }
      return ObjectPatternTarget(
        properties: properties, rest: node.rest.map { target($0, initializes: initializes) }, position: offset(node.range))
    case .array(let node):
      return ArrayPatternTarget(
        elements: node.elements.map { $0.map { bindingElement($0, initializes: initializes) } },
        rest: node.rest.map { target($0, initializes: initializes) }, position: offset(node.range))
    case .call(let call): return CallTarget(call: expression(.call(call)))
    }
  }

  func bindingElement(_ element: PatternElement, initializes: Bool) -> TargetElement {
    var initializer: ExecutableNode?
    if let value = element.initializer {
      if case .identifier(let name) = element.target, !element.hasParenthesizedTarget {
        initializer = named(value, name.name)
      } else {
        initializer = expression(value)
      }
    }
    // The default is evaluated before the name is initialised.
    let made = TargetElement(target: target(element.target, initializes: initializes), initializer: initializer)
    if initializes { markPatternInitialized(element.target) }
    return made
  }

  // MARK: Classes

  func classDefinition(_ node: ClassNode, name inferred: NameID?) -> ExecutableNode {
    let needsScope = node.name != nil || !node.privateNames.isEmpty
    var inner: StaticScope?
    var innerNameIndex: Int?
    var privateNames: [(index: Int, text: String)] = []
    if needsScope {
      let made = StaticScope(parent: scope, kind: .block, hasHeapScope: true)
      inner = made
      scope = made
      if let own = node.name, case .heap(let index) = made.declareHeap(own, .constant, isInitialized: false).location {
        innerNameIndex = index
      }
      for item in node.privateNames {
        if case .heap(let index) = made.declareHeap(item.name, .pseudo, isInitialized: true).location {
          privateNames.append((index, realm.names.text(item.name)))
        }
      }
    }
    defer { if inner != nil { popScope() } }
    let displayName = node.name ?? inferred
    let key = displayName.map { realm.key(of: $0) }
    let nameText = displayName.map { realm.names.text($0) } ?? ""
    let constructorCode = FunctionCode(
      node: node.constructor, source: source, environment: scope, analysis: analysis, name: key, nameText: nameText, isStrict: true,
      defaultConstructor: node.constructor != nil ? .none : node.superclass == nil ? .base : .derived, sourceRange: node.range)
    let superclass = node.superclass.map(expression)
    let elements = node.members.map { member -> ClassElementNode in
      switch member {
      case .method(let method):
        return ClassElementNode(
          kind: .method(method.kind, code(method.function, key: nil, text: keyText(method.key))), isStatic: method.isStatic,
          key: propertyKeyNode(method.key), isPrivate: Lowering.isPrivate(method.key), position: offset(method.key.range))
      case .field(let field):
        return ClassElementNode(
          kind: fieldKind(field), isStatic: field.isStatic,
          key: propertyKeyNode(field.key), isPrivate: Lowering.isPrivate(field.key), position: offset(field.key.range))
      case .staticBlock(let block):
        return ClassElementNode(
          kind: .staticBlock(code(block, name: nil)), isStatic: true, key: nil, isPrivate: false, position: offset(block.range))
      }
    }
    return ClassDefinitionNode(
      constructorCode: constructorCode, superclass: superclass, elements: elements,
      scopeSize: inner.map(scopeSize(of:)) ?? -1, innerNameIndex: innerNameIndex, privateNames: privateNames, name: key,
      position: offset(node.superclass?.range ?? node.range))
  }

  private func fieldKind(_ field: ClassField) -> ClassElementNode.Kind {
    if !field.isStatic, case .expression(let value)? = field.initializer?.body {
      switch value {
      case .number, .boolean, .null, .string:
        if let constant = expression(value) as? ConstantNode { return .constantField(constant) }
      default: break
      }
    }
    return .field(field.initializer.map { fieldCode($0, field.key) })
  }

  private func fieldCode(_ initializer: FunctionNode, _ key: PropertyName) -> FunctionCode {
    code(initializer, key: nil, text: keyText(key))
  }

  static func isPrivate(_ name: PropertyName) -> Bool {
    if case .private = name.kind { true } else { false }
  }
}
