// https://html.spec.whatwg.org/multipage/canvas.html#canvasstate

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasState() {
    method("save") { context in context.save() }
    method("restore") { context in context.restore() }
    method("reset") { context in context.reset() }
    method("isContextLost", length: 0) { (call) throws(Thrown) in .boolean(call.receiver.isContextLost()) }
  }
}
