// From a script object to the engine's object behind it, and back.

import CanvasCore
import ScriptRuntime

/// The host object behind a value, if it is one.
@inline(__always)
func hostObject(_ value: Value) -> HostObject? {
  guard case .object(let reference) = value, reference.cell.kind == .host else { return nil }
  // Safe: only HostObject has this kind.
  return unsafeDowncast(reference.cell, to: HostObject.self)
}

/// The payload behind a value when it is of the class `Payload`, or of a class derived from it.
@inline(__always)
func payload<Payload: AnyObject>(_ value: Value, as type: Payload.Type = Payload.self) -> Payload? {
  guard let object = hostObject(value) else { return nil }
  return payload(of: object, as: type)
}

@inline(__always)
func payload<Payload: AnyObject>(of object: HostObject, as type: Payload.Type = Payload.self) -> Payload? {
  let payload = object.payload
  // The usual case, a final class, is told by one comparison.
  if ObjectIdentifier(Swift.type(of: payload)) == ObjectIdentifier(Payload.self) {
    // Safe: the class was just compared.
    return unsafeDowncast(payload, to: Payload.self)
  }
  return payload as? Payload
}

/// Finds the wrapper of an engine object that a script still holds, so that it gets the same one again. The map does not keep wrappers alive.
final class WrapperMap {
  private var wrappers: [ObjectIdentifier: Ref<HostObject>] = [:]

  fileprivate func wrapper(of object: AnyObject) -> HostObject? { wrappers[ObjectIdentifier(object)]?.cell }

  fileprivate func remember(_ wrapper: HostObject, of object: AnyObject) {
    wrappers[ObjectIdentifier(object)] = Ref(wrapper)
  }

  fileprivate func forget(_ object: AnyObject) { wrappers[ObjectIdentifier(object)] = nil }
}

/// The payload of a gradient's or pattern's wrapper: leaves the map when the collector frees the wrapper.
class MappedPayload {
  private let object: AnyObject
  private let map: WrapperMap

  init(_ object: AnyObject, _ map: WrapperMap) {
    self.object = object
    self.map = map
  }

  deinit { map.forget(object) }
}

final class GradientPayload: MappedPayload {
  let gradient: CanvasGradient

  init(_ gradient: CanvasGradient, _ map: WrapperMap) {
    self.gradient = gradient
    super.init(gradient, map)
  }
}

final class PatternPayload: MappedPayload {
  let pattern: CanvasPattern

  init(_ pattern: CanvasPattern, _ map: WrapperMap) {
    self.pattern = pattern
    super.init(pattern, map)
  }
}

extension ScriptEnvironment {
  func wrap(_ gradient: CanvasGradient) -> HostObject {
    if let known = wrappers.wrapper(of: gradient) { return known }
    let wrapper = wrap(GradientPayload(gradient, wrappers), as: .gradient, bytes: 400)
    wrappers.remember(wrapper, of: gradient)
    return wrapper
  }

  func wrap(_ pattern: CanvasPattern) -> HostObject {
    if let known = wrappers.wrapper(of: pattern) { return known }
    let wrapper = wrap(PatternPayload(pattern, wrappers), as: .pattern, bytes: 200)
    wrappers.remember(wrapper, of: pattern)
    return wrapper
  }
}
