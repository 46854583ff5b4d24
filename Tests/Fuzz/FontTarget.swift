// Sets and draws text in damaged fonts.

import Drawing
import Geometry
import Glibc
import Raster
import ScriptRuntime
import Typography

/// Opens fonts, shapes a text in them and draws it. What a font says may make the text odd, but no case may take long or much memory.
struct FontTarget: FuzzTarget {
  static let name = "font"
  static let words: [String] = []
  static let readsText = false
  /// Of processor time.
  private static let longestCase: UInt64 = 4_000_000_000
  private static let mostMemory = 1 << 30
  private static let text = "AFLHfi é 1 שלא مرحبا ABCDEFGHIJKLMNOPQR 😀👍🏽 क्ष ‹›"

  static func inputs(_ options: FuzzOptions) -> (any InputSource)? {
    let own = FontTarget.fonts(in: "Tests/ScriptTests/Text"), installed = FontTarget.fonts(in: "/usr/share/fonts")
    return own.isEmpty ? nil : FontMutator(corpus: own + own + installed.prefix(40))
  }

  /// The small fonts below a folder.
  private static func fonts(in folder: String) -> [[UInt8]] {
    Corpus.names(folder).flatMap { name -> [[UInt8]] in
      let path = folder + "/" + name
      guard [".ttf", ".otf", ".ttc"].contains(where: name.hasSuffix) else { return fonts(in: path) }
      return Corpus.read(file: path, longest: 400_000).flatMap { $0.count < 400_000 ? [$0] : nil } ?? []
    }
  }

  init(world: @escaping () -> Realm) {}

  func run(_ input: [UInt8]) throws {
    let start = FontTarget.processorTime
    let library = FontLibrary(includesSystemFonts: false)
    _ = try? library.addFontData(input, name: "whole")
    guard (try? library.addFontData(input, name: "one", family: "X")) != nil else { return try check(start) }
    for family in library.describeFamilies() { _ = library.explainMatch(TextStyle(families: [.named(family.name)])) }
    var style = TextStyle(families: [.named("X")], size: 40, weight: input.count % 2 == 0 ? 700 : 400)
    if input.count % 3 == 0 { style.variantCaps = .smallCaps }
    if input.count % 5 == 0 { style.slant = .italic }
    let shaped = library.shape(FontTarget.text, style: style)
    let metrics = library.metrics(of: style)
    for number in [shaped.width, metrics.ascent, metrics.descent, metrics.lineGap] where !number.isFinite {
      throw Contradiction(text: "a measure that is no number")
    }
    _ = shaped.inkBox(rounding: .wholeUnits)
    draw(shaped)
    try check(start)
  }

  private func draw(_ shaped: ShapedText) {
    guard let surface = RasterSurface(size: PixelSize(width: 300, height: 150)) else { return }
    let ink = Paint.color(Color(red: 1, green: 0, blue: 0, alpha: 0.5))
    let transforms = [
      AffineTransform.translation(10, 60), AffineTransform(a: 0.3, b: 0.1, c: -0.2, d: 0.4, e: 20, f: 100), .scale(9, 9),
    ]
    for transform in transforms {
      surface.draw(DrawCommand(operation: .fillGlyphs(shaped.runs), paint: ink, transform: transform))
    }
    surface.draw(
      DrawCommand(
        operation: .strokeGlyphs(shaped.runs, StrokeStyle(lineWidth: 2)), paint: ink, transform: transforms[0],
        compositing: Compositing(compositeOperator: .sourceIn)))
    _ = surface.snapshot()
  }

  private func check(_ start: UInt64) throws {
    let time = FontTarget.processorTime - start
    if time > FontTarget.longestCase { throw Contradiction(text: "it took \(time / 1_000_000) ms") }
    var usage = rusage()
    getrusage(0, &usage)  // RUSAGE_SELF
    if usage.ru_maxrss > FontTarget.mostMemory / 1024 { throw Contradiction(text: "it took \(usage.ru_maxrss) KiB") }
  }

  private static var processorTime: UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
  }
}
