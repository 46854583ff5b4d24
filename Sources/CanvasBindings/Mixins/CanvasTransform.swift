// https://html.spec.whatwg.org/multipage/canvas.html#canvastransform

import CanvasCore
import Geometry
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasTransform() {
    method("scale") { context, x, y in context.scale(x, y) }
    method("rotate") { context, angle in context.rotate(angle) }
    method("translate") { context, x, y in context.translate(x, y) }
    method("transform") { context, a, b, c, d, e, f in context.transform(a, b, c, d, e, f) }
    method("resetTransform") { context in context.resetTransform() }
    method("getTransform", length: 0) { (call) throws(Thrown) in
      Value(call.environment.wrap(MatrixBox(call.receiver.getTransform()), as: .matrix, bytes: 160))
    }
    method("setTransform", length: 0) { (call) throws(Thrown) in
      switch call.count {
      case 0, 1: call.receiver.setTransform(try call.environment.affineTransform(call[0]))
      case 2..<6: throw call.realm.typeError(context("setTransform") + argumentCount(6, call.count))
      default:
        let a = try call.double(0)
        let b = try call.double(1)
        let c = try call.double(2)
        let d = try call.double(3)
        let e = try call.double(4)
        call.receiver.setTransform(a, b, c, d, e, try call.double(5))
      }
      return .undefined
    }
  }
}
