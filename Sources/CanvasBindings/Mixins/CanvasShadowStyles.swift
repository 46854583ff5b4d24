// https://html.spec.whatwg.org/multipage/canvas.html#canvasshadowstyles

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasShadowStyles() {
    number("shadowOffsetX", get: { context in context.shadowOffsetX }, set: { context, value in context.shadowOffsetX = value })
    number("shadowOffsetY", get: { context in context.shadowOffsetY }, set: { context, value in context.shadowOffsetY = value })
    number("shadowBlur", get: { context in context.shadowBlur }, set: { context, value in context.shadowBlur = value })
    attribute(
      "shadowColor", get: { (call) throws(Thrown) in call.realm.text(call.receiver.shadowColor) },
      set: { (call, value) throws(Thrown) in
        let text = try call.realm.toText(value)
        guard call.receiver.parseColor(text) != nil else { return call.environment.warnAboutColor(text) }
        call.receiver.shadowColor = text
      })
  }
}
