// https://html.spec.whatwg.org/multipage/canvas.html#canvasimagesmoothing

extension CanvasRenderingContext2D {
  /// Default true.
  public var imageSmoothingEnabled: Bool {
    get { state.imageSmoothingEnabled }
    set { state.imageSmoothingEnabled = newValue }
  }

  /// Default low.
  public var imageSmoothingQuality: ImageSmoothingQuality {
    get { state.imageSmoothingQuality }
    set { state.imageSmoothingQuality = newValue }
  }
}
