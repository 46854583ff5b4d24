// The canvas element and OffscreenCanvas: a bitmap, its size and at most one rendering context.
// https://html.spec.whatwg.org/multipage/canvas.html#the-canvas-element

import Drawing
import Geometry

/// Which of the two interfaces a canvas is seen through.
public enum CanvasKind: Sendable {
  case element, offscreen
}

/// "Canvas context mode".
public enum CanvasContextMode: Sendable {
  case none
  /// An element whose bitmap belongs to an OffscreenCanvas.
  case placeholder
  case context2D
  case bitmapRenderer
  /// An OffscreenCanvas that was transferred away.
  case detached
}

/// The members of CanvasRenderingContext2DSettings.
public struct CanvasContextSettings: Equatable, Sendable {
  public var alpha = true
  public var desynchronized = false
  public var colorSpace = ColorSpace.srgb
  /// `colorType: "float16"`.
  public var usesFloatPixels = false
  public var willReadFrequently = false

  public init() {}

  var surfaceSettings: SurfaceSettings {
    SurfaceSettings(isOpaque: !alpha, colorSpace: colorSpace, usesFloatPixels: usesFloatPixels)
  }
}

/// What `getContext` gave.
public enum RenderingContext {
  case context2D(CanvasRenderingContext2D)
  case bitmapRenderer(ImageBitmapRenderingContext)
}

/// A canvas. Its context keeps the bitmap alive, not the canvas: who hands out the context keeps the canvas too.
public final class Canvas {
  public static let defaultWidth = 300
  public static let defaultHeight = 150

  public let kind: CanvasKind
  public let environment: CanvasEnvironment
  public private(set) var contextMode = CanvasContextMode.none
  public private(set) var bitmap: CanvasBitmap
  /// The context, once made, for the `2d` mode.
  public private(set) var context2D: CanvasRenderingContext2D?
  public private(set) var bitmapRenderer: ImageBitmapRenderingContext?
  /// The element whose contents an OffscreenCanvas made by `transferControlToOffscreen` provides.
  public private(set) weak var placeholder: Canvas?
  // The values of the attributes; an empty bitmap keeps them although it has no pixels.
  private var attributeWidth: Int
  private var attributeHeight: Int

  /// `width` and `height` are at least 0; smaller values count as 0.
  public init(
    width: Int = Canvas.defaultWidth, height: Int = Canvas.defaultHeight, kind: CanvasKind = .element,
    environment: CanvasEnvironment
  ) {
    self.kind = kind
    self.environment = environment
    attributeWidth = max(0, width)
    attributeHeight = max(0, height)
    bitmap = CanvasBitmap(size: PixelSize(width: attributeWidth, height: attributeHeight), environment: environment)
  }

  /// Setting makes the bitmap blank and its context new, even when the value stays the same. Setting the size of a placeholder
  /// throws; use `setWidth`.
  public var width: Int { contextMode == .placeholder ? bitmap.size.width : attributeWidth }
  public var height: Int { contextMode == .placeholder ? bitmap.size.height : attributeHeight }

  public func setWidth(_ value: Int) throws(CanvasError) { try setSize(width: value, height: attributeHeight) }
  public func setHeight(_ value: Int) throws(CanvasError) { try setSize(width: attributeWidth, height: value) }

  public func setSize(width: Int, height: Int) throws(CanvasError) {
    guard contextMode != .placeholder else {
      throw .invalidState("The canvas cannot be resized after its control was transferred to an OffscreenCanvas.")
    }
    attributeWidth = max(0, width)
    attributeHeight = max(0, height)
    let size = PixelSize(width: attributeWidth, height: attributeHeight)
    switch contextMode {
    case .context2D:
      context2D?.setBitmapDimensions(size)
    case .bitmapRenderer:
      // A valid bitmap stays; a blank one follows the attributes.
      if bitmapRenderer?.bitmapMode != .valid { bitmap.reset(size: size) }
    case .none:
      bitmap.reset(size: size)
    case .placeholder, .detached:
      break
    }
  }

