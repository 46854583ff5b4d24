// https://html.spec.whatwg.org/multipage/imagebitmap-and-animations.html#imagedata

import CanvasCore
import ScriptRuntime

extension ScriptEnvironment {
  /// A wrapper whose `data` array shares the engine's memory.
  func wrap(_ imageData: ImageData) throws(Thrown) -> HostObject {
    let array = try typedArray(over: imageData.bytes, length: imageData.length, format: imageData.pixelFormat)
    let wrapper = wrap(imageData, as: .imageData, bytes: 128)
    wrapper.captured = [Value(array)]
    return wrapper
  }

  /// Throws for an ImageData whose array was transferred away.
  func checkAttached(_ wrapper: HostObject) throws(Thrown) {
    guard case .object(let array)? = wrapper.captured.first, !isDetached(array.cell) else {
      throw domException("InvalidStateError", "The source data has been detached.")
    }
  }

  func defineImageData(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<ImageData>(self, .imageData, prototype)
    interface.number("width") { imageData in Double(imageData.width) }
    interface.number("height") { imageData in Double(imageData.height) }
    interface.text("colorSpace", get: { imageData in imageData.colorSpace.rawValue })
    interface.text("pixelFormat", get: { imageData in imageData.pixelFormat.rawValue })
    interface.attribute("data", get: { (call) throws(Thrown) in call.wrapper.captured.first ?? .undefined })
    return interface.finish(parent, length: 2) { (environment, arguments, newTarget) throws(Thrown) in
      Value(try environment.constructImageData(arguments, newTarget))
    }
  }

  private func constructImageData(_ arguments: Arguments, _ newTarget: ScriptObject) throws(Thrown) -> HostObject {
    let context = "Failed to construct 'ImageData': "
    // Overloads: an array of the right kind stands for itself, anything else for a width.
    guard let array = arguments[0].asObject, let format = pixelFormat(of: array) else {
      let width = try realm.unsignedLong(arguments[0])
      let height = try realm.unsignedLong(arguments[1])
      let settings = try imageDataSettings(arguments[2])
      // 4 bytes a pixel must be countable in 32 bits: beyond that a browser does not try, and says so with another exception.
      let (pixels, overflow) = width.multipliedReportingOverflow(by: height)
      guard !overflow, pixels <= Int(UInt32.max) / 4 else {
        throw domException("IndexSizeError", context + "The requested image size exceeds the supported range.")
      }
      let imageData: ImageData
      do {
        imageData = try ImageData(
          width: width, height: height, settings: settings, maximumPixels: canvasEnvironment.maximumPixels)
      } catch {
        throw exception(error, in: context)
      }
      let data = try typedArray(over: imageData.bytes, length: imageData.length, format: imageData.pixelFormat)
      let wrapper = try wrap(imageData, as: .imageData, newTarget: newTarget, bytes: 128)
      wrapper.captured = [Value(data)]
      return wrapper
    }
    let width = try realm.unsignedLong(arguments[1])
    let height = arguments[2].isUndefined ? nil : try realm.unsignedLong(arguments[2])
    var settings = try imageDataSettings(arguments[3])
    if settings.pixelFormat ?? .unorm8 != format {
      throw domException("InvalidStateError", context + "The pixelFormat does not match the type of the array.")
    }
    settings.pixelFormat = format
    guard let memory = typedArrayMemory(array) else {
      throw domException("InvalidStateError", context + "The source data has been detached.")
    }
    let imageData: ImageData
    do {
      imageData = try ImageData(
        bytes: memory.bytes, byteOffset: memory.byteOffset, length: memory.length, width: width, height: height,
        settings: settings)
    } catch {
      throw exception(error, in: context)
    }
    let wrapper = try wrap(imageData, as: .imageData, newTarget: newTarget, bytes: 128)
    wrapper.captured = [Value(array)]
    return wrapper
  }
}
