// Expressions.

import ScriptSyntax

extension Lowering {
  func plainExpression(_ expression: Expression) -> ExecutableNode {
    switch expression {
    case .identifier(let node): return read(node.name, node.range)
    case .this(let node): return thisNode(node.range)
    case .null: return ConstantNode(.null)
    case .boolean(let node): return ConstantNode(.boolean(node.value))
    case .number(let node): return ConstantNode(.number(node.value))
    case .string(let node): return constant(node.value)
    case .bigInt(let node):
      let value = BigInteger(digits: node.value.digits, radix: node.value.radix) ?? BigInteger(0)
      return ConstantNode(realm.bigInt(value))
    case .regularExpression(let node):
      return RegularExpressionLiteralNode(pattern: string(node.pattern), flags: string(node.flags), position: offset(node.range))
    case .template(let node): return template(node)
    case .taggedTemplate(let node): return taggedTemplate(node)
    case .array(let node): return array(node)
    case .object(let node): return object(node)
    case .function(let node): return ClosureNode(code(node, name: nil))
    case .class(let node): return classDefinition(node, name: nil)
    case .unary(let node): return unary(node)
    case .update(let node): return update(node)
    case .binary(let node):
      return binary(
        node.operator, self.expression(node.left), self.expression(node.right), node.operatorRange)
    case .binaryChain(let node): return chain(node)
    case .logical(let node): return logical(node.operator, node.operands.map(self.expression))
    case .conditional(let node):
      return ConditionalNode(
        test: self.expression(node.test), consequent: self.expression(node.consequent), alternate: self.expression(node.alternate))
    case .assignment(let node): return assignment(node)
    case .sequence(let node):
      let all = node.expressions.map(self.expression)
      return SequenceNode(leading: Array(all.dropLast()), last: all[all.count - 1])
    case .member(let node): return member(node)
    case .superMember(let node): return superRead(node)
    case .call(let node): return call(node)
    case .superCall(let node): return superCall(node)
    case .new(let node):
      return NewNode(
        callee: self.expression(node.callee), arguments: arguments(node.arguments), position: offset(node.range),
        calleeText: text(node.callee.range))
    case .optionalChain(let node): return OptionalChainNode(self.expression(node.expression))
    case .privateIn(let node):
      return PrivateInNode(
        name: read(node.name, node.nameRange), object: self.expression(node.object), position: offset(node.range))
    case .yield(let node): return yield(node)
    case .await(let node): return AwaitNode(self.expression(node.argument), position: offset(node.range))
    case .newTarget: return newTargetNode()
    }
  }

  /// An expression whose value, if it is an anonymous function or class, takes `name`.
  func named(_ expression: Expression, _ name: NameID) -> ExecutableNode {
    switch expression {
    case .function(let node) where node.name == nil: return ClosureNode(code(node, name: name))
    case .class(let node) where node.name == nil: return classDefinition(node, name: name)
    default: return self.expression(expression)
    }
  }

  /// Whether the expression is an anonymous function or class, to be named when its key is known.
  static func isAnonymousFunction(_ expression: Expression) -> Bool {
    switch expression {
    case .function(let node): node.name == nil
    case .class(let node):
      node.name == nil
        && !node.members.contains { member in
          if case .method(let method) = member, method.isStatic, case .named(.name) = method.key.kind { return true }
          return false
        }
    default: false
    }
  }

  // MARK: Operators

  func binary(_ operation: BinaryOperator, _ left: ExecutableNode, _ right: ExecutableNode, _ range: SourceRange) -> ExecutableNode {
    let position = offset(range)
    if let x = left.constantNumber, let y = right.constantNumber, let arithmetic = Lowering.arithmetic(operation) {
      return ConstantNode(.number(arithmetic.apply(x, y)))
    }
    if operation == .add, let sum = ConcatenationNode.sum(left, right, position: position) { return sum }
    if operation == .add || operation == .subtract,
      let sum = SumNode(left, right, takesThirdAway: operation == .subtract, position: position)
    {
      return sum
    }
    let type: BinaryNode.Type =
      switch operation {
      case .add: AddNode.self
      case .subtract: SubtractNode.self
      case .multiply: MultiplyNode.self
      case .divide: DivideNode.self
      case .remainder: RemainderNode.self
      case .exponentiate: ExponentiateNode.self
      case .shiftLeft: ShiftLeftNode.self
      case .shiftRight: ShiftRightNode.self
      case .shiftRightUnsigned: ShiftRightUnsignedNode.self
      case .bitAnd: BitAndNode.self
      case .bitOr: BitOrNode.self
      case .bitXor: BitXorNode.self
      case .equal: EqualNode.self
      case .notEqual: NotEqualNode.self
      case .strictEqual: StrictEqualNode.self
      case .strictNotEqual: StrictNotEqualNode.self
      case .less: LessNode.self
      case .lessEqual: LessEqualNode.self
      case .greater: GreaterNode.self
      case .greaterEqual: GreaterEqualNode.self
      case .in: InNode.self
      case .instanceof: InstanceOfNode.self
      }
    return type.init(left, right, position: position)
  }