  /// The value of a `width` or `height` content attribute: the leading digits, or nil where the default applies.
  /// https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#rules-for-parsing-non-negative-integers
  public static func parseDimension(_ text: String) -> Int? {
    var digits = text.utf8.drop { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A || $0 == 0x0C || $0 == 0x0D }
    let isNegative = digits.first == UInt8(ascii: "-")
    if isNegative || digits.first == UInt8(ascii: "+") { digits = digits.dropFirst() }
    var value = 0
    var count = 0
    for byte in digits {
      guard byte &- 48 < 10 else { break }
      value = value * 10 + Int(byte &- 48)
      count += 1
      if value > Int(Int32.max) { return nil }
    }
    return count == 0 || (isNegative && value > 0) ? nil : value
  }

  // MARK: - Contexts

  /// `getContext("2d")`: a new context, the one there is, or nil when the canvas has a context of another kind.
  public func getContext2D(_ settings: CanvasContextSettings = CanvasContextSettings()) throws(CanvasError)
    -> CanvasRenderingContext2D?
  {
    switch contextMode {
    case .none:
      let context = CanvasRenderingContext2D(canvas: self, settings: settings)
      context2D = context
      contextMode = .context2D
      return context
    case .context2D: return context2D
    case .bitmapRenderer: return nil
    case .placeholder, .detached: throw .invalidState("The canvas no longer owns its bitmap.")
    }
  }

  /// `getContext("bitmaprenderer")`, likewise.
  public func getBitmapRenderer(alpha: Bool = true) throws(CanvasError) -> ImageBitmapRenderingContext? {
    switch contextMode {
    case .none:
      let context = ImageBitmapRenderingContext(canvas: self, alpha: alpha)
      bitmapRenderer = context
      contextMode = .bitmapRenderer
      return context
    case .bitmapRenderer: return bitmapRenderer
    case .context2D: return nil
    case .placeholder, .detached: throw .invalidState("The canvas no longer owns its bitmap.")
    }
  }

  /// `getContext` with a name; nil for names that are not supported.
  public func getContext(_ name: String, settings: CanvasContextSettings = CanvasContextSettings()) throws(CanvasError)
    -> RenderingContext?
  {
    switch name {
    case "2d": return try getContext2D(settings).map { .context2D($0) }
    case "bitmaprenderer": return try getBitmapRenderer(alpha: settings.alpha).map { .bitmapRenderer($0) }
    default:
      guard contextMode != .placeholder, contextMode != .detached else {
        throw .invalidState("The canvas no longer owns its bitmap.")
      }
      return nil
    }
  }

  // MARK: - As an image

  var isOriginClean: Bool { bitmap.isOriginClean }

  /// The picture as it is now; later drawings do not change it.
  public func imageSnapshot() -> ImageSnapshot? { bitmap.snapshot() }

  // MARK: - Giving the bitmap away

  /// https://html.spec.whatwg.org/multipage/canvas.html#dom-canvas-transfercontroltooffscreen
  public func transferControlToOffscreen() throws(CanvasError) -> Canvas {
    // 1.
    guard contextMode == .none else {
      throw .invalidState("Control cannot be transferred from a canvas that has a rendering context.")
    }
    // 2. 3. Both share the bitmap, so the placeholder always shows what the offscreen canvas holds.
    let offscreen = Canvas(width: attributeWidth, height: attributeHeight, kind: .offscreen, environment: environment)
    offscreen.placeholder = self
    bitmap = offscreen.bitmap
    // 4. 5.
    contextMode = .placeholder
    return offscreen
  }

