// `yield` and `await`: the places where a coroutine stops.

import ScriptSyntax

/// `yield value`.
final class YieldNode: ExecutableNode {
  let argument: ExecutableNode
  let isAsync: Bool
  let position: Int32

  init(_ argument: ExecutableNode, isAsync: Bool, position: Int32) {
    self.argument = argument
    self.isAsync = isAsync
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    var value = try argument.evaluate(frame)
    frame.pointee.position = position
    if isAsync { value = try frame.await(value) }
    return try frame.yield(value, isAsync: isAsync)
  }
}

/// The end of the parameters of a generator: the first `next` continues here.
final class GeneratorStartNode: ExecutableNode {
  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    guard let coroutine = frame.pointee.coroutine else { return .normal }
    let (how, value) = try coroutine.suspend(.undefined, isAwaiting: false, frame)
    switch how {
    case .exception: throw Thrown(value)
    case .returning:
      frame.pointee.result = value
      return .returning
    default: return .normal
    }
  }
}

final class AwaitNode: ExecutableNode {
  let argument: ExecutableNode
  let position: Int32

  init(_ argument: ExecutableNode, position: Int32) {
    self.argument = argument
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let value = try argument.evaluate(frame)
    frame.pointee.position = position
    return try frame.await(value)
  }
}

extension FramePointer {
  /// https://tc39.es/ecma262/#await
  func await(_ value: Value) throws(Thrown) -> Value {
    guard let coroutine = pointee.coroutine else { throw pointee.realm.syntaxError("await is only valid in async functions") }
    let (how, result) = try coroutine.suspend(value, isAwaiting: true, self)
    if how == .exception { throw Thrown(result) }
    return result
  }

  /// https://tc39.es/ecma262/#sec-yield
  func yield(_ value: Value, isAsync: Bool) throws(Thrown) -> Value {
    guard let coroutine = pointee.coroutine else { return .undefined }
    let (how, result) = try coroutine.suspend(value, isAwaiting: false, self)
    switch how {
    case .exception: throw Thrown(result)
    case .returning:
      let realm = pointee.realm
      let awaited = isAsync ? try self.await(result) : result
      throw Thrown(.internal(Ref(GeneratorReturn(heap: realm.heap, value: awaited))))
    default: return result
    }
  }
}

/// `yield* iterable`
/// https://tc39.es/ecma262/#sec-generator-function-definitions-runtime-semantics-evaluation
final class YieldDelegateNode: ExecutableNode {
  let argument: ExecutableNode
  let isAsync: Bool
  let position: Int32

  init(_ argument: ExecutableNode, isAsync: Bool, position: Int32) {
    self.argument = argument
    self.isAsync = isAsync
    self.position = position
  }

  override func evaluate(_ frame: FramePointer) throws(Thrown) -> Value {
    let realm = frame.pointee.realm
    let iterable = try argument.evaluate(frame)
    frame.pointee.position = position
    guard let coroutine = frame.pointee.coroutine else { return .undefined }
    let (iterator, next) = isAsync ? try realm.asyncIterator(of: iterable) : try realm.plainIterator(of: iterable)
    var how = Coroutine.Resumption.next
    var received = Value.undefined
    while true {
      var result: Value
      switch how {
      case .exception:
        if let method = try realm.getMethod(iterator, .known(.throw_)) {
          result = try realm.call(method, this: iterator, received)
        } else {
          // The iterator cannot take it: close it, then complain.
          if let close = try realm.getMethod(iterator, .known(.return_)) {
            var closed = try close.call(this: iterator, arguments: Arguments(base: realm.stackPointer, count: 0), realm)
            if isAsync { closed = try frame.await(closed) }
            guard closed.isObject else { throw realm.typeError("Iterator result is not an object") }
          }
          throw realm.typeError("The iterator does not provide a 'throw' method")
        }
      case .returning:
        guard let method = try realm.getMethod(iterator, .known(.return_)) else {
          let value = isAsync ? try frame.await(received) : received
          throw Thrown(.internal(Ref(GeneratorReturn(heap: realm.heap, value: value))))
        }
        result = try realm.call(method, this: iterator, received)
      default:
        result = try realm.call(next, this: iterator, [received])
      }
      if isAsync { result = try frame.await(result) }
      guard case .object(let object) = result else { throw realm.typeError("Iterator result is not an object") }
      if try realm.get(result, .known(.done)).isTruthy {
        let value = try realm.get(.object(object), .known(.value))
        if how == .returning { throw Thrown(.internal(Ref(GeneratorReturn(heap: realm.heap, value: value)))) }
        return value
      }
      if isAsync {
        (how, received) = try coroutine.suspend(try realm.get(result, .known(.value)), isAwaiting: false, frame)
        if how == .returning {
          // The value given to `return` is awaited first; its failure arrives as an exception.
          do throws(Thrown) { received = try frame.await(received) } catch {
            if error.isTermination { throw error }
            how = .exception
            received = error.value
          }
        }
      } else {
        // The inner result object is handed on as it is.
        coroutine.passesResultThrough = true
        (how, received) = try coroutine.suspend(result, isAwaiting: false, frame)
      }
    }
  }
}

/// `for await (target of iterable) body`
final class ForAwaitNode: ForEachNode {
  let iterable: ExecutableNode

  init(
    iterable: ExecutableNode, target: TargetNode, body: ExecutableNode, deadSlots: [Int], scopeSize: Int, labels: [Int32],
    position: Int32
  ) {
    self.iterable = iterable
    super.init(target: target, body: body, deadSlots: deadSlots, scopeSize: scopeSize, labels: labels, position: position)
  }

  override func execute(_ frame: FramePointer) throws(Thrown) -> Completion {
    let realm = frame.pointee.realm
    let value = try evaluateHead(iterable, frame)
    frame.pointee.position = position
    let (iterator, next) = try realm.asyncIterator(of: value)
    let outer = frame.pointee.scope
    defer { frame.pointee.scope = outer }
    while true {
      let result = try frame.await(try realm.call(next, this: iterator))
      guard result.isObject else { throw realm.typeError("Iterator result is not an object") }
      if try realm.get(result, .known(.done)).isTruthy { return .normal }
      let element = try realm.get(result, .known(.value))
      let end: Completion?
      do throws(Thrown) {
        end = try turn(element, frame, outer)
      } catch {
        if error.isTermination { throw error }
        frame.pointee.scope = outer
        do throws(Thrown) {
          try close(iterator, frame, checksResult: error.isGeneratorReturn)
        } catch let closing {
          if closing.isTermination || error.isGeneratorReturn { throw closing }
        }
        throw error
      }
      if let end {
        let result = frame.pointee.result, label = frame.pointee.targetLabel
        frame.pointee.scope = outer
        try close(iterator, frame, checksResult: true)
        frame.pointee.result = result
        frame.pointee.targetLabel = label
        return end
      }
    }
  }

  private func close(_ iterator: Value, _ frame: FramePointer, checksResult: Bool) throws(Thrown) {
    let realm = frame.pointee.realm
    guard let method = try realm.getMethod(iterator, .known(.return_)) else { return }
    let result = try frame.await(
      try method.call(this: iterator, arguments: Arguments(base: realm.stackPointer, count: 0), realm))
    if checksResult, !result.isObject { throw realm.typeError("Iterator result is not an object") }
  }
}