  static func arithmetic(_ operation: BinaryOperator) -> ArithmeticOperator? {
    switch operation {
    case .add: .add
    case .subtract: .subtract
    case .multiply: .multiply
    case .divide: .divide
    case .remainder: .remainder
    case .exponentiate: .exponentiate
    case .shiftLeft: .shiftLeft
    case .shiftRight: .shiftRight
    case .shiftRightUnsigned: .shiftRightUnsigned
    case .bitAnd: .bitAnd
    case .bitOr: .bitOr
    case .bitXor: .bitXor
    default: nil
    }
  }

  /// A long run of operators: evaluated in a loop, so that its length costs no stack.
  private func chain(_ node: BinaryChainExpression) -> ExecutableNode {
    let slot = newSlot()
    let links = node.links.map { link in
      binary(link.operator, SlotNode(slot: slot), expression(link.operand), link.operatorRange)
    }
    return BinaryChainNode(first: expression(node.first), slot: slot, links: links)
  }

  func logical(_ operation: LogicalOperator, _ operands: [ExecutableNode]) -> ExecutableNode {
    switch operation {
    case .and: AndNode(operands)
    case .or: OrNode(operands)
    case .coalesce: CoalesceNode(operands)
    }
  }

  private func unary(_ node: UnaryExpression) -> ExecutableNode {
    switch node.operator {
    case .not: return NotNode(expression(node.operand))
    case .void: return VoidNode(expression(node.operand))
    case .typeof:
      if case .identifier(let name) = node.operand { return TypeOfNode(read(name.name, name.range, toleratesAbsence: true)) }
      return TypeOfNode(expression(node.operand))
    case .delete: return delete(node)
    case .minus, .plus, .bitNot:
      let operand = expression(node.operand)
      if node.operator == .minus, let number = operand.constantNumber { return ConstantNode(.number(-number)) }
      return UnaryNumericNode(node.operator, operand, position: offset(node.range))
    }
  }

  private func delete(_ node: UnaryExpression) -> ExecutableNode {
    switch node.operand {
    case .member(let member):
      guard case .private = member.property else { return deleteMember(member, node.range) }
      return ConstantNode(.boolean(false))
    case .optionalChain(let chain):
      guard case .member(let member) = chain.expression else { return afterEvaluating(node.operand, .boolean(true)) }
      return OptionalChainNode(deleteMember(member, node.range), whenStopped: .boolean(true))
    case .superMember(let member):
      let key = superRead(member)
      return SuperDeleteNode(key, position: offset(node.range))
    case .identifier(let name):
      let (resolution, withDepths) = resolve(name.name)
      if case .global = resolution {
        return DeleteNameNode(depths: withDepths, key: realm.key(of: name.name))
      }
      return withDepths.isEmpty
        ? ConstantNode(.boolean(false)) : DeleteNameNode(depths: withDepths, key: realm.key(of: name.name), isDeclared: true)
    default: return afterEvaluating(node.operand, .boolean(true))
    }
  }

  private func deleteMember(_ member: MemberExpression, _ range: SourceRange) -> ExecutableNode {
    let slot = newSlot()
    let object = expression(member.object)
    let deletion = DeleteNode(
      object: SlotNode(slot: slot), key: keyNode(member.property), isStrict: isStrict, position: offset(member.propertyRange))
    return ChainLink(object: object, slot: slot, rest: deletion, isOptional: member.isOptional)
  }

  private func afterEvaluating(_ operand: Expression, _ value: Value) -> ExecutableNode {
    SequenceNode(leading: [expression(operand)], last: ConstantNode(value))
  }

