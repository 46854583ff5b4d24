// https://html.spec.whatwg.org/multipage/canvas.html#canvaspathdrawingstyles

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasPathDrawingStyles() {
    number("lineWidth", get: { context in context.lineWidth }, set: { context, value in context.lineWidth = value })
    enumeration("lineCap", get: { context in context.lineCap }, set: { context, value in context.lineCap = value })
    enumeration("lineJoin", get: { context in context.lineJoin }, set: { context, value in context.lineJoin = value })
    number("miterLimit", get: { context in context.miterLimit }, set: { context, value in context.miterLimit = value })
    method("setLineDash", length: 1) { (call) throws(Thrown) in
      call.receiver.setLineDash(try call.realm.doubles(call[0]))
      return .undefined
    }
    method("getLineDash", length: 0) { (call) throws(Thrown) in call.realm.array(call.receiver.getLineDash()) }
    number("lineDashOffset", get: { context in context.lineDashOffset }, set: { context, value in context.lineDashOffset = value })
  }
}
