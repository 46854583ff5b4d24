// https://drafts.fxtf.org/geometry/#DOMMatrix

import CanvasCore
import ScriptRuntime

/// A geometry object that comes in two kinds, of which one cannot be changed.
class GeometryBox {
  final var isReadOnly = false
}

/// A DOMMatrix or DOMMatrixReadOnly.
final class MatrixBox: GeometryBox {
  var matrix: DOMMatrix

  init(_ matrix: DOMMatrix) { self.matrix = matrix }
}

private typealias MatrixBuilder = InterfaceBuilder<MatrixBox>

extension ScriptEnvironment {
  func wrap(_ matrix: DOMMatrix) -> Value { Value(wrap(MatrixBox(matrix), as: .matrix, bytes: 160)) }

  func defineMatrixReadOnly(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = MatrixBuilder(self, .matrixReadOnly, prototype)
    interface.matrixMembers(isMutable: false)
    interface.flag("is2D", get: { box in box.matrix.is2D })
    interface.flag("isIdentity", get: { box in box.matrix.isIdentity })
    interface.derived("translate", "translateSelf")
    interface.derived("scale", "scaleSelf")
    interface.derived("scale3d", "scale3dSelf")
    interface.derived("rotate", "rotateSelf")
    interface.derived("rotateFromVector", "rotateFromVectorSelf")
    interface.derived("rotateAxisAngle", "rotateAxisAngleSelf")
    interface.derived("skewX", "skewXSelf")
    interface.derived("skewY", "skewYSelf")
    interface.derived("multiply", "multiplySelf")
    interface.derived("inverse", "invertSelf")
    interface.method("scaleNonUniform", length: 0) { (call) throws(Thrown) in
      var matrix = call.receiver.matrix
      let x = try call.double(0, default: 1)
      matrix.scaleSelf(x, try call.double(1, default: 1))
      return call.environment.wrap(matrix)
    }
    interface.method("flipX", length: 0) { (call) throws(Thrown) in call.environment.wrap(call.receiver.matrix.flippedX()) }
    interface.method("flipY", length: 0) { (call) throws(Thrown) in call.environment.wrap(call.receiver.matrix.flippedY()) }
    interface.method("transformPoint", length: 0) { (call) throws(Thrown) in
      let point = try call.environment.point(call[0])
      return call.environment.wrap(call.receiver.matrix.transformPoint(point))
    }
    interface.method("toFloat32Array", length: 0) { (call) throws(Thrown) in
      try call.environment.numberArray(.float32, call.receiver.matrix.values)
    }
    interface.method("toFloat64Array", length: 0) { (call) throws(Thrown) in
      try call.environment.numberArray(.float64, call.receiver.matrix.values)
    }
    interface.method("toString", length: 0) { (call) throws(Thrown) in
      let matrix = call.receiver.matrix
      return call.realm.text(try call.environment.mapErrors { () throws(CanvasError) in try matrix.serialized() })
    }
    interface.method("toJSON", length: 0) { (call) throws(Thrown) in
      let object = call.realm.makeObject()
      for (name, get, _) in MatrixMember.all {
        try call.realm.createDataProperty(object, call.environment.keys[name], .number(get(call.receiver.matrix)))
      }
      try call.realm.createDataProperty(object, call.environment.keys["is2D"], .boolean(call.receiver.matrix.is2D))
      try call.realm.createDataProperty(object, call.environment.keys["isIdentity"], .boolean(call.receiver.matrix.isIdentity))
      return Value(object)
    }
    let finished = interface.finish(parent, construct: ScriptEnvironment.matrixConstruction(.matrixReadOnly))
    defineStaticMatrixMembers(on: finished.constructor, .matrixReadOnly)
    return finished
  }

  func defineMatrix(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = MatrixBuilder(self, .matrix, prototype)
    interface.matrixMembers(isMutable: true)
    for name in [
      "translateSelf", "scaleSelf", "scale3dSelf", "rotateSelf", "rotateFromVectorSelf", "rotateAxisAngleSelf", "skewXSelf",
      "skewYSelf", "multiplySelf", "preMultiplySelf", "invertSelf",
    ] {
      interface.method(name, length: 0) { (call) throws(Thrown) in
        try call.change(name, &call.receiver.matrix)
        return Value(call.wrapper)
      }
    }
    interface.method("setMatrixValue", length: 1) { (call) throws(Thrown) in
      let text = try call.text(0)
      call.receiver.matrix = try call.environment.mapErrors { () throws(CanvasError) in try DOMMatrix(parsing: text) }
      return Value(call.wrapper)
    }
    let finished = interface.finish(parent, construct: ScriptEnvironment.matrixConstruction(.matrix))
    defineStaticMatrixMembers(on: finished.constructor, .matrix)
    return finished
  }

