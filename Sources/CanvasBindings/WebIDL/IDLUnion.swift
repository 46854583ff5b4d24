// Unions of the canvas API, told apart here so that the engine sees one type only.

import CanvasCore
import Geometry
import ScriptRuntime

extension ScriptEnvironment {
  /// CanvasImageSource; nil for anything else.
  func imageSource(_ value: Value) -> CanvasImageSource? {
    guard let object = hostObject(value) else { return nil }
    switch object.payload {
    case let element as CanvasElement: return .canvas(element.canvas)
    case let element as ImageElement: return .image(element.image)
    case let offscreen as OffscreenTarget: return .canvas(offscreen.canvas)
    case let bitmap as ImageBitmap: return .imageBitmap(bitmap)
    case let frame as VideoFrameBox: return .imageBitmap(frame.bitmap)
    // Without decoders no video has a current frame: like one that is still loading, it draws nothing.
    case is VideoElement: return .image(HTMLImage())
    default: return nil
    }
  }

  /// What has no pixels to draw is refused with the words that browsers use.
  func requiredImageSource(_ value: Value) throws(Thrown) -> CanvasImageSource {
    guard let source = imageSource(value) else {
      throw realm.typeError(
        "The provided value is not of type '(HTMLCanvasElement or HTMLImageElement or ImageBitmap or OffscreenCanvas)'.")
    }
    return source
  }

  /// `(unrestricted double or DOMPointInit or sequence<(unrestricted double or DOMPointInit)>)`: the radii of a rounded rectangle.
  func cornerRadii(_ value: Value) throws(Thrown) -> [CornerRadius] {
    switch value {
    case .number(let radius): return [CornerRadius(radius)]
    case .undefined, .empty: return [CornerRadius(0)]
    case .object:
      guard try realm.isIterable(value) else { return [try cornerRadius(value)] }
      let members = try realm.sequence(value)
      var radii: [CornerRadius] = []
      for index in members.values.indices {
        // More than four are refused anyway.
        if index >= 5 { break }
        radii.append(try cornerRadius(members.values[index]))
      }
      return radii
    default: return [try cornerRadius(value)]
    }
  }

  private func cornerRadius(_ value: Value) throws(Thrown) -> CornerRadius {
    switch value {
    case .object, .undefined, .null, .empty:
      let point = try point(value)
      return CornerRadius(x: point.x, y: point.y)
    default: return CornerRadius(try realm.toNumber(value))
    }
  }
}
