// https://html.spec.whatwg.org/multipage/canvas.html#canvassettings

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasSettings() {
    method("getContextAttributes", length: 0) { (call) throws(Thrown) in
      try call.environment.object(call.receiver.getContextAttributes())
    }
  }
}