  // MARK: Assignment

  private func assignment(_ node: AssignmentExpression) -> ExecutableNode {
    switch node.operator {
    case .assign: return plainAssignment(node)
    case .binary(let operation):
      guard let arithmetic = Lowering.arithmetic(operation) else { return expression(node.value) }
      if case .identifier(let name) = node.target {
        return write(
          name.name, binary(operation, read(name.name, name.range), expression(node.value), node.operatorRange), name.range)
      }
      return compound(node.target, .arithmetic(arithmetic), expression(node.value), node.operatorRange)
    case .logical(let operation):
      if case .identifier(let name) = node.target {
        let value = node.hasParenthesizedTarget ? expression(node.value) : named(node.value, name.name)
        return logical(operation, [read(name.name, name.range), write(name.name, value, name.range)])
      }
      return compound(node.target, .logical(operation), expression(node.value), node.operatorRange)
    }
  }

  private func plainAssignment(_ node: AssignmentExpression) -> ExecutableNode {
    switch node.target {
    case .identifier(let name):
      let value = node.hasParenthesizedTarget ? expression(node.value) : named(node.value, name.name)
      return write(name.name, value, name.range)
    case .member(let member):
      switch member.property {
      case .named(let name):
        return MemberWrite(
          object: expression(member.object), key: realm.key(of: name), value: expression(node.value), isStrict: isStrict,
          position: offset(member.propertyRange))
      case .computed(let key):
        return ElementWrite(
          object: expression(member.object), key: expression(key), value: expression(node.value), isStrict: isStrict,
          position: offset(member.propertyRange))
      case .private:
        return PrivateWrite(read: privateRead(member), operation: nil, value: expression(node.value))
      }
    case .superMember(let member):
      return SuperWrite(read: superRead(member), operation: nil, value: expression(node.value), isStrict: isStrict)
    case .object, .array:
      return DestructuringNode(target: assignmentTarget(node.target), value: expression(node.value))
    case .call(let call): return CallAssignmentNode(expression(.call(call)), position: offset(call.range))
    }
  }

  /// `target op= value` for targets that are no names.
  private func compound(
    _ target: Pattern, _ operation: CompoundOperation, _ value: ExecutableNode, _ range: SourceRange
  ) -> ExecutableNode {
    switch target {
    case .member(let member):
      switch member.property {
      case .named(let name):
        let (read, write) = memberPair(member, name)
        return MemberCompound(
          object: expression(member.object), read: read, write: write, operation: operation, value: value)
      case .computed(let key):
        return ElementCompound(read: elementRead(member, key), operation: operation, value: value, isStrict: isStrict)
      case .private: return PrivateWrite(read: privateRead(member), operation: operation, value: value)
      }
    case .superMember(let member):
      return SuperWrite(read: superRead(member), operation: operation, value: value, isStrict: isStrict)
    case .call(let call): return CallAssignmentNode(expression(.call(call)), position: offset(call.range))
    case .identifier, .object, .array: return value
    }
  }

  private func update(_ node: UpdateExpression) -> ExecutableNode {
    let step = node.operator == .increment ? 1.0 : -1.0
    switch node.target {
    case .identifier(let name):
      if case .local(let variable, let slot) = resolve(name.name).resolution, variable.isInitialized, !variable.isImmutable,
        variable.kind != .functionName, resolve(name.name).withDepths.isEmpty
      {
        return LocalUpdate(slot: slot, step: step, isPrefix: node.isPrefix, position: offset(name.range))
      }
      let slot = newSlot()
      return GeneralUpdate(
        read: read(name.name, name.range), write: write(name.name, SlotNode(slot: slot), name.range), slot: slot, step: step,
        isPrefix: node.isPrefix, position: offset(name.range))
    case .member(let member):
      switch member.property {
      case .named(let name):
        let (read, write) = memberPair(member, name)
        return MemberUpdate(
          object: expression(member.object), read: read, write: write, step: step, isPrefix: node.isPrefix)
      case .computed(let key):
        return ElementUpdate(read: elementRead(member, key), step: step, isPrefix: node.isPrefix, isStrict: isStrict)
      case .private:
        return PrivateUpdate(
          write: PrivateWrite(read: privateRead(member), operation: nil, value: ConstantNode(.undefined)), step: step,
          isPrefix: node.isPrefix)
      }
    case .superMember(let member):
      return SuperWrite(
        read: superRead(member), operation: .arithmetic(.add), value: ConstantNode(.number(step)), isStrict: isStrict,
        yieldsOld: !node.isPrefix)
    case .call(let call): return CallAssignmentNode(expression(.call(call)), position: offset(call.range))
    case .object, .array: return ConstantNode(.undefined)
    }
  }

