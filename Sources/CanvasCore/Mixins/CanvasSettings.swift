// https://html.spec.whatwg.org/multipage/canvas.html#canvassettings

extension CanvasRenderingContext2D {
  public func getContextAttributes() -> CanvasContextSettings { settings }
}
