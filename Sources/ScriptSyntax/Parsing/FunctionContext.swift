/// What the grammar needs to know of the function the parser is in.
struct FunctionContext {
  struct Label {
    let name: NameID
    let range: SourceRange
    var isLoop: Bool
  }

  var isArrow = false
  var isAsync = false
  var isGenerator = false
  var isStrict = false
  var allowsReturn = false
  var allowsNewTarget = false
  var allowsSuperProperty = false
  var allowsSuperCall = false
  /// In a class field initializer or static block, and arrow functions inside.
  var forbidsArguments = false
  /// In a class static block, but not in functions inside: `await` is no name.
  var reservesAwait = false
  /// Among the parameters of a generator or async function: `yield` and `await` have no place.
  var isInParameters = false
  /// Whether `in` is an operator here; not in the head of a `for`.
  var allowsIn = true
  var uses: FunctionUses = []
  /// Where the first `yield` or `await` expression (or the name `await`) since the last reset stands, or -1.
  var firstYield: Int32 = -1
  var firstAwait: Int32 = -1
  var loopDepth: Int32 = 0
  /// Of loops and switches.
  var breakableDepth: Int32 = 0
  var labels: [Label] = []
  /// The first of the labels right before the statement being parsed.
  var labelSetStart = 0

  /// What a function is parsed in that has nothing from the function around it but strictness.
  init(isStrict: Bool) {
    self.isStrict = isStrict
  }

  /// The context of a function with `this` of its own.
  init(_ signature: FunctionSignature, isStrict: Bool) {
    self.isStrict = isStrict
    isAsync = signature.isAsync
    isGenerator = signature.isGenerator
    allowsReturn = true
    allowsNewTarget = true
    switch signature.kind {
    case .normal: break
    case .getter, .setter, .method, .constructor, .derivedConstructor: allowsSuperProperty = true
    case .classFieldInitializer, .classStaticBlock:
      allowsSuperProperty = true
      allowsReturn = false
      forbidsArguments = true
      reservesAwait = signature.kind == .classStaticBlock
    }
    allowsSuperCall = signature.kind == .derivedConstructor
  }

  /// The context of the body of an arrow function that stands here.
  func arrow(isAsync: Bool) -> FunctionContext {
    var result = FunctionContext(isStrict: isStrict)
    result.isArrow = true
    result.isAsync = isAsync
    result.allowsReturn = true
    result.allowsNewTarget = allowsNewTarget
    result.allowsSuperProperty = allowsSuperProperty
    result.allowsSuperCall = allowsSuperCall
    result.forbidsArguments = forbidsArguments
    return result
  }
}

extension Parser {
  /// Makes `context` the current one; the old one must be given to `leaveFunction`.
  mutating func enterFunction(_ context: FunctionContext) -> FunctionContext {
    let outer = function
    function = context
    return outer
  }

  mutating func leaveFunction(_ outer: FunctionContext) {
    let passedOn: FunctionUses = function.isArrow ? [.lexical, .contained] : .contained
    let uses = function.uses.intersection(passedOn)
    function = outer
    function.uses.formUnion(uses)
  }
}
