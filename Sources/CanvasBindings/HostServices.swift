// What scripts need from the program around them. CanvasHost implements it; tests bring their own.

import CSSValues
import Drawing
import ScriptRuntime

/// Bytes that were loaded for a script.
public struct LoadedResource {
  public var bytes: [UInt8]
  /// The MIME type as far as it is known, else empty.
  public var mimeType: String
  /// Whether pixels made of it may be read back.
  public var isSameOrigin: Bool
  /// The address that the bytes came from, after it was resolved.
  public var url: String

  public init(bytes: [UInt8], mimeType: String = "", isSameOrigin: Bool = true, url: String = "") {
    self.bytes = bytes
    self.mimeType = mimeType
    self.isSameOrigin = isSameOrigin
    self.url = url
  }
}

/// Why nothing was loaded.
public struct ResourceFailure: Error, Equatable, Sendable {
  /// One sentence for the user.
  public var message: String

  public init(_ message: String) { self.message = message }
}

/// What a FontFace says about its font, in the words of CSS.
public struct FontFaceDescriptors: Equatable, Sendable {
  /// Without quotes.
  public var family: String
  private var texts: [FontDescriptor: String] = [:]

  public init(family: String) { self.family = family }

  /// The text of a descriptor, as scripts read it.
  public subscript(descriptor: FontDescriptor) -> String {
    get { texts[descriptor] ?? descriptor.initialText }
    set { texts[descriptor] = newValue }
  }
}

/// A font that a script brought along.
public protocol ScriptFont: AnyObject {
  /// Takes over descriptors that a script has changed.
  func update(_ descriptors: FontFaceDescriptors)

  /// Whether text may be set in it: true while it is in `document.fonts`.
  func setActive(_ isActive: Bool)
}

/// The event loop, files, decoders and fonts of a run. Everything is called on the thread that runs the script, and every closure that is
/// handed over must be called on it too, never from inside the call that hands it over.
public protocol HostServices: AnyObject {
  /// Milliseconds of the run's clock since it began.
  var now: Double { get }
  /// Milliseconds since 1970 when the run began.
  var timeOrigin: Double { get }

  /// Queues a task behind those that wait already.
  func enqueueTask(_ task: @escaping () -> Void)
  /// Calls `task` once, or again and again; gives a number greater than 0.
  func startTimer(afterMilliseconds delay: Double, repeats: Bool, _ task: @escaping () -> Void) -> Int
  func cancelTimer(_ number: Int)
  /// Calls `task` with the time before the next frame; gives a number greater than 0.
  func requestAnimationFrame(_ task: @escaping (Double) -> Void) -> Int
  func cancelAnimationFrame(_ number: Int)

  /// Loads a file; `data:` and `blob:` URLs never come here. `completion` is called from a later task.
  func loadResource(_ url: String, completion: @escaping (Result<LoadedResource, ResourceFailure>) -> Void)
  /// Loads a file at once, for drawings that need it now.
  func readResource(_ url: String) -> Result<LoadedResource, ResourceFailure>
  /// The picture in a file, nil where there is none. Orientation marks of cameras have been followed.
  func decodeImage(_ bytes: [UInt8]) -> ImageSnapshot?
  /// The size, in pixels, that the header of a picture gives although its pixels cannot be decoded; nil where there is none.
  func declaredImageSize(_ bytes: [UInt8]) -> (width: Int, height: Int)?
  /// The font in a file, nil where there is none. It is inactive at first.
  func openFont(_ bytes: [UInt8], _ descriptors: FontFaceDescriptors) -> (any ScriptFont)?
  /// A font of the system by its full or PostScript name, nil where there is none. It is inactive at first.
  func openLocalFont(_ name: String, _ descriptors: FontFaceDescriptors) -> (any ScriptFont)?
  /// The places of those faces of one family that suit a style best: several where they share the characters among themselves.
  func bestFonts(for font: CSSFont, among faces: [FontFaceDescriptors]) -> [Int]

  /// Takes what a callback threw and nobody caught.
  func reportUncaught(_ thrown: Thrown)
}
