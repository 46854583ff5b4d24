// https://html.spec.whatwg.org/multipage/canvas.html#canvastext

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasText() {
    method("fillText", length: 3) { (call) throws(Thrown) in
      let text = try call.realm.units(call[0])
      let x = try call.double(1)
      let y = try call.double(2)
      call.receiver.fillText(text, x, y, try call.optionalDouble(3))
      return .undefined
    }
    method("strokeText", length: 3) { (call) throws(Thrown) in
      let text = try call.realm.units(call[0])
      let x = try call.double(1)
      let y = try call.double(2)
      call.receiver.strokeText(text, x, y, try call.optionalDouble(3))
      return .undefined
    }
    method("measureText", length: 1) { (call) throws(Thrown) in
      let metrics = call.receiver.measureText(try call.realm.units(call[0]))
      return Value(call.environment.wrap(metrics, as: .textMetrics, bytes: 300))
    }
  }
}
