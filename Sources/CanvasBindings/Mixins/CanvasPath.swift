// https://html.spec.whatwg.org/multipage/canvas.html#canvaspath, for contexts and Path2D.

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver: CanvasPath {
  func canvasPath() {
    method("closePath") { path in path.closePath() }
    method("moveTo") { path, x, y in path.moveTo(x, y) }
    method("lineTo") { path, x, y in path.lineTo(x, y) }
    method("quadraticCurveTo") { path, cpx, cpy, x, y in path.quadraticCurveTo(cpx, cpy, x, y) }
    method("bezierCurveTo") { path, cp1x, cp1y, cp2x, cp2y, x, y in path.bezierCurveTo(cp1x, cp1y, cp2x, cp2y, x, y) }
    method("arcTo") { (path, x1, y1, x2, y2, radius) throws(CanvasError) in try path.arcTo(x1, y1, x2, y2, radius) }
    method("rect") { path, x, y, w, h in path.rect(x, y, w, h) }
    method("roundRect", length: 4) { (call) throws(Thrown) in
      let x = try call.double(0)
      let y = try call.double(1)
      let w = try call.double(2)
      let h = try call.double(3)
      let radii = try call.environment.cornerRadii(call[4])
      do throws(CanvasError) {
        try call.receiver.roundRect(x, y, w, h, radii)
      } catch {
        throw call.environment.exception(error, in: context("roundRect"))
      }
      return .undefined
    }
    method("arc") { (path, x, y, radius, startAngle, endAngle, counterclockwise: Bool) throws(CanvasError) in
      try path.arc(x, y, radius, startAngle, endAngle, counterclockwise)
    }
    method("ellipse", length: 7) { (call) throws(Thrown) in
      let x = try call.double(0)
      let y = try call.double(1)
      let radiusX = try call.double(2)
      let radiusY = try call.double(3)
      let rotation = try call.double(4)
      let startAngle = try call.double(5)
      let endAngle = try call.double(6)
      do throws(CanvasError) {
        try call.receiver.ellipse(x, y, radiusX, radiusY, rotation, startAngle, endAngle, call.boolean(7))
      } catch {
        throw call.environment.exception(error, in: context("ellipse"))
      }
      return .undefined
    }
  }
}