  // MARK: Members

  private func memberPair(_ member: MemberExpression, _ name: NameID) -> (MemberRead, MemberWrite) {
    let key = realm.key(of: name)
    let position = offset(member.propertyRange)
    let unused = ConstantNode(.undefined)
    return (
      MemberRead(object: unused, key: key, position: position, objectText: text(member.object.range)),
      MemberWrite(object: unused, key: key, value: unused, isStrict: isStrict, position: position)
    )
  }

  private func elementRead(_ member: MemberExpression, _ key: Expression) -> ElementRead {
    ElementRead(
      object: expression(member.object), key: expression(key), position: offset(member.propertyRange),
      objectText: text(member.object.range))
  }

  func privateRead(_ member: MemberExpression) -> PrivateRead {
    guard case .private(let name) = member.property else {
      return PrivateRead(object: expression(member.object), name: ConstantNode(.undefined), text: "", position: 0)
    }
    return PrivateRead(
      object: expression(member.object), name: read(name, member.propertyRange), text: realm.names.text(name),
      position: offset(member.propertyRange))
  }

  func superRead(_ member: SuperMemberExpression) -> SuperRead {
    SuperRead(
      this: thisNode(member.range), function: functionNode(), key: keyNode(member.property), position: offset(member.propertyRange))
  }

  /// The node that yields a property's key.
  func keyNode(_ property: MemberProperty) -> ExecutableNode {
    switch property {
    case .named(let name), .private(let name): ConstantNode(realm.value(of: realm.key(of: name)))
    case .computed(let key): expression(key)
    }
  }

  private func member(_ node: MemberExpression) -> ExecutableNode {
    if node.isOptional || Lowering.isInChain(node.object) {
      let slot = newSlot()
      let rest = plainMember(node, SlotNode(slot: slot))
      return ChainLink(object: expression(node.object), slot: slot, rest: rest, isOptional: node.isOptional)
    }
    return plainMember(node, expression(node.object))
  }

  private func plainMember(_ node: MemberExpression, _ object: ExecutableNode) -> ExecutableNode {
    let position = offset(node.propertyRange)
    switch node.property {
    case .named(let name):
      let read = MemberRead(object: object, key: realm.key(of: name), position: position, objectText: text(node.object.range))
      return name == .length ? LengthRead(object: object, general: read) : read
    case .computed(let key):
      if case .string(let literal) = key {
        let made = realm.keys.key(for: string(literal.value))
        if !made.isIndex { return MemberRead(object: object, key: made, position: position, objectText: text(node.object.range)) }
      }
      let read = ElementRead(object: object, key: expression(key), position: position, objectText: text(node.object.range))
      return LocalElementRead(read) ?? read
    case .private(let name):
      return PrivateRead(
        object: object, name: read(name, node.propertyRange), text: realm.names.text(name), position: position)
    }
  }

  /// Whether an expression is an inner part of an optional chain, so that it may yield "stopped".
  static func isInChain(_ expression: Expression) -> Bool {
    switch expression {
    case .member(let node): node.isOptional || isInChain(node.object)
    case .call(let node): node.isOptional || isInChain(node.callee)
    default: false
    }
  }

  // MARK: Calls

  func arguments(_ list: [ListElement]) -> ArgumentNodes {
    var spreads: [Bool] = []
    let nodes = list.map { element -> ExecutableNode in
      switch element {
      case .hole:
        spreads.append(false)
        return ConstantNode(.undefined)
      case .expression(let value):
        spreads.append(false)
        return expression(value)
      case .spread(let value):
        spreads.append(true)
        return expression(value)
      }
    }
    return ArgumentNodes(nodes: ContiguousArray(nodes.map(Operand.init)), spreads: spreads.contains(true) ? spreads : [])
  }

