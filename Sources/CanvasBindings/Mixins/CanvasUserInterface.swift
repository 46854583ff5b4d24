// https://html.spec.whatwg.org/multipage/canvas.html#canvasuserinterface

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasUserInterface() {
    method("drawFocusIfNeeded", length: 1) { (call) throws(Thrown) in
      let path = payload(call[0], as: Path2D.self)
      if path != nil, call.count < 2 {
        throw call.realm.typeError(context("drawFocusIfNeeded") + argumentCount(2, call.count))
      }
      guard let element = hostObject(call[path == nil ? 0 : 1]), let node = payload(of: element, as: ElementNode.self) else {
        throw call.realm.typeError(context("drawFocusIfNeeded") + "parameter \(path == nil ? 1 : 2) is not of type 'Element'.")
      }
      let canvas = call.wrapper.captured.first.flatMap { hostObject($0) }
      let isDescendant = canvas.map { call.environment.contains($0, element) } ?? false
      call.receiver.drawFocusIfNeeded(path, isFocused: isDescendant && call.environment.focusedElement === node)
      return .undefined
    }
  }
}
