// https://html.spec.whatwg.org/multipage/embedded-content.html#the-img-element

import CanvasCore
import Drawing
import ScriptRuntime

/// An `img` element.
final class ImageElement: ElementNode {
  let image = HTMLImage()
  /// Grows with each change of `src`; a load that comes back with an old number is dropped.
  var requestNumber = 0
  var isLoading = false
  /// Promises of `decode()` that wait for the load under way.
  var pendingDecodes: [PromiseCapability] = []
  var currentSource = ""

  init() { super.init("img") }

  override var layoutSize: (width: Double, height: Double) {
    (length("width") ?? Double(image.naturalWidth), length("height") ?? Double(image.naturalHeight))
  }

  func length(_ name: String) -> Double? { attribute(name).flatMap(Canvas.parseDimension).map(Double.init) }

  /// True unless a picture is on its way.
  var isComplete: Bool { !isLoading }
}

extension ScriptEnvironment {
  func makeImage() -> HostObject { makeElement(ImageElement(), as: .imageElement) }

  func defineImageElement(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<ImageElement>(self, .imageElement, prototype)
    interface.attribute(
      "src",
      get: { (call) throws(Thrown) in
        guard let source = call.receiver.attribute("src") else { return call.realm.text("") }
        return call.realm.text(call.environment.resolve(source))
      },
      set: { (call, value) throws(Thrown) in
        call.receiver.setAttribute("src", try call.realm.toText(value))
        call.environment.updateImage(call.receiver, call.wrapper)
      })
    interface.text("currentSrc", get: { element in element.currentSource })
    interface.flag("complete", get: { element in element.isComplete })
    interface.number("naturalWidth") { element in Double(element.image.naturalWidth) }
    interface.number("naturalHeight") { element in Double(element.image.naturalHeight) }
    interface.attribute(
      "width", get: { (call) throws(Thrown) in .number(call.receiver.layoutSize.width) },
      set: { (call, value) throws(Thrown) in
        call.receiver.setAttribute("width", String(try call.environment.reflectedLength(value, default: 0)))
      })
    interface.attribute(
      "height", get: { (call) throws(Thrown) in .number(call.receiver.layoutSize.height) },
      set: { (call, value) throws(Thrown) in
        call.receiver.setAttribute("height", String(try call.environment.reflectedLength(value, default: 0)))
      })
    interface.number("x") { _ in 0 }
    interface.number("y") { _ in 0 }
    for (name, attribute) in [
      ("srcset", "srcset"), ("sizes", "sizes"), ("useMap", "usemap"), ("decoding", "decoding"), ("loading", "loading"),
      ("referrerPolicy", "referrerpolicy"), ("fetchPriority", "fetchpriority"),
    ] {
      interface.text(
        name, get: { element in element.attribute(attribute) ?? "" },
        set: { element, value in element.setAttribute(attribute, value) })
    }
    interface.attribute(
      "crossOrigin",
      get: { (call) throws(Thrown) in call.receiver.attribute("crossorigin").map { call.realm.text($0) } ?? .null },
      set: { (call, value) throws(Thrown) in
        if case .null = value { return call.receiver.removeAttribute("crossorigin") }
        call.receiver.setAttribute("crossorigin", try call.realm.toText(value))
      })
    interface.promiseMethod("decode", length: 0) { (call) throws(Thrown) in
      call.environment.decode(call.receiver)
    }
    return interface.finish(parent)
  }

  /// The global `Image`: `new Image(width, height)`.
  func makeImageConstructor() -> Value {
    unowned(unsafe) let environment = self
    let constructor = realm.makeNativeFunction(
      "Image", length: 0,
      construct: { (realm: Realm, arguments: Arguments, newTarget: ScriptObject) throws(Thrown) -> Value in
        let element = ImageElement()
        let wrapper = try environment.wrap(element, as: .imageElement, newTarget: newTarget, bytes: 256)
        environment.addLinks(to: wrapper)
        if !arguments[0].isUndefined { element.setAttribute("width", String(try realm.unsignedLong(arguments[0]))) }
        if !arguments[1].isUndefined { element.setAttribute("height", String(try realm.unsignedLong(arguments[1]))) }
        return Value(wrapper)
      },
      { (realm: Realm, _: Value, _: Arguments) throws(Thrown) -> Value in
        throw realm.typeError("Failed to construct 'Image': Please use the 'new' operator.")
      })
    _ = try? constructor.defineOwnProperty(
      keys.prototype,
      PropertyDescriptor(
        value: Value(interface(.imageElement).prototype), isWritable: false, isEnumerable: false, isConfigurable: false), realm)
    return Value(constructor)
  }

  /// "Update the image data", as far as there is one source.
  func updateImage(_ element: ImageElement, _ wrapper: HostObject) {
    element.requestNumber += 1
    element.image.reset()
    rejectDecodes(of: element)
    let request = element.requestNumber
    guard let source = element.attribute("src") else {
      element.isLoading = false
      return
    }
    element.isLoading = true
    element.currentSource = resolve(source)
    unowned(unsafe) let environment = self
    // The closure holds the wrapper strongly: an image that loads is alive although no variable holds it.
    imagesUnderWay += 1
    load(source) { result in
      defer {
        environment.imagesUnderWay -= 1
        environment.host.enqueueTask { environment.fireLoadEventWhenReady() }
      }
      guard element.requestNumber == request else { return }
      element.isLoading = false
      let decoded = (try? result.get()).map { ($0, environment.host.decodeImage($0.bytes)) }
      guard case (let resource, let picture?)? = decoded else {
        let size = decoded.flatMap { environment.host.declaredImageSize($0.0.bytes) }
        if let size, let resource = decoded?.0 {
          element.image.completeUndecodable(width: size.width, height: size.height, isOriginClean: resource.isSameOrigin)
        } else {
          element.image.fail()
        }
        if environment.options.warns {
          if case .failure(let failure) = result {
            environment.realm.warn("image \(source.prefix(80)): \(failure.message)", nil)
          } else {
            environment.realm.warn("image \(source.prefix(80)): not a picture that can be decoded", nil)
          }
        }
        environment.rejectDecodes(of: element)
        environment.dispatch(size == nil ? "error" : "load", to: wrapper)
        return
      }
      element.image.complete(picture, isOriginClean: resource.isSameOrigin)
      let waiting = element.pendingDecodes
      element.pendingDecodes = []
      for capability in waiting { environment.settleDecode(capability, element) }
      environment.dispatch("load", to: wrapper)
    }
  }

  /// `decode()`: a promise for the picture.
  func decode(_ element: ImageElement) -> Value {
    let capability = PromiseCapability(self)
    if element.isLoading {
      element.pendingDecodes.append(capability)
    } else {
      settleDecode(capability, element)
    }
    return capability.promise
  }

  fileprivate func settleDecode(_ capability: PromiseCapability, _ element: ImageElement) {
    if element.image.snapshot != nil {
      capability.resolve()
    } else {
      capability.reject(domException("EncodingError", "The source image cannot be decoded."))
    }
  }

  private func rejectDecodes(of element: ImageElement) {
    let waiting = element.pendingDecodes
    element.pendingDecodes = []
    for capability in waiting { settleDecode(capability, element) }
  }
}
