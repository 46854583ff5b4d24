// https://html.spec.whatwg.org/multipage/canvas.html#canvasstate

import Geometry

extension CanvasRenderingContext2D {
  public func save() {
    // Departure: browsers let the stack grow until memory ends; a bounded one keeps a runaway loop harmless.
    guard stateStack.count < 1 << 20 else { return }
    stateStack.append(state)
  }

  public func restore() {
    guard let saved = stateStack.popLast() else { return }
    state = saved
    transformDidChange()
  }

  /// "Reset the rendering context to its default state".
  public func reset() {
    guard !contextIsLost else { return }
    // 1.
    bitmap.reset()
    resetState()
  }

  /// Steps 2 to 4.
  func resetState() {
    emptyPath()
    stateStack.removeAll()
    state = DrawingState()
    transformDidChange()
  }

  /// "Set bitmap dimensions".
  func setBitmapDimensions(_ size: PixelSize) {
    bitmap.reset(size: size)
    resetState()
  }

  public func isContextLost() -> Bool { contextIsLost }

  /// The "context lost steps" up to the events: the bitmap is gone, drawing does nothing until `restoreContext`.
  public func loseContext() {
    contextIsLost = true
    bitmap.removeSurface()
  }

  /// The rest of the steps, after a `contextlost` event that nobody cancelled: a blank bitmap and the default state.
  public func restoreContext() {
    guard contextIsLost else { return }
    contextIsLost = false
    resetState()
  }
}
