// Which names a function's inner functions reach for: those variables must live in scopes, all others in the frame.
//
// Names are compared without regard to blocks, so a variable may be taken for captured because another of its name is. That costs
// a little speed and nothing else.

import ScriptSyntax

/// The free names of every function of a script.
final class NameAnalysis {
  struct FunctionNames {
    /// Names used in the function or in functions inside that it does not declare itself.
    var free: Set<NameID> = []
    /// Names that functions directly inside leave free.
    var captured: Set<NameID> = []
    /// Whether its own name is used inside.
    var used: Set<NameID> = []
    var arrowsUseThis = false
    var arrowsUseSuper = false
    var arrowsUseNewTarget = false
  }

  private(set) var functions: [ObjectIdentifier: FunctionNames] = [:]
  /// What functions of the script's top level reach for.
  private(set) var topLevel = FunctionNames()

  init(_ script: Script) {
    var walker = NameWalker(analysis: self)
    walker.statements(script.body)
    topLevel = walker.names
  }

  /// For a function that stands alone (the Function constructor).
  init(_ function: FunctionNode) {
    var walker = NameWalker(analysis: self)
    walker.function(function)
    topLevel = walker.names
  }

  func names(of function: FunctionNode) -> FunctionNames { functions[ObjectIdentifier(function)] ?? FunctionNames() }

  fileprivate func record(_ names: FunctionNames, of function: FunctionNode) {
    functions[ObjectIdentifier(function)] = names
  }
}

/// Walks one function's code; inner functions get a walker of their own.
private struct NameWalker {
  let analysis: NameAnalysis
  var names = NameAnalysis.FunctionNames()

  init(analysis: NameAnalysis) { self.analysis = analysis }

  mutating func function(_ node: FunctionNode) {
    var inner = NameWalker(analysis: analysis)
    for parameter in node.parameters { inner.element(parameter) }
    if let rest = node.rest { inner.pattern(rest) }
    switch node.body {
    case .statements(let body): inner.statements(body)
    case .expression(let value): inner.expression(value)
    }
    var free = inner.names.used.union(inner.names.captured)
    inner.names.free = free
    analysis.record(inner.names, of: node)
    // The inner function's own declarations are not free in it.
    for name in node.parameterNames { free.remove(name) }
    for name in node.scope.variables { free.remove(name) }
    for declaration in node.scope.lexical { free.remove(declaration.name) }
    if !node.isArrow { free.remove(.arguments) }
    names.captured.formUnion(free)
    if node.isArrow {
      if node.usesThis { names.arrowsUseThis = true }
      if node.usesSuper { names.arrowsUseSuper = true }
      if node.usesNewTarget { names.arrowsUseNewTarget = true }
    }
  }

  mutating func classNode(_ node: ClassNode) {
    if let superclass = node.superclass { expression(superclass) }
    if let constructor = node.constructor { function(constructor) }
    for member in node.members {
      switch member {
      case .method(let method):
        key(method.key)
        function(method.function)
      case .field(let field):
        key(field.key)
        if let initializer = field.initializer { function(initializer) }
      case .staticBlock(let block): function(block)
      }
    }
  }

  mutating func key(_ name: PropertyName) {
    if case .computed(let value) = name.kind { expression(value) }
  }

  mutating func statements(_ list: [Statement]) {
    for statement in list { self.statement(statement) }
  }

  mutating func statement(_ statement: Statement) {
    switch statement {
    case .block(let node): statements(node.body)
    case .variable(let node): declaration(node)
    case .function(let node): function(node)
    case .class(let node): classNode(node)
    case .empty, .debugger, .continue, .break: break
    case .expression(let node): expression(node.expression)
    case .if(let node):
      for clause in node.clauses {
        expression(clause.test)
        self.statement(clause.consequent)
      }
      if let alternate = node.alternate { self.statement(alternate) }
    case .doWhile(let node):
      self.statement(node.body)
      expression(node.test)
    case .while(let node):
      expression(node.test)
      self.statement(node.body)
    case .for(let node):
      switch node.initializer {
      case .none: break
      case .declaration(let head): declaration(head)
      case .expression(let head): expression(head)
      }
      if let test = node.test { expression(test) }
      if let update = node.update { expression(update) }
      self.statement(node.body)
    case .forIn(let node):
      binding(node.binding)
      if let initializer = node.initializer { expression(initializer) }
      expression(node.object)
      self.statement(node.body)
    case .forOf(let node):
      binding(node.binding)
      expression(node.iterable)
      self.statement(node.body)
    case .return(let node):
      if let argument = node.argument { expression(argument) }
    case .with(let node):
      expression(node.object)
      self.statement(node.body)
    case .switch(let node):
      expression(node.discriminant)
      for item in node.cases {
        if let test = item.test { expression(test) }
        statements(item.body)
      }
    case .labelled(let node): self.statement(node.body)
    case .throw(let node): expression(node.argument)
    case .try(let node):
      statements(node.block.body)
      if let handler = node.handler {
        if let parameter = handler.parameter { pattern(parameter) }
        statements(handler.body.body)
      }
      if let finalizer = node.finalizer { statements(finalizer.body) }
    }
  }

