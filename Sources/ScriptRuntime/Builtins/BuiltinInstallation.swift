// Everything built in, in the order that the parts need each other.

import ScriptSyntax

extension Realm {
  func installBuiltins() {
    installObjectBuiltins()
    installFunctionBuiltins()
    installErrorBuiltins()
    installIteratorBuiltins()
    installArrayBuiltins()
    installSymbolBuiltins()
    installBooleanBuiltins()
    installGlobalFunctions()
    installNumberBuiltins()
    installBigIntBuiltins()
    installMathBuiltins()
    installJSONBuiltins()
    installReflectBuiltins()
    installProxyBuiltins()
    installStringBuiltins()
    installRegExpBuiltins()
    installMapBuiltins()
    installSetBuiltins()
    installWeakBuiltins()
    installDateBuiltins()
    installArrayBufferBuiltins()
    installTypedArrayBuiltins()
    installDataViewBuiltins()
    installIntlBuiltins()
    installConsoleBuiltins()
    installGeneratorBuiltins()
    installPromiseBuiltins()
    installEvaluationBuiltins()
  }

  /// `eval` and the constructors that turn text into functions.
  private func installEvaluationBuiltins() {
    let evalFunction = defineMethod(globalObject, "eval", length: 1) {
      (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in try realm.indirectEval(arguments[0])
    }
    intrinsics[.evalFunction] = evalFunction
    let kinds: [(name: String, prototype: ScriptObject, kind: DynamicFunctionKind, isGlobal: Bool)] = [
      ("Function", intrinsics.functionPrototype, .normal, true),
      ("GeneratorFunction", intrinsics[.generatorFunction], .generator, false),
      ("AsyncFunction", intrinsics[.asyncFunction], .async, false),
      ("AsyncGeneratorFunction", intrinsics[.asyncGeneratorFunction], .asyncGenerator, false),
    ]
    var functionConstructor: ScriptObject?
    for (name, prototype, kind, isGlobal) in kinds {
      let constructor = defineConstructor(
        name, length: 1, prototype: prototype, parent: functionConstructor, isGlobal: isGlobal,
        call: { (realm: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
          try realm.makeDynamicFunction(arguments, kind: kind, newTarget: nil)
        },
        construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
          try realm.makeDynamicFunction(arguments, kind: kind, newTarget: newTarget)
        })
      if !isGlobal {
        // The three hidden constructors are found through their prototypes only.
        defineHidden(prototype, .constructor, Value(constructor), flags: .configurable)
      }
      functionConstructor = functionConstructor ?? constructor
    }
  }
}
