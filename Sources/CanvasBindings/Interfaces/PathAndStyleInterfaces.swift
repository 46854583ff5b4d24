// Path2D, CanvasGradient and CanvasPattern: https://html.spec.whatwg.org/multipage/canvas.html#path2d and around.

import CanvasCore
import ScriptRuntime

extension ScriptEnvironment {
  func definePath2D(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<Path2D>(self, .path2D, prototype)
    interface.method("addPath", length: 1) { (call) throws(Thrown) in
      guard let path = payload(call[0], as: Path2D.self) else {
        throw call.realm.typeError("Failed to execute 'addPath' on 'Path2D': parameter 1 is not of type 'Path2D'.")
      }
      call.receiver.addPath(path, try call.environment.affineTransform(call[1]))
      return .undefined
    }
    interface.canvasPath()
    return interface.finish(parent) { (environment, arguments, newTarget) throws(Thrown) in
      let path: Path2D
      if arguments[0].isUndefined {
        path = Path2D()
      } else if let other = payload(arguments[0], as: Path2D.self) {
        path = Path2D(other)
      } else {
        path = Path2D(svgPathData: try environment.realm.toText(arguments[0]))
      }
      return Value(try environment.wrap(path, as: .path2D, newTarget: newTarget, bytes: 256))
    }
  }

  func defineGradient(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<GradientPayload>(self, .gradient, prototype)
    interface.method("addColorStop", length: 2) { (call) throws(Thrown) in
      let offset = try call.realm.finiteDouble(call[0])
      let color = try call.text(1)
      do throws(CanvasError) {
        try call.receiver.gradient.addColorStop(offset, color)
      } catch {
        throw call.environment.exception(error, in: "Failed to execute 'addColorStop' on 'CanvasGradient': ")
      }
      return .undefined
    }
    return interface.finish(parent)
  }

  func definePattern(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<PatternPayload>(self, .pattern, prototype)
    interface.method("setTransform", length: 0) { (call) throws(Thrown) in
      call.receiver.pattern.setTransform(try call.environment.affineTransform(call[0]))
      return .undefined
    }
    return interface.finish(parent)
  }
}
