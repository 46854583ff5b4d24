// https://drafts.fxtf.org/geometry/#DOMPoint, #DOMRect and #DOMQuad

import CanvasCore
import ScriptRuntime

final class PointBox: GeometryBox {
  var point: DOMPoint

  init(_ point: DOMPoint) { self.point = point }
}

final class RectBox: GeometryBox {
  var rect: DOMRect

  init(_ rect: DOMRect) { self.rect = rect }
}

/// A DOMQuad: its points are objects of their own, in `captured`.
final class QuadBox {
  let points: [PointBox]

  init(_ points: [PointBox]) { self.points = points }
}

extension ScriptEnvironment {
  func wrap(_ point: DOMPoint) -> Value { Value(wrap(PointBox(point), as: .point, bytes: 48)) }
  func wrap(_ rect: DOMRect) -> Value { Value(wrap(RectBox(rect), as: .rect, bytes: 48)) }

  func definePoint(_ prototype: ScriptObject, _ parent: ScriptObject?, _ id: InterfaceID) -> Interface {
    let interface = InterfaceBuilder<PointBox>(self, id, prototype)
    if id == .point {
      interface.number("x", get: { box in box.point.x }, set: { box, value in box.point.x = value })
      interface.number("y", get: { box in box.point.y }, set: { box, value in box.point.y = value })
      interface.number("z", get: { box in box.point.z }, set: { box, value in box.point.z = value })
      interface.number("w", get: { box in box.point.w }, set: { box, value in box.point.w = value })
    } else {
      interface.number("x") { box in box.point.x }
      interface.number("y") { box in box.point.y }
      interface.number("z") { box in box.point.z }
      interface.number("w") { box in box.point.w }
      interface.method("matrixTransform", length: 0) { (call) throws(Thrown) in
        let matrix = try call.environment.matrix(call[0])
        return call.environment.wrap(call.receiver.point.matrixTransform(matrix))
      }
      interface.method("toJSON", length: 0) { (call) throws(Thrown) in
        let point = call.receiver.point
        return try call.environment.object([("x", point.x), ("y", point.y), ("z", point.z), ("w", point.w)])
      }
    }
    let finished = interface.finish(parent) { (environment, arguments, newTarget) throws(Thrown) in
      let x = try environment.optionalNumber(arguments[0], default: 0)
      let y = try environment.optionalNumber(arguments[1], default: 0)
      let z = try environment.optionalNumber(arguments[2], default: 0)
      let point = DOMPoint(x: x, y: y, z: z, w: try environment.optionalNumber(arguments[3], default: 1))
      return Value(try environment.wrap(PointBox(point), as: id, newTarget: newTarget, bytes: 48))
    }
    unowned(unsafe) let environment = self
    defineStatic("fromPoint", on: finished.constructor) { (value: Value) throws(Thrown) -> Value in
      Value(environment.wrap(PointBox(try environment.point(value)), as: id, bytes: 48))
    }
    return finished
  }

  func defineRect(_ prototype: ScriptObject, _ parent: ScriptObject?, _ id: InterfaceID) -> Interface {
    let interface = InterfaceBuilder<RectBox>(self, id, prototype)
    if id == .rect {
      interface.number("x", get: { box in box.rect.x }, set: { box, value in box.rect.x = value })
      interface.number("y", get: { box in box.rect.y }, set: { box, value in box.rect.y = value })
      interface.number("width", get: { box in box.rect.width }, set: { box, value in box.rect.width = value })
      interface.number("height", get: { box in box.rect.height }, set: { box, value in box.rect.height = value })
    } else {
      interface.number("x") { box in box.rect.x }
      interface.number("y") { box in box.rect.y }
      interface.number("width") { box in box.rect.width }
      interface.number("height") { box in box.rect.height }
      interface.number("top") { box in box.rect.top }
      interface.number("right") { box in box.rect.right }
      interface.number("bottom") { box in box.rect.bottom }
      interface.number("left") { box in box.rect.left }
      interface.method("toJSON", length: 0) { (call) throws(Thrown) in
        let rect = call.receiver.rect
        return try call.environment.object([
          ("x", rect.x), ("y", rect.y), ("width", rect.width), ("height", rect.height), ("top", rect.top), ("right", rect.right),
          ("bottom", rect.bottom), ("left", rect.left),
        ])
      }
    }
    let finished = interface.finish(parent) { (environment, arguments, newTarget) throws(Thrown) in
      let x = try environment.optionalNumber(arguments[0], default: 0)
      let y = try environment.optionalNumber(arguments[1], default: 0)
      let width = try environment.optionalNumber(arguments[2], default: 0)
      let rect = DOMRect(x: x, y: y, width: width, height: try environment.optionalNumber(arguments[3], default: 0))
      return Value(try environment.wrap(RectBox(rect), as: id, newTarget: newTarget, bytes: 48))
    }
    unowned(unsafe) let environment = self
    defineStatic("fromRect", on: finished.constructor) { (value: Value) throws(Thrown) -> Value in
      Value(environment.wrap(RectBox(try environment.rect(value)), as: id, bytes: 48))
    }
    return finished
  }