  private func call(_ node: CallExpression) -> ExecutableNode {
    let position: Int32
    switch node.callee {
    case .member(let member):
      position = offset(member.propertyRange)
      guard case .named(let name) = member.property else { break }
      let object = expression(member.object)
      let method = MemberRead(
        object: ConstantNode(.undefined), key: realm.key(of: name), position: position, objectText: text(member.object.range))
      return MethodCallNode(
        object: object, method: method, arguments: arguments(node.arguments), position: position,
        calleeText: text(node.callee.range), isOptionalMember: member.isOptional, isOptionalCall: node.isOptional)
    case .identifier(let name):
      if node.isPossibleDirectEval { return directEval(node, name) }
      let withDepths = resolve(name.name).withDepths
      if !withDepths.isEmpty {
        let slot = newSlot()
        return ReceiverCallNode(
          callee: WithCallee(depths: withDepths, key: realm.key(of: name.name), slot: slot, otherwise: read(name.name, name.range)),
          slot: slot, arguments: arguments(node.arguments), position: offset(node.range), calleeText: text(node.callee.range),
          isOptional: node.isOptional)
      }
    default: break
    }
    if let (callee, slot) = receiverCallee(node.callee) {
      return ReceiverCallNode(
        callee: callee, slot: slot, arguments: arguments(node.arguments), position: calleePosition(node),
        calleeText: text(node.callee.range), isOptional: node.isOptional)
    }
    let callee = CallNode(
      callee: expression(node.callee), arguments: arguments(node.arguments), position: calleePosition(node),
      calleeText: text(node.callee.range), isOptional: node.isOptional)
    return Lowering.isInChain(node.callee) ? StoppableCall(callee) : callee
  }

  private func calleePosition(_ node: CallExpression) -> Int32 {
    switch node.callee {
    case .member(let member): offset(member.propertyRange)
    default: offset(node.callee.range)
    }
  }

  /// A callee that supplies `this`: the node leaves the receiver in the slot and yields the function.
  func receiverCallee(_ callee: Expression) -> (ExecutableNode, Int)? {
    switch callee {
    case .member(let member):
      let slot = newSlot()
      return (
        ChainLink(
          object: expression(member.object), slot: slot, rest: plainMember(member, SlotNode(slot: slot)),
          isOptional: member.isOptional), slot
      )
    case .superMember(let member):
      let slot = newSlot()
      return (SequenceNode(leading: [KeepNode(slot: slot, value: thisNode(member.range))], last: superRead(member)), slot)
    case .optionalChain(let chain):
      guard case .member = chain.expression, let (node, slot) = receiverCallee(chain.expression) else { return nil }
      return (OptionalChainNode(node), slot)
    default: return nil
    }
  }

  private func superCall(_ node: SuperCallExpression) -> ExecutableNode {
    let temporary = newSlot()
    let resolution = resolve(.thisVariable).resolution
    guard case .heap(_, let depth, let index) = resolution else { return ConstantNode(.undefined) }
    return SuperCallNode(
      function: functionNode(), newTarget: newTargetNode(), arguments: arguments(node.arguments),
      thisRead: RawScopeRead(depth: depth, index: index), temporary: temporary,
      thisWrite: ScopeWrite(depth: depth, index: index, value: LocalRead(slot: temporary), checkedName: nil, position: 0),
      position: offset(node.range))
  }

  private func template(_ node: TemplateLiteral) -> ExecutableNode {
    let texts = node.elements.map { string($0.cooked ?? $0.raw) }
    guard !node.expressions.isEmpty else { return ConstantNode(Value(texts[0])) }
    var parts: [ExecutableNode] = []
    for (index, text) in texts.enumerated() {
      if text.length > 0 { parts.append(ConstantNode(Value(text))) }
      if index < node.expressions.count { parts.append(expression(node.expressions[index])) }
    }
    return ConcatenationNode(template: parts, position: offset(node.range))
  }

  private func taggedTemplate(_ node: TaggedTemplateExpression) -> ExecutableNode {
    let strings = TemplateObjectNode(
      cooked: node.template.elements.map { $0.cooked.map(string) }, raw: node.template.elements.map { string($0.raw) })
    let nodes = [strings as ExecutableNode] + node.template.expressions.map(expression)
    let arguments = ArgumentNodes(nodes: ContiguousArray(nodes.map(Operand.init)), spreads: [])
    if let (callee, slot) = receiverCallee(node.tag) {
      return ReceiverCallNode(
        callee: callee, slot: slot, arguments: arguments, position: offset(node.range), calleeText: text(node.tag.range),
        isOptional: false)
    }
    return CallNode(
      callee: expression(node.tag), arguments: arguments, position: offset(node.range), calleeText: text(node.tag.range),
      isOptional: false)
  }

