// What the bindings ask for: event loop, files, decoders, fonts.

import CSSValues
import CanvasBindings
import CanvasCore
import Drawing
import ImageCodecs
import ScriptRuntime
import Typography

/// The services of one run, used on its thread.
final class ScriptHost: HostServices {
  let loop: EventLoop
  private let loader: ResourceLoader
  private let fonts: FontLibrary
  private let maximumPixels: Int
  /// Told what a callback threw.
  var uncaught: (Thrown) -> Void = { _ in }

  init(loop: EventLoop, loader: ResourceLoader, fonts: FontLibrary, maximumPixels: Int) {
    self.loop = loop
    self.loader = loader
    self.fonts = fonts
    self.maximumPixels = maximumPixels
  }

  var now: Double { loop.clock.read() }
  var timeOrigin: Double { loop.clock.origin }

  func enqueueTask(_ task: @escaping () -> Void) { loop.enqueue(task) }

  func startTimer(afterMilliseconds delay: Double, repeats: Bool, _ task: @escaping () -> Void) -> Int {
    loop.startTimer(afterMilliseconds: delay, repeats: repeats, task)
  }

  func cancelTimer(_ number: Int) { loop.cancelTimer(number) }

  func requestAnimationFrame(_ task: @escaping (Double) -> Void) -> Int { loop.requestFrame(task) }
  func cancelAnimationFrame(_ number: Int) { loop.cancelFrame(number) }

  func loadResource(_ url: String, completion: @escaping (Result<LoadedResource, ResourceFailure>) -> Void) {
    loop.enqueue { [loader] in
      do throws(ResourceFailure) {
        completion(.success(try loader.load(url)))
      } catch {
        completion(.failure(error))
      }
    }
  }

  func decodeImage(_ bytes: [UInt8]) -> ImageSnapshot? {
    let options = ImageDecodeOptions(limits: DecodeLimits(maxPixels: maximumPixels))
    guard let image = try? ImageDecoder.decode(bytes, options: options) else { return nil }
    return ImageSnapshot(pixmap: image.pixmap, isOpaque: image.isOpaque)
  }

  func declaredImageSize(_ bytes: [UInt8]) -> (width: Int, height: Int)? {
    guard let size = ImageDecoder.declaredSize(of: bytes) else { return nil }
    // Both sides fit in 31 bits. A sound picture that is merely too large is a failure, not a blank.
    return size.width * size.height <= maximumPixels ? size : nil
  }

  func openFont(_ bytes: [UInt8], _ descriptors: FontFaceDescriptors) -> (any ScriptFont)? {
    LoadedFont(bytes, family: descriptors.family, FontDescriptors(descriptors), library: fonts)
  }

  func reportUncaught(_ thrown: Thrown) { uncaught(thrown) }
}

/// A font that a script loaded; it is in the library while it is active.
private final class LoadedFont: ScriptFont {
  private let bytes: [UInt8]
  private let family: String
  private let descriptors: FontDescriptors
  private let library: FontLibrary
  private var identifier: UserFontID?

  /// Nil where the bytes are no font.
  init?(_ bytes: [UInt8], family: String, _ descriptors: FontDescriptors, library: FontLibrary) {
    self.bytes = bytes
    self.family = family
    self.descriptors = descriptors
    self.library = library
    setActive(true)
    guard identifier != nil else { return nil }
    setActive(false)
  }

  func setActive(_ isActive: Bool) {
    if isActive {
      guard identifier == nil else { return }
      identifier = try? library.addFontData(bytes, name: family, family: family, descriptors: descriptors)
    } else if let known = identifier {
      library.removeFont(known)
      identifier = nil
    }
  }
}

extension FontDescriptors {
  /// From the words of CSS; what is not understood is read from the file instead.
  init(_ words: FontFaceDescriptors) {
    self.init()
    if let range = Self.numbers(words.weight) {
      weight = range
    } else if words.weight != "auto", let font = FontShorthand.parse("\(words.weight) 10px x") {
      weight = font.weight...font.weight
    }
    if words.stretch != "normal", let font = FontShorthand.parse("\(words.stretch) 10px x") {
      stretch = font.stretch.percentage...font.stretch.percentage
    }
    if let font = FontShorthand.parse("\(words.style) 10px x") {
      slant =
        switch font.style {
        case .normal: .normal
        case .italic: .italic
        case .oblique(let degrees): .oblique(degrees: degrees)
        }
    }
    unicodeRanges = Self.unicodeRanges(words.unicodeRange)
  }

  /// `100 900`
  private static func numbers(_ text: String) -> ClosedRange<Double>? {
    let parts = text.split(separator: " ").map { DecimalText.parse($0) }
    guard parts.count == 2, let low = parts[0], let high = parts[1] else { return nil }
    return min(low, high)...max(low, high)
  }

  /// https://drafts.csswg.org/css-syntax-3/#urange; nil for all characters.
  private static func unicodeRanges(_ text: String) -> [ClosedRange<UInt32>]? {
    var ranges: [ClosedRange<UInt32>] = []
    for part in text.split(separator: ",") {
      let trimmed = part.filter { $0 != " " }.lowercased()
      guard trimmed.hasPrefix("u+") else { return nil }
      let ends = trimmed.dropFirst(2).split(separator: "-")
      guard let first = ends.first, ends.count <= 2, first.count <= 6 else { return nil }
      let low = UInt32(first.map { $0 == "?" ? "0" : String($0) }.joined(), radix: 16)
      let high = UInt32((ends.count == 2 ? ends[1] : first).map { $0 == "?" ? "f" : String($0) }.joined(), radix: 16)
      guard let low, let high, low <= high else { return nil }
      ranges.append(low...high)
    }
    return ranges.isEmpty || ranges == [0...0x10FFFF] ? nil : ranges
  }
}
