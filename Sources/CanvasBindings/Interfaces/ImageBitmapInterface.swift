// https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#imagebitmap

import CanvasCore
import ScriptRuntime

/// Members of ImageBitmapOptions that only need checking: there is one way to premultiply and to convert colours here.
private enum PremultiplyAlpha: String { case none, premultiply, `default` }
private enum ColorSpaceConversion: String { case none, `default` }
private enum ImageOrientation: String {
  case none, flipY
  case fromImage = "from-image"
}

extension ScriptEnvironment {
  func wrap(_ bitmap: ImageBitmap) -> HostObject { wrap(bitmap, as: .imageBitmap, bytes: 256) }

  func defineImageBitmap(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<ImageBitmap>(self, .imageBitmap, prototype)
    interface.number("width") { bitmap in Double(bitmap.width) }
    interface.number("height") { bitmap in Double(bitmap.height) }
    interface.method("close") { bitmap in bitmap.close() }
    return interface.finish(parent)
  }

  /// The global `createImageBitmap(image, options)` and `createImageBitmap(image, sx, sy, sw, sh, options)`.
  func createImageBitmap(_ arguments: Arguments) throws(Thrown) -> Value {
    do throws(Thrown) {
      guard arguments.count >= 1 else {
        throw realm.typeError("Failed to execute 'createImageBitmap' on 'Window': " + argumentCount(1, arguments.count))
      }
      if arguments.count == 3 || arguments.count == 4 {
        throw realm.typeError(
          "Failed to execute 'createImageBitmap' on 'Window': Valid arities are: [1, 2, 5, 6], but \(arguments.count) arguments provided.")
      }
      let image = arguments[0]
      guard imageSource(image) != nil || payload(image, as: ImageData.self) != nil || payload(image, as: BlobData.self) != nil
      else {
        throw realm.typeError(
          "Failed to execute 'createImageBitmap' on 'Window': The provided value is not of type '(Blob or HTMLCanvasElement or HTMLImageElement or ImageBitmap or ImageData or OffscreenCanvas)'."
        )
      }
      var crop: (sx: Int, sy: Int, sw: Int, sh: Int)?
      if arguments.count >= 5 {
        let x = try realm.long(arguments[1])
        let y = try realm.long(arguments[2])
        let width = try realm.long(arguments[3])
        crop = (x, y, width, try realm.long(arguments[4]))
      }
      let options = try imageBitmapOptions(arguments[arguments.count >= 5 ? 5 : 1])
      return try createImageBitmap(image, crop, options)
    } catch {
      if error.isTermination { throw error }
      return try rejectedPromise(error)
    }
  }

  private func imageBitmapOptions(_ value: Value) throws(Thrown) -> ImageBitmapOptions {
    let dictionary = try IDLDictionary(value, self)
    var options = ImageBitmapOptions()
    let _: ColorSpaceConversion? = try dictionary.enumeration("colorSpaceConversion", "ColorSpaceConversion")
    let orientation: ImageOrientation? = try dictionary.enumeration("imageOrientation", "ImageOrientation")
    options.flipsVertically = orientation == .flipY
    let _: PremultiplyAlpha? = try dictionary.enumeration("premultiplyAlpha", "PremultiplyAlpha")
    if let height = try dictionary.member("resizeHeight") { options.resizeHeight = try realm.enforcedUnsignedLong(height) }
    options.resizeQuality = try dictionary.enumeration("resizeQuality", "ResizeQuality") ?? .low
    if let width = try dictionary.member("resizeWidth") { options.resizeWidth = try realm.enforcedUnsignedLong(width) }
    return options
  }

  private func createImageBitmap(
    _ image: Value, _ crop: (sx: Int, sy: Int, sw: Int, sh: Int)?, _ options: ImageBitmapOptions
  ) throws(Thrown) -> Value {
    let source: ImageBitmapSource
    if let imageSource = imageSource(image) {
      source = .image(imageSource)
    } else if let imageData = payload(image, as: ImageData.self) {
      if let wrapper = hostObject(image) { try checkAttached(wrapper) }
      source = .imageData(imageData)
    } else if let blob = payload(image, as: BlobData.self) {
      guard let decoded = host.decodeImage(blob.bytes) else {
        throw domException("InvalidStateError", "The source image could not be decoded.")
      }
      source = .decoded(decoded)
    } else {
      return .undefined
    }
    let bitmap = try mapErrors { () throws(CanvasError) in
      try ImageBitmap.make(from: source, cropping: crop, options: options, environment: canvasEnvironment)
    }
    let capability = PromiseCapability(self)
    let wrapper = wrap(bitmap)
    host.enqueueTask { capability.resolve(Value(wrapper)) }
    return capability.promise
  }
}
