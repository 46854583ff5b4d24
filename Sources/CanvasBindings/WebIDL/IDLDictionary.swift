// https://webidl.spec.whatwg.org/#js-dictionary

import CanvasCore
import Drawing
import Geometry
import ScriptRuntime

/// A value that is read as a dictionary: undefined and null have no members.
struct IDLDictionary {
  let object: Value?
  let environment: ScriptEnvironment

  init(_ value: Value, _ environment: ScriptEnvironment) throws(Thrown) {
    self.environment = environment
    switch value {
    case .undefined, .null, .empty: object = nil
    case .object: object = value
    default: throw environment.realm.typeError("The provided value is not of type object.")
    }
  }

  /// The member, nil where it is absent or undefined. Members are to be read in alphabetical order.
  func member(_ name: String) throws(Thrown) -> Value? {
    guard let object else { return nil }
    let value = try environment.realm.get(object, environment.keys[name])
    return value.isUndefined ? nil : value
  }

  func double(_ name: String) throws(Thrown) -> Double? {
    guard let value = try member(name) else { return nil }
    return try environment.realm.toNumber(value)
  }

  func boolean(_ name: String) throws(Thrown) -> Bool? {
    guard let value = try member(name) else { return nil }
    return environment.realm.boolean(value)
  }

  func text(_ name: String) throws(Thrown) -> String? {
    guard let value = try member(name) else { return nil }
    return try environment.realm.toText(value)
  }

  func enumeration<Member: RawRepresentable>(_ name: String, _ typeName: String) throws(Thrown) -> Member?
  where Member.RawValue == String {
    guard let value = try member(name) else { return nil }
    return try environment.realm.enumeration(value, typeName)
  }
}

/// `colorType` of context settings.
private enum CanvasColorType: String {
  case unorm8
  case float16
}

extension ScriptEnvironment {
  /// CanvasRenderingContext2DSettings.
  func contextSettings(_ value: Value) throws(Thrown) -> CanvasContextSettings {
    var settings = CanvasContextSettings()
    // "If options is not an object, then set options to null."
    let dictionary = try IDLDictionary(value.isObject ? value : .null, self)
    settings.alpha = try dictionary.boolean("alpha") ?? true
    settings.colorSpace = try dictionary.enumeration("colorSpace", "PredefinedColorSpace") ?? .srgb
    let colorType: CanvasColorType? = try dictionary.enumeration("colorType", "CanvasColorType")
    settings.usesFloatPixels = colorType == .float16
    settings.desynchronized = try dictionary.boolean("desynchronized") ?? false
    settings.willReadFrequently = try dictionary.boolean("willReadFrequently") ?? false
    return settings
  }

  /// The settings as `getContextAttributes` gives them.
  func object(_ settings: CanvasContextSettings) throws(Thrown) -> Value {
    let object = realm.makeObject()
    try realm.createDataProperty(object, keys["alpha"], .boolean(settings.alpha))
    try realm.createDataProperty(object, keys["colorSpace"], realm.text(settings.colorSpace.rawValue))
    try realm.createDataProperty(object, keys["colorType"], realm.text(settings.usesFloatPixels ? "float16" : "unorm8"))
    try realm.createDataProperty(object, keys["desynchronized"], .boolean(settings.desynchronized))
    try realm.createDataProperty(object, keys["willReadFrequently"], .boolean(settings.willReadFrequently))
    return Value(object)
  }

  /// ImageDataSettings.
  func imageDataSettings(_ value: Value) throws(Thrown) -> ImageDataSettings {
    let dictionary = try IDLDictionary(value, self)
    let colorSpace: ColorSpace? = try dictionary.enumeration("colorSpace", "PredefinedColorSpace")
    return ImageDataSettings(
      colorSpace: colorSpace, pixelFormat: try dictionary.enumeration("pixelFormat", "ImageDataPixelFormat"))
  }

  /// ImageEncodeOptions.
  func encodeOptions(_ value: Value) throws(Thrown) -> (type: String, quality: Double?) {
    let dictionary = try IDLDictionary(value, self)
    let quality = try dictionary.double("quality")
    return (try dictionary.text("type") ?? "image/png", quality)
  }

  /// DOMMatrix2DInit, validated and fixed up.
  func affineTransform(_ value: Value) throws(Thrown) -> AffineTransform {
    if let box = payload(value, as: MatrixBox.self) { return box.matrix.affine }
    let dictionary = try IDLDictionary(value, self)
    let members = try flatMembers(dictionary)
    return try mapErrors { () throws(CanvasError) in try members.fixedUp() }
  }

  /// DOMMatrixInit as a matrix.
  func matrix(_ value: Value) throws(Thrown) -> DOMMatrix {
    if let box = payload(value, as: MatrixBox.self) { return box.matrix }
    let dictionary = try IDLDictionary(value, self)
    var members = DOMMatrixInit()
    members.flat = try flatMembers(dictionary)
    members.is2D = try dictionary.boolean("is2D")
    members.m13 = try dictionary.double("m13")
    members.m14 = try dictionary.double("m14")
    members.m23 = try dictionary.double("m23")
    members.m24 = try dictionary.double("m24")
    members.m31 = try dictionary.double("m31")
    members.m32 = try dictionary.double("m32")
    members.m33 = try dictionary.double("m33")
    members.m34 = try dictionary.double("m34")
    members.m43 = try dictionary.double("m43")
    members.m44 = try dictionary.double("m44")
    let complete = members
    return try mapErrors { () throws(CanvasError) in try complete.matrix() }
  }

  private func flatMembers(_ dictionary: IDLDictionary) throws(Thrown) -> DOMMatrix2DInit {
    var members = DOMMatrix2DInit()
    guard dictionary.object != nil else { return members }
    members.a = try dictionary.double("a")
    members.b = try dictionary.double("b")
    members.c = try dictionary.double("c")
    members.d = try dictionary.double("d")
    members.e = try dictionary.double("e")
    members.f = try dictionary.double("f")
    members.m11 = try dictionary.double("m11")
    members.m12 = try dictionary.double("m12")
    members.m21 = try dictionary.double("m21")
    members.m22 = try dictionary.double("m22")
    members.m41 = try dictionary.double("m41")
    members.m42 = try dictionary.double("m42")
    return members
  }

  /// DOMPointInit.
  func point(_ value: Value) throws(Thrown) -> DOMPoint {
    if let box = payload(value, as: PointBox.self) { return box.point }
    let dictionary = try IDLDictionary(value, self)
    let w = try dictionary.double("w")
    let x = try dictionary.double("x")
    let y = try dictionary.double("y")
    return DOMPoint(x: x ?? 0, y: y ?? 0, z: try dictionary.double("z") ?? 0, w: w ?? 1)
  }

  /// DOMRectInit.
  func rect(_ value: Value) throws(Thrown) -> DOMRect {
    let dictionary = try IDLDictionary(value, self)
    let height = try dictionary.double("height")
    let width = try dictionary.double("width")
    let x = try dictionary.double("x")
    return DOMRect(x: x ?? 0, y: try dictionary.double("y") ?? 0, width: width ?? 0, height: height ?? 0)
  }
}