  /// https://html.spec.whatwg.org/multipage/canvas.html#dom-offscreencanvas-transfertoimagebitmap
  public func transferToImageBitmap() throws(CanvasError) -> ImageBitmap {
    // 1. 2.
    guard contextMode != .detached else { throw .invalidState("The OffscreenCanvas is detached.") }
    guard contextMode != .none else { throw .invalidState("The OffscreenCanvas has no rendering context.") }
    guard !bitmap.size.isEmpty else { throw .invalidState("The OffscreenCanvas has no pixels.") }
    // 3.
    guard let snapshot = bitmap.snapshot() else { throw .invalidState("The OffscreenCanvas has no pixels.") }
    let image = ImageBitmap(snapshot: snapshot, isOriginClean: bitmap.isOriginClean)
    // 4.
    bitmap.removeSurface()
    return image
  }

  /// What the transfer steps of `postMessage` and `structuredClone` make of an OffscreenCanvas: one of the same size, with the same
  /// placeholder. `detach` this canvas afterwards.
  public func transferred() throws(CanvasError) -> Canvas {
    guard contextMode != .detached else { throw .dataClone("The OffscreenCanvas was transferred before.") }
    guard contextMode == .none else { throw .invalidState("An OffscreenCanvas that has a rendering context cannot be transferred.") }
    let copy = Canvas(width: attributeWidth, height: attributeHeight, kind: .offscreen, environment: environment)
    if let placeholder {
      copy.placeholder = placeholder
      copy.bitmap = bitmap
    }
    return copy
  }

  /// The end of the transfer steps of `postMessage` and `structuredClone`.
  public func detach() throws(CanvasError) {
    guard contextMode == .none else {
      throw .invalidState("An OffscreenCanvas that has a rendering context cannot be transferred.")
    }
    contextMode = .detached
    attributeWidth = 0
    attributeHeight = 0
    bitmap = CanvasBitmap(size: PixelSize(width: 0, height: 0), environment: environment)
  }

  // MARK: - Files

  /// https://html.spec.whatwg.org/multipage/canvas.html#dom-canvas-todataurl. Quality counts where it lies in 0...1.
  public func toDataURL(type: String = "image/png", quality: Double? = nil) throws(CanvasError) -> String {
    // 1.
    guard bitmap.isOriginClean else { throw .security("The canvas holds pixels of another origin and cannot be exported.") }
    // 2. – 4.
    guard let file = encoded(type: type, quality: quality) else { return "data:," }
    // 5.
    return "data:\(file.mimeType);base64," + Base64.encode(file.bytes)
  }

  /// The checks and the file of `toBlob`; nil is what its callback gets for a canvas without pixels.
  public func toBlob(type: String = "image/png", quality: Double? = nil) throws(CanvasError) -> EncodedImage? {
    guard bitmap.isOriginClean else { throw .security("The canvas holds pixels of another origin and cannot be exported.") }
    return encoded(type: type, quality: quality)
  }

  /// https://html.spec.whatwg.org/multipage/canvas.html#dom-offscreencanvas-converttoblob. What is thrown rejects the promise.
  public func convertToBlob(type: String = "image/png", quality: Double? = nil) throws(CanvasError) -> EncodedImage {
    guard contextMode != .detached else { throw .invalidState("The OffscreenCanvas is detached.") }
    guard bitmap.isOriginClean else { throw .security("The canvas holds pixels of another origin and cannot be exported.") }
    guard !bitmap.size.isEmpty else { throw .indexSize("The OffscreenCanvas has no pixels.") }
    guard let file = encoded(type: type, quality: quality) else { throw .encoding("The picture could not be encoded.") }
    return file
  }

  private func encoded(type: String, quality: Double?) -> EncodedImage? {
    guard !bitmap.size.isEmpty, let snapshot = bitmap.snapshot() else { return nil }
    let lowercased = String(decoding: type.utf8.map { $0 &- 65 < 26 ? $0 | 0x20 : $0 }, as: UTF8.self)
    let usable = quality.flatMap { $0 >= 0 && $0 <= 1 ? $0 : nil }
    return environment.encodeImage?(snapshot, lowercased, usable)
  }
}