  private static func matrixConstruction(_ id: InterfaceID) -> InterfaceBuilder<MatrixBox>.Construction {
    { (environment: ScriptEnvironment, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
      let matrix = try environment.constructedMatrix(arguments[0])
      return Value(try environment.wrap(MatrixBox(matrix), as: id, newTarget: newTarget, bytes: 160))
    }
  }

  /// `(DOMString or sequence<unrestricted double>)`.
  private func constructedMatrix(_ value: Value) throws(Thrown) -> DOMMatrix {
    if value.isUndefined { return DOMMatrix() }
    if try realm.isIterable(value) {
      let numbers = try realm.doubles(value)
      return try mapErrors { () throws(CanvasError) in try DOMMatrix(numbers) }
    }
    let text = try realm.toText(value)
    return try mapErrors { () throws(CanvasError) in try DOMMatrix(parsing: text) }
  }

  private func defineStaticMatrixMembers(on constructor: ScriptObject, _ id: InterfaceID) {
    unowned(unsafe) let environment = self
    func define(_ name: String, _ make: @escaping (Value) throws(Thrown) -> DOMMatrix) {
      let function = realm.makeNativeFunction(name, length: name == "fromMatrix" ? 0 : 1) {
        (_: Realm, _: Value, arguments: Arguments) throws(Thrown) -> Value in
        Value(environment.wrap(MatrixBox(try make(arguments[0])), as: id, bytes: 160))
      }
      realm.defineValue(constructor, name, Value(function), isEnumerable: true)
    }
    define("fromMatrix") { (value: Value) throws(Thrown) -> DOMMatrix in try environment.matrix(value) }
    for (name, kind) in [("Float32Array", TypedArrayKind.float32), ("Float64Array", .float64)] {
      define("from" + name) { (value: Value) throws(Thrown) -> DOMMatrix in
        guard let array = value.asObject as? TypedArrayObject, array.elementKind == kind else {
          throw environment.realm.typeError("Failed to execute 'from\(name)' on '\(id.name)': parameter 1 is not of type '\(name)'.")
        }
        let numbers = try environment.realm.doubles(value)
        return try environment.mapErrors { () throws(CanvasError) in try DOMMatrix(numbers) }
      }
    }
  }
}

/// The numbers of a matrix with their accessors.
private enum MatrixMember {
  typealias Entry = (name: String, get: (DOMMatrix) -> Double, set: (inout DOMMatrix, Double) -> Void)

  static var all: [Entry] {
    [
      ("a", { $0.a }, { $0.a = $1 }), ("b", { $0.b }, { $0.b = $1 }), ("c", { $0.c }, { $0.c = $1 }),
      ("d", { $0.d }, { $0.d = $1 }), ("e", { $0.e }, { $0.e = $1 }), ("f", { $0.f }, { $0.f = $1 }),
      ("m11", { $0.m11 }, { $0.m11 = $1 }), ("m12", { $0.m12 }, { $0.m12 = $1 }), ("m13", { $0.m13 }, { $0.m13 = $1 }),
      ("m14", { $0.m14 }, { $0.m14 = $1 }), ("m21", { $0.m21 }, { $0.m21 = $1 }), ("m22", { $0.m22 }, { $0.m22 = $1 }),
      ("m23", { $0.m23 }, { $0.m23 = $1 }), ("m24", { $0.m24 }, { $0.m24 = $1 }), ("m31", { $0.m31 }, { $0.m31 = $1 }),
      ("m32", { $0.m32 }, { $0.m32 = $1 }), ("m33", { $0.m33 }, { $0.m33 = $1 }), ("m34", { $0.m34 }, { $0.m34 = $1 }),
      ("m41", { $0.m41 }, { $0.m41 = $1 }), ("m42", { $0.m42 }, { $0.m42 = $1 }), ("m43", { $0.m43 }, { $0.m43 = $1 }),
      ("m44", { $0.m44 }, { $0.m44 = $1 }),
    ]
  }
}

extension InterfaceBuilder where Receiver == MatrixBox {
  fileprivate func matrixMembers(isMutable: Bool) {
    for (name, get, set) in MatrixMember.all {
      if isMutable {
        number(name, get: { box in get(box.matrix) }, set: { box, value in set(&box.matrix, value) })
      } else {
        number(name) { box in get(box.matrix) }
      }
    }
  }

  /// An operation that does to a copy what `selfName` does to the matrix.
  fileprivate func derived(_ name: String, _ selfName: String) {
    method(name, length: 0) { (call) throws(Thrown) in
      var matrix = call.receiver.matrix
      try call.change(selfName, &matrix)
      return call.environment.wrap(matrix)
    }
  }
}

extension Call where Receiver == MatrixBox {
  /// The operations that change a matrix, by their names on DOMMatrix.
  fileprivate func change(_ name: String, _ matrix: inout DOMMatrix) throws(Thrown) {
    switch name {
    case "translateSelf":
      let x = try double(0, default: 0)
      let y = try double(1, default: 0)
      matrix.translateSelf(x, y, try double(2, default: 0))
    case "scaleSelf":
      let x = try double(0, default: 1)
      let y = try optionalDouble(1)
      let z = try double(2, default: 1)
      let originX = try double(3, default: 0)
      let originY = try double(4, default: 0)
      matrix.scaleSelf(x, y, z, originX, originY, try double(5, default: 0))
    case "scale3dSelf":
      let scale = try double(0, default: 1)
      let originX = try double(1, default: 0)
      let originY = try double(2, default: 0)
      matrix.scale3dSelf(scale, originX, originY, try double(3, default: 0))
    case "rotateSelf":
      let x = try double(0, default: 0)
      let y = try optionalDouble(1)
      matrix.rotateSelf(x, y, try optionalDouble(2))
    case "rotateFromVectorSelf":
      let x = try double(0, default: 0)
      matrix.rotateFromVectorSelf(x, try double(1, default: 0))
    case "rotateAxisAngleSelf":
      let x = try double(0, default: 0)
      let y = try double(1, default: 0)
      let z = try double(2, default: 0)
      matrix.rotateAxisAngleSelf(x, y, z, try double(3, default: 0))
    case "skewXSelf": matrix.skewXSelf(try double(0, default: 0))
    case "skewYSelf": matrix.skewYSelf(try double(0, default: 0))
    case "multiplySelf": matrix.multiplySelf(try environment.matrix(self[0]))
    case "preMultiplySelf": matrix.preMultiplySelf(try environment.matrix(self[0]))
    default: matrix.invertSelf()
    }
  }
}
