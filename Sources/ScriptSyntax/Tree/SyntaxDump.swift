/// Writes trees as S-expressions, for tests and for looking at.
///
/// Names and numbers stand for themselves; `x.y` is `(. x y)`; a list in an argument position is in brackets.
public struct SyntaxDump {
  private let names: NameTable

  public init(names: NameTable) {
    self.names = names
  }

  /// The statements of a script, one in a line.
  public func dump(_ script: Script) -> String {
    script.body.map(dump).joined(separator: "\n")
  }

  func text(_ name: NameID) -> String { names.text(name) }

  func list(_ head: String, _ parts: [String]) -> String {
    "(" + ([head] + parts).joined(separator: " ") + ")"
  }

  func brackets(_ parts: [String]) -> String {
    "[" + parts.joined(separator: " ") + "]"
  }

  func quote(_ value: StringValue) -> String {
    "\"" + value.description + "\""
  }
}

// MARK: - Statements

extension SyntaxDump {
  func dump(_ statement: Statement) -> String {
    switch statement {
    case .block(let node): list("block", node.body.map(dump))
    case .variable(let node): dump(node)
    case .function(let node): dump(node)
    case .class(let node): dump(node)
    case .empty: "(empty)"
    case .expression(let node): dump(node.expression)
    case .if(let node): dump(node)
    case .doWhile(let node): list("do", [dump(node.body), dump(node.test)])
    case .while(let node): list("while", [dump(node.test), dump(node.body)])
    case .for(let node): dump(node)
    case .forIn(let node):
      list("for-in", [dump(node.binding, node.initializer), dump(node.object), dump(node.body)])
    case .forOf(let node):
      list(node.isAwait ? "for-await" : "for-of", [dump(node.binding, nil), dump(node.iterable), dump(node.body)])
    case .continue(let node): list("continue", node.label.map { [text($0)] } ?? [])
    case .break(let node): list("break", node.label.map { [text($0)] } ?? [])
    case .return(let node): list("return", node.argument.map { [dump($0)] } ?? [])
    case .with(let node): list("with", [dump(node.object), dump(node.body)])
    case .switch(let node): list("switch", [dump(node.discriminant)] + node.cases.map(dump))
    case .labelled(let node): list("label", [text(node.label), dump(node.body)])
    case .throw(let node): list("throw", [dump(node.argument)])
    case .try(let node): dump(node)
    case .debugger: "(debugger)"
    }
  }

  private func dump(_ node: VariableDeclaration) -> String {
    list(
      "\(node.kind)",
      node.declarations.map { declarator in
        guard let initializer = declarator.initializer else { return dump(declarator.target) }
        return list("=", [dump(declarator.target), dump(initializer)])
      })
  }

  private func dump(_ node: IfStatement) -> String {
    let clauses = node.clauses.flatMap { [dump($0.test), dump($0.consequent)] }
    return list("if", clauses + (node.alternate.map { [dump($0)] } ?? []))
  }

  private func dump(_ node: ForStatement) -> String {
    let initializer =
      switch node.initializer {
      case .none: "_"
      case .declaration(let declaration): dump(declaration)
      case .expression(let expression): dump(expression)
      }
    return list("for", [initializer, node.test.map(dump) ?? "_", node.update.map(dump) ?? "_", dump(node.body)])
  }

  private func dump(_ binding: ForBinding, _ initializer: Expression?) -> String {
    switch binding {
    case .target(let pattern): dump(pattern)
    case .declaration(let kind, let pattern): list("\(kind)", [dump(pattern)] + (initializer.map { [dump($0)] } ?? []))
    }
  }

  private func dump(_ node: SwitchStatement.Case) -> String {
    list(node.test == nil ? "default" : "case", (node.test.map { [dump($0)] } ?? []) + node.body.map(dump))
  }

  private func dump(_ node: TryStatement) -> String {
    var parts = node.block.body.map(dump)
    if let handler = node.handler {
      parts.append(list("catch", (handler.parameter.map { [dump($0)] } ?? []) + handler.body.body.map(dump)))
    }
    if let finalizer = node.finalizer { parts.append(list("finally", finalizer.body.map(dump))) }
    return list("try", parts)
  }
}

// MARK: - Functions and classes

extension SyntaxDump {
  func dump(_ node: FunctionNode) -> String {
    var head = node.isArrow ? "=>" : node.kind == .normal ? "function" : "\(node.kind)"
    if node.isAsync { head = "async " + head }
    if node.isGenerator { head += "*" }
    var parts = node.name.map { [text($0)] } ?? []
    var parameters = node.parameters.map(dump)
    if let rest = node.rest { parameters.append("..." + dump(rest)) }
    if node.kind != .classFieldInitializer, node.kind != .classStaticBlock { parts.append(brackets(parameters)) }
    switch node.body {
    case .statements(let statements): parts += statements.map(dump)
    case .expression(let expression): parts.append(dump(expression))
    }
    return list(head, parts)
  }

  func dump(_ node: ClassNode) -> String {
    var parts = node.name.map { [text($0)] } ?? []
    if let superclass = node.superclass { parts.append(list("extends", [dump(superclass)])) }
    if let constructor = node.constructor { parts.append(dump(constructor)) }
    return list("class", parts + node.members.map(dump))
  }

  private func dump(_ member: ClassMember) -> String {
    switch member {
    case .method(let node): list(node.isStatic ? "static" : "member", [dump(node.key), dump(node.function)])
    case .field(let node):
      list(node.isStatic ? "static-field" : "field", [dump(node.key)] + (node.initializer.map { [dump($0)] } ?? []))
    case .staticBlock(let node): dump(node)
    }
  }
}

// MARK: - Patterns

extension SyntaxDump {
  func dump(_ pattern: Pattern) -> String {
    switch pattern {
    case .identifier(let node): text(node.name)
    case .member(let node): dump(Expression.member(node))
    case .superMember(let node): dump(Expression.superMember(node))
    case .call(let node): dump(Expression.call(node))
    case .array(let node):
      list("array-pattern", node.elements.map { $0.map(dump) ?? "_" } + (node.rest.map { ["..." + dump($0)] } ?? []))
    case .object(let node):
      list(
        "object-pattern",
        node.properties.map { $0.isShorthand ? dump($0.value) : list(":", [dump($0.key), dump($0.value)]) }
          + (node.rest.map { ["..." + dump($0)] } ?? []))
    }
  }

  func dump(_ element: PatternElement) -> String {
    guard let initializer = element.initializer else { return dump(element.target) }
    return list("=", [dump(element.target), dump(initializer)])
  }

  func dump(_ key: PropertyName) -> String {
    switch key.kind {
    case .named(let name), .private(let name): text(name)
    case .string(let value): quote(value)
    case .number(let value): "\(value)"
    case .bigInt(let value): String(decoding: value.digits, as: UTF8.self) + "n"
    case .computed(let expression): brackets([dump(expression)])
    }
  }
}
