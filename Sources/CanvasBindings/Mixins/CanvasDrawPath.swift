// https://html.spec.whatwg.org/multipage/canvas.html#canvasdrawpath

import CanvasCore
import Geometry
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasDrawPath() {
    method("beginPath") { context in context.beginPath() }
    method("fill", length: 0) { (call) throws(Thrown) in
      let (path, rule) = try pathAndRule(call, "fill")
      call.receiver.fill(path, rule)
      return .undefined
    }
    method("clip", length: 0) { (call) throws(Thrown) in
      let (path, rule) = try pathAndRule(call, "clip")
      call.receiver.clip(path, rule)
      return .undefined
    }
    method("stroke", length: 0) { (call) throws(Thrown) in
      if call.count == 0 {
        call.receiver.stroke()
      } else {
        call.receiver.stroke(try requiredPath(call, "stroke"))
      }
      return .undefined
    }
    method("isPointInPath", length: 2) { (call) throws(Thrown) in
      // With two arguments only the overload without a path remains.
      let path = call.count < 3 ? nil : payload(call[0], as: Path2D.self)
      let first = path == nil ? 0 : 1
      let x = try call.double(first)
      let y = try call.double(first + 1)
      return .boolean(call.receiver.isPointInPath(path, x, y, try rule(call, first + 2)))
    }
    method("isPointInStroke", length: 2) { (call) throws(Thrown) in
      let path = call.count < 3 ? nil : payload(call[0], as: Path2D.self)
      let first = path == nil ? 0 : 1
      let x = try call.double(first)
      return .boolean(call.receiver.isPointInStroke(path, x, try call.double(first + 1)))
    }
  }

  private func rule(_ call: Call<Receiver>, _ index: Int) throws(Thrown) -> FillRule {
    let value = call[index]
    if value.isUndefined { return .nonzero }
    return try call.realm.enumeration(value, "CanvasFillRule")
  }

  /// `(optional rule)` or `(path, optional rule)`.
  private func pathAndRule(_ call: Call<Receiver>, _ name: String) throws(Thrown) -> (Path2D?, FillRule) {
    if call.count == 0 { return (nil, .nonzero) }
    if let path = payload(call[0], as: Path2D.self) { return (path, try rule(call, 1)) }
    // With two arguments only the overload with a path remains.
    if call.count > 1 { throw notAPath(call.realm, name) }
    return (nil, try rule(call, 0))
  }

  func requiredPath(_ call: Call<Receiver>, _ name: String) throws(Thrown) -> Path2D {
    guard let path = payload(call[0], as: Path2D.self) else { throw notAPath(call.realm, name) }
    return path
  }

  private func notAPath(_ realm: Realm, _ name: String) -> Thrown {
    realm.typeError(context(name) + "parameter 1 is not of type 'Path2D'.")
  }
}