  private func directEval(_ node: CallExpression, _ name: Identifier) -> ExecutableNode {
    DirectEvalNode(
      callee: read(name.name, name.range), arguments: arguments(node.arguments), environment: scope, isStrict: isStrict,
      position: offset(node.range), this: thisNode(node.range))
  }

  private func yield(_ node: YieldExpression) -> ExecutableNode {
    let argument = node.argument.map(expression) ?? ConstantNode(.undefined)
    let isAsync = function?.isAsync ?? false
    if node.isDelegating { return YieldDelegateNode(argument, isAsync: isAsync, position: offset(node.range)) }
    return YieldNode(argument, isAsync: isAsync, position: offset(node.range))
  }

  // MARK: Literals

  private func array(_ node: ArrayLiteral) -> ExecutableNode {
    var spreads: [Bool] = []
    let elements = node.elements.map { element -> ExecutableNode in
      switch element {
      case .hole:
        spreads.append(false)
        return ConstantNode(.empty)
      case .expression(let value):
        spreads.append(false)
        return expression(value)
      case .spread(let value):
        spreads.append(true)
        return expression(value)
      }
    }
    return ArrayLiteralNode(elements: elements, spreads: spreads.contains(true) ? spreads : [])
  }

  private func object(_ node: ObjectLiteral) -> ExecutableNode {
    if let plain = plainObject(node) { return plain }
    let entries = node.properties.map { property -> ObjectLiteralEntry in
      switch property {
      case .value(let item):
        if item.isPrototypeSetter { return .prototype(expression(item.value)) }
        if case .named(let name) = item.key.kind {
          return .value(key: propertyKeyNode(item.key), named(item.value, name), namesFunction: false)
        }
        return .value(
          key: propertyKeyNode(item.key), expression(item.value), namesFunction: Lowering.isAnonymousFunction(item.value))
      case .method(let item):
        return .method(key: propertyKeyNode(item.key), item.kind, code(item.function, key: nil, text: keyText(item.key)))
      case .spread(let value): return .spread(expression(value))
      }
    }
    return ObjectLiteralNode(entries: entries, position: offset(node.range))
  }

  private func plainObject(_ node: ObjectLiteral) -> ExecutableNode? {
    var keys: [PropertyKey] = []
    var values: [(Expression, NameID?)] = []
    for property in node.properties {
      guard case .value(let item) = property, !item.isPrototypeSetter else { return nil }
      switch item.key.kind {
      case .named(let name):
        keys.append(realm.key(of: name))
        values.append((item.value, name))
      case .string(let text):
        let key = realm.keys.key(for: string(text))
        guard !key.isIndex, !Lowering.isAnonymousFunction(item.value) else { return nil }
        keys.append(key)
        values.append((item.value, nil))
      default: return nil
      }
    }
    guard Set(keys).count == keys.count, keys.count <= 200 else { return nil }
    return PlainObjectNode(keys: keys, values: values.map { value, name in name.map { named(value, $0) } ?? expression(value) })
  }

  /// The node that yields the key of a literal's or class's property.
  func propertyKeyNode(_ name: PropertyName) -> ExecutableNode {
    switch name.kind {
    case .named(let id): return ConstantNode(realm.value(of: realm.key(of: id)))
    case .private(let id): return read(id, name.range)
    case .string(let text): return constant(text)
    case .number(let number): return ConstantNode(Value(realm.string(number: number)))
    case .bigInt(let digits):
      let value = BigInteger(digits: digits.digits, radix: digits.radix) ?? BigInteger(0)
      return ConstantNode(Value(realm.string(value.description)))
    case .computed(let value): return PropertyKeyNode(expression(value), position: offset(name.range))
    }
  }

  /// The key as text, for stack traces.
  func keyText(_ name: PropertyName) -> String {
    switch name.kind {
    case .named(let id), .private(let id): realm.names.text(id)
    case .string(let text): text.description
    case .number(let number): realm.string(number: number).text
    case .bigInt, .computed: ""
    }
  }
}
