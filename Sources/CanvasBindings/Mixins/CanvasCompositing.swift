// https://html.spec.whatwg.org/multipage/canvas.html#canvascompositing

import CanvasCore
import Drawing
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasCompositing() {
    number("globalAlpha", get: { context in context.globalAlpha }, set: { context, value in context.globalAlpha = value })
    attribute(
      "globalCompositeOperation", get: { (call) throws(Thrown) in call.realm.text(call.receiver.globalCompositeOperation) },
      set: { (call, value) throws(Thrown) in
        let name = try call.realm.toText(value)
        if call.environment.options.warns, CompositeOperator(rawValue: name) == nil {
          let names = CompositeOperator.allCases.map(\.rawValue)
          call.environment.warn(
            "'\(name)' is no globalCompositeOperation and was ignored\(Spelling.hint(for: name, among: names))")
        }
        call.receiver.globalCompositeOperation = name
      })
  }
}
