import CanvasCore
import Drawing
import Geometry
import Typography

/// Records commands; understands just enough of them (rectangles of one colour on pixel edges, put pixels, clear) to be read back.
final class TestSurface: DrawingSurface {
  let size: PixelSize
  let settings: SurfaceSettings
  var commands: [DrawCommand] = []
  let pixmap: Pixmap

  init?(size: PixelSize, settings: SurfaceSettings) {
    guard let pixmap = Pixmap(width: size.width, height: size.height, colorSpace: settings.colorSpace) else { return nil }
    self.size = size
    self.settings = settings
    self.pixmap = pixmap
    fill(PixelRect(size), settings.isOpaque ? 0xFF00_0000 : 0)
  }

  func fill(_ rect: PixelRect, _ value: UInt32) {
    let inside = rect.intersection(PixelRect(size))
    for y in inside.y..<inside.maxY { for x in inside.x..<inside.maxX { pixmap[x, y] = value } }
  }

  func draw(_ command: DrawCommand) {
    commands.append(command)
    switch command.operation {
    case .fillRect(let rect):
      guard case .color(let color) = command.paint else { return }
      let alpha = color.alpha
      func byte(_ value: Float) -> UInt32 { UInt32((value * 255).rounded()) }
      fill(
        PixelRect(covering: command.transform.boundingBox(of: rect), within: PixelRect(size)),
        byte(color.red * alpha) | byte(color.green * alpha) << 8 | byte(color.blue * alpha) << 16 | byte(alpha) << 24)
    case .clearRect(let rect):
      fill(
        PixelRect(covering: command.transform.boundingBox(of: rect), within: PixelRect(size)),
        settings.isOpaque ? 0xFF00_0000 : 0)
    case .putPixels(let image, let source, let x, let y):
      for row in 0..<source.height {
        for column in 0..<source.width {
          pixmap[x + column, y + row] = image.pixmap[source.x + column, source.y + row]
        }
      }
    default: break
    }
  }

  func pixels(in rect: PixelRect) -> Pixmap? {
    guard let result = Pixmap(width: rect.width, height: rect.height, colorSpace: settings.colorSpace) else { return nil }
    let inside = rect.intersection(PixelRect(size))
    for y in inside.y..<inside.maxY { for x in inside.x..<inside.maxX { result[x - rect.x, y - rect.y] = pixmap[x, y] } }
    return result
  }

  func snapshot() -> ImageSnapshot? { pixmap.copy().map { ImageSnapshot(pixmap: $0, isOpaque: settings.isOpaque) } }
}

/// A canvas with its 2D context and what was drawn on it.
struct Stage {
  let environment: CanvasEnvironment
  let canvas: Canvas
  let context: CanvasRenderingContext2D

  init(width: Int = 100, height: Int = 50, settings: CanvasContextSettings = CanvasContextSettings(), shaping: TextShaping? = nil) {
    environment = CanvasEnvironment(makeSurface: { TestSurface(size: $0, settings: $1) })
    environment.textShaping = shaping
    canvas = Canvas(width: width, height: height, environment: environment)
    context = try! canvas.getContext2D(settings)!
  }

  var commands: [DrawCommand] { (canvas.bitmap.surface as? TestSurface)?.commands ?? [] }
  var last: DrawCommand? { commands.last }

  /// Straight RGBA of a pixel.
  func pixel(_ x: Int, _ y: Int) throws -> [UInt8] {
    let data = try context.getImageData(x, y, 1, 1)
    return (0..<4).map { data.bytes[$0] }
  }
}

/// Sets every UTF-16 unit as a square glyph, 8/10 of an em above the baseline and 2/10 below.
final class SquareTypesetter: TextShaping {
  private(set) var shapedTexts: [[UInt16]] = []
  private(set) var styles: [TextStyle] = []
  private let source = SquareSource()

  func shape(_ text: [UInt16], style: TextStyle) -> ShapedText {
    shapedTexts.append(text)
    styles.append(style)
    let glyphs = text.enumerated().map { index, unit in
      PositionedGlyph(glyph: UInt32(unit), origin: Point(Double(index) * (style.size + style.letterSpacing), 0))
    }
    let clusters = glyphs.enumerated().map { index, glyph in
      TextCluster(start: index, end: index + 1, x: glyph.origin.x, width: style.size + style.letterSpacing, isRightToLeft: false)
    }
    return ShapedText(
      runs: [GlyphRun(source: source, fontSize: style.size, glyphs: glyphs)], clusters: clusters,
      width: Double(text.count) * (style.size + style.letterSpacing), metrics: metrics(of: style),
      isRightToLeft: style.direction == .rightToLeft)
  }

  func metrics(of style: TextStyle) -> FontMetrics {
    let em = style.size
    return FontMetrics(
      ascent: em, descent: em * 0.25, lineGap: 0, emAscent: em * 0.8, emDescent: em * 0.2, xHeight: em / 2, capHeight: em * 0.7,
      hangingBaseline: em * 0.6, ideographicBaseline: em * -0.1)
  }
}

final class SquareSource: GlyphOutlineSource {
  func outline(of glyph: UInt32) -> Path? {
    glyph == 0x20 ? Path() : .rectangle(Rect(x: 0, y: -0.8, width: 1, height: 1))
  }
  func colorGlyph(_ glyph: UInt32) -> ColorGlyph? { nil }
  func bitmap(of glyph: UInt32, pixelsPerEm: Double) -> GlyphBitmap? { nil }
}

func picture(_ width: Int, _ height: Int, _ value: UInt32 = 0xFF00_FF00) -> ImageSnapshot {
  let pixmap = Pixmap(width: width, height: height)!
  for y in 0..<height { for x in 0..<width { pixmap[x, y] = value } }
  return ImageSnapshot(pixmap: pixmap)
}