  func defineQuad(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<QuadBox>(self, .quad, prototype)
    for index in 0..<4 {
      interface.attribute("p\(index + 1)", get: { (call) throws(Thrown) in call.wrapper.captured[index] })
    }
    interface.method("getBounds", length: 0) { (call) throws(Thrown) in
      let points = call.receiver.points
      let quad = DOMQuad(p1: points[0].point, p2: points[1].point, p3: points[2].point, p4: points[3].point)
      return call.environment.wrap(quad.bounds)
    }
    interface.method("toJSON", length: 0) { (call) throws(Thrown) in
      let object = call.realm.makeObject()
      for index in 0..<4 {
        try call.realm.createDataProperty(object, call.environment.keys["p\(index + 1)"], call.wrapper.captured[index])
      }
      return Value(object)
    }
    let finished = interface.finish(parent) { (environment, arguments, newTarget) throws(Thrown) in
      let p1 = try environment.point(arguments[0])
      let p2 = try environment.point(arguments[1])
      let p3 = try environment.point(arguments[2])
      let quad = DOMQuad(p1: p1, p2: p2, p3: p3, p4: try environment.point(arguments[3]))
      return Value(try environment.makeQuad(quad, newTarget: newTarget))
    }
    unowned(unsafe) let environment = self
    defineStatic("fromRect", on: finished.constructor) { (value: Value) throws(Thrown) -> Value in
      Value(try environment.makeQuad(DOMQuad(try environment.rect(value)), newTarget: nil))
    }
    defineStatic("fromQuad", on: finished.constructor) { (value: Value) throws(Thrown) -> Value in
      let dictionary = try IDLDictionary(value, environment)
      let p1 = try environment.point(dictionary.member("p1") ?? .undefined)
      let p2 = try environment.point(dictionary.member("p2") ?? .undefined)
      let p3 = try environment.point(dictionary.member("p3") ?? .undefined)
      let p4 = try environment.point(dictionary.member("p4") ?? .undefined)
      return Value(try environment.makeQuad(DOMQuad(p1: p1, p2: p2, p3: p3, p4: p4), newTarget: nil))
    }
    return finished
  }

  func makeQuad(_ quad: DOMQuad, newTarget: ScriptObject?) throws(Thrown) -> HostObject {
    let boxes = [PointBox(quad.p1), PointBox(quad.p2), PointBox(quad.p3), PointBox(quad.p4)]
    let box = QuadBox(boxes)
    let wrapper: HostObject
    if let newTarget {
      wrapper = try wrap(box, as: .quad, newTarget: newTarget, bytes: 64)
    } else {
      wrapper = wrap(box, as: .quad, bytes: 64)
    }
    for point in boxes { wrapper.captured.append(Value(wrap(point, as: .point, bytes: 48))) }
    return wrapper
  }

  /// A static operation with one argument.
  func defineStatic(_ name: String, on constructor: ScriptObject, _ body: @escaping (Value) throws(Thrown) -> Value) {
    let function = realm.makeNativeFunction(name, length: 0) {
      (_: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
      try body(arguments[0])
    }
    realm.defineValue(constructor, name, Value(function), isEnumerable: true)
  }

  func optionalNumber(_ value: Value, default missing: Double) throws(Thrown) -> Double {
    value.isUndefined ? missing : try realm.toNumber(value)
  }

  /// A plain object of numbers.
  func object(_ members: [(String, Double)]) throws(Thrown) -> Value {
    let object = realm.makeObject()
    for (name, value) in members { try realm.createDataProperty(object, keys[name], .number(value)) }
    return Value(object)
  }
}
