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

  func readResource(_ url: String) -> Result<LoadedResource, ResourceFailure> {
    do throws(ResourceFailure) {
      return .success(try loader.load(url))
    } catch {
      return .failure(error)
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
    LoadedFont(descriptors) { [fonts] in try? fonts.addFontData(bytes, name: $0, family: $0, descriptors: $1) } remove: { [fonts] in
      fonts.removeFont($0)
    }
  }

  func openLocalFont(_ name: String, _ descriptors: FontFaceDescriptors) -> (any ScriptFont)? {
    LoadedFont(descriptors) { [fonts] in fonts.addSystemFont(named: name, family: $0, descriptors: $1) } remove: { [fonts] in
      fonts.removeFont($0)
    }
  }

  func bestFonts(for font: CSSFont, among faces: [FontFaceDescriptors]) -> [Int] {
    FontDescriptors.best(for: TextStyle(font), among: faces.map { FontDescriptors($0) })
  }

  func reportUncaught(_ thrown: Thrown) { uncaught(thrown) }
}

/// A font that a script loaded; it is in the library while it is active.
private final class LoadedFont: ScriptFont {
  private var family: String
  private var descriptors: FontDescriptors
  private let add: (String, FontDescriptors) -> UserFontID?
  private let remove: (UserFontID) -> Void
  private var identifier: UserFontID?

  /// Nil where there is no such font: where it cannot be added.
  init?(_ words: FontFaceDescriptors, add: @escaping (String, FontDescriptors) -> UserFontID?, remove: @escaping (UserFontID) -> Void) {
    family = words.family
    descriptors = FontDescriptors(words)
    self.add = add
    self.remove = remove
    setActive(true)
    guard identifier != nil else { return nil }
    setActive(false)
  }

  func update(_ words: FontFaceDescriptors) {
    let wasActive = identifier != nil
    setActive(false)
    family = words.family
    descriptors = FontDescriptors(words)
    setActive(wasActive)
  }

  func setActive(_ isActive: Bool) {
    if isActive {
      if identifier == nil { identifier = add(family, descriptors) }
    } else if let known = identifier {
      remove(known)
      identifier = nil
    }
  }
}