  mutating func declaration(_ node: VariableDeclaration) {
    for declarator in node.declarations {
      pattern(declarator.target)
      if let initializer = declarator.initializer { expression(initializer) }
    }
  }

  mutating func binding(_ binding: ForBinding) {
    switch binding {
    case .declaration(_, let target), .target(let target): pattern(target)
    }
  }

  mutating func element(_ element: PatternElement) {
    pattern(element.target)
    if let initializer = element.initializer { expression(initializer) }
  }

  mutating func pattern(_ pattern: Pattern) {
    switch pattern {
    case .identifier(let node): names.used.insert(node.name)
    case .member(let node): member(node)
    case .superMember(let node):
      if case .computed(let value) = node.property { expression(value) }
    case .object(let node):
      for property in node.properties {
        key(property.key)
        element(property.value)
      }
      if let rest = node.rest { self.pattern(rest) }
    case .array(let node):
      for item in node.elements {
        if let item { element(item) }
      }
      if let rest = node.rest { self.pattern(rest) }
    case .call(let node): call(node)
    }
  }

  mutating func member(_ node: MemberExpression) {
    expression(node.object)
    if case .computed(let value) = node.property { expression(value) }
  }

  mutating func call(_ node: CallExpression) {
    expression(node.callee)
    list(node.arguments)
  }

  mutating func list(_ elements: [ListElement]) {
    for element in elements {
      switch element {
      case .hole: break
      case .expression(let value), .spread(let value): expression(value)
      }
    }
  }

  mutating func expression(_ expression: Expression) {
    switch expression {
    case .identifier(let node): names.used.insert(node.name)
    case .this, .null, .boolean, .number, .string, .bigInt, .regularExpression, .newTarget: break
    case .template(let node): for value in node.expressions { self.expression(value) }
    case .taggedTemplate(let node):
      self.expression(node.tag)
      for value in node.template.expressions { self.expression(value) }
    case .array(let node): list(node.elements)
    case .object(let node):
      for property in node.properties {
        switch property {
        case .value(let item):
          key(item.key)
          self.expression(item.value)
        case .method(let item):
          key(item.key)
          function(item.function)
        case .spread(let value): self.expression(value)
        }
      }
    case .function(let node): function(node)
    case .class(let node): classNode(node)
    case .unary(let node): self.expression(node.operand)
    case .update(let node): pattern(node.target)
    case .binary(let node):
      self.expression(node.left)
      self.expression(node.right)
    case .binaryChain(let node):
      self.expression(node.first)
      for link in node.links { self.expression(link.operand) }
    case .logical(let node): for operand in node.operands { self.expression(operand) }
    case .conditional(let node):
      self.expression(node.test)
      self.expression(node.consequent)
      self.expression(node.alternate)
    case .assignment(let node):
      pattern(node.target)
      self.expression(node.value)
    case .sequence(let node): for value in node.expressions { self.expression(value) }
    case .member(let node): member(node)
    case .superMember(let node):
      if case .computed(let value) = node.property { self.expression(value) }
    case .call(let node): call(node)
    case .superCall(let node): list(node.arguments)
    case .new(let node):
      self.expression(node.callee)
      list(node.arguments)
    case .optionalChain(let node): self.expression(node.expression)
    case .privateIn(let node): self.expression(node.object)
    case .yield(let node):
      if let argument = node.argument { self.expression(argument) }
    case .await(let node): self.expression(node.argument)
    }
  }
}
