extension SyntaxDump {
  func dump(_ expression: Expression) -> String {
    switch expression {
    case .identifier(let node): text(node.name)
    case .this: "this"
    case .null: "null"
    case .boolean(let node): "\(node.value)"
    case .number(let node): dump(node.value)
    case .string(let node): quote(node.value)
    case .bigInt(let node): String(decoding: node.value.digits, as: UTF8.self) + "n"
    case .regularExpression(let node): "/" + node.pattern.description + "/" + node.flags.description
    case .template(let node): dump(node)
    case .taggedTemplate(let node): list("tagged", [dump(node.tag), dump(node.template)])
    case .array(let node): list("array", node.elements.map(dump))
    case .object(let node): list("object", node.properties.map(dump))
    case .function(let node): dump(node)
    case .class(let node): dump(node)
    case .unary(let node): list(node.operator.spelling, [dump(node.operand)])
    case .update(let node): list(node.isPrefix ? node.operator.spelling + "_" : "_" + node.operator.spelling, [dump(node.target)])
    case .binary(let node): list(node.operator.spelling, [dump(node.left), dump(node.right)])
    case .binaryChain(let node):
      list("chain", [dump(node.first)] + node.links.flatMap { [$0.operator.spelling, dump($0.operand)] })
    case .logical(let node): list(node.operator.spelling, node.operands.map(dump))
    case .conditional(let node): list("?", [dump(node.test), dump(node.consequent), dump(node.alternate)])
    case .assignment(let node): list(node.operator.spelling, [dump(node.target), dump(node.value)])
    case .sequence(let node): list(",", node.expressions.map(dump))
    case .member(let node): list(node.isOptional ? "?." : ".", [dump(node.object), dump(node.property)])
    case .superMember(let node): list(".", ["super", dump(node.property)])
    case .call(let node): list(node.isOptional ? "call?" : "call", [dump(node.callee)] + node.arguments.map(dump))
    case .superCall(let node): list("call", ["super"] + node.arguments.map(dump))
    case .new(let node): list("new", [dump(node.callee)] + node.arguments.map(dump))
    case .optionalChain(let node): list("chain?", [dump(node.expression)])
    case .privateIn(let node): list("in", [text(node.name), dump(node.object)])
    case .yield(let node): list(node.isDelegating ? "yield*" : "yield", node.argument.map { [dump($0)] } ?? [])
    case .await(let node): list("await", [dump(node.argument)])
    case .newTarget: "new.target"
    }
  }

  private func dump(_ number: Double) -> String {
    guard number == number.rounded(), abs(number) < 1e15 else { return "\(number)" }
    return "\(Int64(number))"
  }

  private func dump(_ property: MemberProperty) -> String {
    switch property {
    case .named(let name), .private(let name): text(name)
    case .computed(let expression): brackets([dump(expression)])
    }
  }

  private func dump(_ element: ListElement) -> String {
    switch element {
    case .hole: "_"
    case .expression(let expression): dump(expression)
    case .spread(let expression): "..." + dump(expression)
    }
  }

  private func dump(_ property: Property) -> String {
    switch property {
    case .value(let node) where node.isShorthand: dump(node.key)
    case .value(let node): list(node.isPrototypeSetter ? "proto:" : ":", [dump(node.key), dump(node.value)])
    case .method(let node): list("member", [dump(node.key), dump(node.function)])
    case .spread(let expression): "..." + dump(expression)
    }
  }

  private func dump(_ node: TemplateLiteral) -> String {
    var parts: [String] = []
    for (index, element) in node.elements.enumerated() {
      parts.append(element.cooked.map(quote) ?? "_")
      if index < node.expressions.count { parts.append(dump(node.expressions[index])) }
    }
    return list("template", parts)
  }
}
