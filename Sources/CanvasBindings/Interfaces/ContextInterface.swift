// https://html.spec.whatwg.org/multipage/canvas.html#canvasrenderingcontext2d and its offscreen sibling: the lists of mixins.

import CanvasCore
import ScriptRuntime

extension ScriptEnvironment {
  func defineContext2D(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<CanvasRenderingContext2D>(self, .context2D, prototype)
    interface.contextCanvas()
    interface.canvasSettings()
    interface.canvasState()
    interface.canvasTransform()
    interface.canvasCompositing()
    interface.canvasImageSmoothing()
    interface.canvasFillStrokeStyles()
    interface.canvasShadowStyles()
    interface.canvasFilters()
    interface.canvasRect()
    interface.canvasDrawPath()
    interface.canvasUserInterface()
    interface.canvasText()
    interface.canvasDrawImage()
    interface.canvasImageData()
    interface.canvasPathDrawingStyles()
    interface.canvasTextDrawingStyles()
    interface.canvasPath()
    return interface.finish(parent)
  }

  func defineOffscreenContext2D(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<CanvasRenderingContext2D>(self, .offscreenContext2D, prototype)
    interface.contextCanvas()
    interface.canvasSettings()
    interface.canvasState()
    interface.canvasTransform()
    interface.canvasCompositing()
    interface.canvasImageSmoothing()
    interface.canvasFillStrokeStyles()
    interface.canvasShadowStyles()
    interface.canvasFilters()
    interface.canvasRect()
    interface.canvasDrawPath()
    interface.canvasText()
    interface.canvasDrawImage()
    interface.canvasImageData()
    interface.canvasPathDrawingStyles()
    interface.canvasTextDrawingStyles()
    interface.canvasPath()
    return interface.finish(parent)
  }

  func defineImageBitmapContext(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<ImageBitmapRenderingContext>(self, .imageBitmapContext, prototype)
    interface.contextCanvas()
    interface.method("transferFromImageBitmap", length: 1) { (call) throws(Thrown) in
      let bitmap = payload(call[0], as: ImageBitmap.self)
      if bitmap == nil, !call[0].isNullish {
        throw call.realm.typeError(
          "Failed to execute 'transferFromImageBitmap' on 'ImageBitmapRenderingContext': parameter 1 is not of type 'ImageBitmap'.")
      }
      try call.environment.mapErrors { () throws(CanvasError) in try call.receiver.transferFromImageBitmap(bitmap) }
      return .undefined
    }
    return interface.finish(parent)
  }

  /// The one context object of a canvas, made (by `make`) the first time. Canvas and context hold each other through traced cells.
  func context(of canvas: HostObject, _ make: () throws(Thrown) -> (AnyObject, InterfaceID)?) throws(Thrown) -> Value {
    let links = links(of: canvas)
    if let context = links.companions["context"] { return .object(context) }
    guard let (payload, id) = try make() else { return .null }
    let wrapper = wrap(payload, as: id, bytes: 1024)
    wrapper.captured = [Value(canvas)]
    links.companions["context"] = Ref(wrapper)
    if options.warns, examinedContexts.count < 64, payload is CanvasRenderingContext2D { examinedContexts.append(wrapper) }
    return Value(wrapper)
  }

  /// `getContext` of both kinds of canvases. A second call converts no settings.
  func getContext(_ canvas: Canvas, _ wrapper: HostObject, _ name: String, _ options: Value) throws(Thrown) -> Value {
    switch name {
    case "2d":
      if canvas.contextMode == .context2D { return try context(of: wrapper) { nil } }
      let settings = canvas.contextMode == .none ? try contextSettings(options) : CanvasContextSettings()
      let context = try mapErrors { () throws(CanvasError) in try canvas.getContext2D(settings) }
      guard let context else { return .null }
      return try self.context(of: wrapper) { (context, canvas.kind == .element ? .context2D : .offscreenContext2D) }
    case "bitmaprenderer":
      if canvas.contextMode == .bitmapRenderer { return try context(of: wrapper) { nil } }
      var alpha = true
      if canvas.contextMode == .none, options.isObject { alpha = try IDLDictionary(options, self).boolean("alpha") ?? true }
      let context = try mapErrors { () throws(CanvasError) in try canvas.getBitmapRenderer(alpha: alpha) }
      guard let context else { return .null }
      return try self.context(of: wrapper) { (context, .imageBitmapContext) }
    default:
      if self.options.warns { warn("getContext(\"\(name)\") gives null: only 2d and bitmaprenderer are supported") }
      _ = try mapErrors { () throws(CanvasError) in try canvas.getContext(name) }
      return .null
    }
  }
}

extension InterfaceBuilder {
  /// `canvas`: the element or OffscreenCanvas that the context was made by.
  func contextCanvas() {
    attribute("canvas", get: { (call) throws(Thrown) in call.wrapper.captured.first ?? .null })
  }
}
