// https://html.spec.whatwg.org/multipage/canvas.html#canvasdrawimage

import Drawing
import Geometry

extension CanvasRenderingContext2D {
  public func drawImage(_ image: CanvasImageSource, _ dx: Double, _ dy: Double) throws(CanvasError) {
    try drawImage(image, source: nil, dx, dy, nil)
  }

  public func drawImage(
    _ image: CanvasImageSource, _ dx: Double, _ dy: Double, _ dw: Double, _ dh: Double
  ) throws(CanvasError) {
    try drawImage(image, source: nil, dx, dy, (dw, dh))
  }

  public func drawImage(
    _ image: CanvasImageSource, _ sx: Double, _ sy: Double, _ sw: Double, _ sh: Double, _ dx: Double, _ dy: Double, _ dw: Double,
    _ dh: Double
  ) throws(CanvasError) {
    try drawImage(image, source: Rect(x: sx, y: sy, width: sw, height: sh), dx, dy, (dw, dh))
  }

  private func drawImage(
    _ image: CanvasImageSource, source: Rect?, _ dx: Double, _ dy: Double, _ size: (width: Double, height: Double)?
  ) throws(CanvasError) {
    // 1.
    guard source?.isFinite ?? true, dx.isFinite, dy.isFinite, size?.width.isFinite ?? true, size?.height.isFinite ?? true
    else { return }
    // 2. 3.
    guard try image.checkUsability() else { return }
    guard canDraw, let (snapshot, pixelSize) = image.detailedSnapshot(), !pixelSize.isEmpty else { return }
    // 4.
    let all = Rect(x: 0, y: 0, width: Double(pixelSize.width), height: Double(pixelSize.height))
    let source = source ?? all
    let destination = Rect(
      x: dx, y: dy, width: size?.width ?? all.width, height: size?.height ?? all.height)
    // 5.
    guard source.width != 0, source.height != 0 else { return }
    // 7. Even where nothing lands on the bitmap.
    defer { if !image.isOriginClean { bitmap.isOriginClean = false } }
    // 6. Pixels keep their direction whatever the signs of the sizes are.
    let from = source.standardized, to = destination.standardized
    guard let cut = from.intersection(all), !to.isEmpty else { return emitNothing() }
    let scaleX = to.width / from.width, scaleY = to.height / from.height
    let target =
      cut == from
      ? to
      : Rect(
        x: to.x + (cut.x - from.x) * scaleX, y: to.y + (cut.y - from.y) * scaleY, width: cut.width * scaleX,
        height: cut.height * scaleY)
    guard target.isFinite else { return }
    let finenessX = Double(snapshot.width) / all.width, finenessY = Double(snapshot.height) / all.height
    let pixels = Rect(
      x: cut.x * finenessX, y: cut.y * finenessY, width: cut.width * finenessX, height: cut.height * finenessY)
    emit(.drawImage(snapshot, source: pixels, destination: target), paint: .color(.black))
  }
}
