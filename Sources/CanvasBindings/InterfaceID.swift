// The interfaces that scripts see, with their parents.

import ScriptRuntime

/// Names an interface.
enum InterfaceID: Int, CaseIterable {
  case eventTarget, event, customEvent, messageEvent, messageChannel, messagePort
  case node, text, element, htmlElement, document
  case canvasElement, imageElement, mediaElement, videoElement, svgElement, svgImageElement
  case offscreenCanvas, context2D, offscreenContext2D, imageBitmapContext
  case imageBitmap, videoFrame, imageData, path2D, gradient, pattern, textMetrics, textCluster
  case matrixReadOnly, matrix, pointReadOnly, point, rectReadOnly, rect, quad
  case domException, blob, file, url, urlSearchParams, response, fontFace, fontFaceSet, fontFaceSetLoadEvent
  case textEncoder, textDecoder

  /// The name of the global, and of `[object Name]`.
  var name: String {
    switch self {
    case .eventTarget: "EventTarget"
    case .event: "Event"
    case .customEvent: "CustomEvent"
    case .messageEvent: "MessageEvent"
    case .messageChannel: "MessageChannel"
    case .messagePort: "MessagePort"
    case .node: "Node"
    case .text: "Text"
    case .element: "Element"
    case .htmlElement: "HTMLElement"
    case .document: "Document"
    case .canvasElement: "HTMLCanvasElement"
    case .imageElement: "HTMLImageElement"
    case .mediaElement: "HTMLMediaElement"
    case .videoElement: "HTMLVideoElement"
    case .svgElement: "SVGElement"
    case .svgImageElement: "SVGImageElement"
    case .videoFrame: "VideoFrame"
    case .offscreenCanvas: "OffscreenCanvas"
    case .context2D: "CanvasRenderingContext2D"
    case .offscreenContext2D: "OffscreenCanvasRenderingContext2D"
    case .imageBitmapContext: "ImageBitmapRenderingContext"
    case .imageBitmap: "ImageBitmap"
    case .imageData: "ImageData"
    case .path2D: "Path2D"
    case .gradient: "CanvasGradient"
    case .pattern: "CanvasPattern"
    case .textMetrics: "TextMetrics"
    case .textCluster: "TextCluster"
    case .matrixReadOnly: "DOMMatrixReadOnly"
    case .matrix: "DOMMatrix"
    case .pointReadOnly: "DOMPointReadOnly"
    case .point: "DOMPoint"
    case .rectReadOnly: "DOMRectReadOnly"
    case .rect: "DOMRect"
    case .quad: "DOMQuad"
    case .domException: "DOMException"
    case .blob: "Blob"
    case .file: "File"
    case .url: "URL"
    case .urlSearchParams: "URLSearchParams"
    case .response: "Response"
    case .fontFace: "FontFace"
    case .fontFaceSet: "FontFaceSet"
    case .fontFaceSetLoadEvent: "FontFaceSetLoadEvent"
    case .textEncoder: "TextEncoder"
    case .textDecoder: "TextDecoder"
    }
  }

  var parent: InterfaceID? {
    switch self {
    case .customEvent, .messageEvent, .fontFaceSetLoadEvent: .event
    case .node, .messagePort, .offscreenCanvas, .fontFaceSet: .eventTarget
    case .text, .element, .document: .node
    case .htmlElement, .svgElement: .element
    case .canvasElement, .imageElement, .mediaElement: .htmlElement
    case .videoElement: .mediaElement
    case .svgImageElement: .svgElement
    case .matrix: .matrixReadOnly
    case .point: .pointReadOnly
    case .rect: .rectReadOnly
    case .file: .blob
    default: nil
    }
  }
}

extension ScriptEnvironment {
  /// Fills the prototype of an interface and makes its constructor.
  func define(_ id: InterfaceID, prototype: ScriptObject, parent: ScriptObject?) -> Interface {
    switch id {
    case .eventTarget: defineEventTarget(prototype, parent)
    case .event: defineEvent(prototype, parent)
    case .customEvent: defineCustomEvent(prototype, parent)
    case .messageEvent: defineMessageEvent(prototype, parent)
    case .messageChannel: defineMessageChannel(prototype, parent)
    case .messagePort: defineMessagePort(prototype, parent)
    case .node: defineNode(prototype, parent)
    case .text: defineText(prototype, parent)
    case .element: defineElement(prototype, parent)
    case .htmlElement: defineHTMLElement(prototype, parent)
    case .document: defineDocument(prototype, parent)
    case .canvasElement: defineCanvasElement(prototype, parent)
    case .imageElement: defineImageElement(prototype, parent)
    case .mediaElement: defineMediaElement(prototype, parent)
    case .videoElement: defineVideoElement(prototype, parent)
    case .svgElement: defineSVGElement(prototype, parent)
    case .svgImageElement: defineSVGImageElement(prototype, parent)
    case .videoFrame: defineVideoFrame(prototype, parent)
    case .offscreenCanvas: defineOffscreenCanvas(prototype, parent)
    case .context2D: defineContext2D(prototype, parent)
    case .offscreenContext2D: defineOffscreenContext2D(prototype, parent)
    case .imageBitmapContext: defineImageBitmapContext(prototype, parent)
    case .imageBitmap: defineImageBitmap(prototype, parent)
    case .imageData: defineImageData(prototype, parent)
    case .path2D: definePath2D(prototype, parent)
    case .gradient: defineGradient(prototype, parent)
    case .pattern: definePattern(prototype, parent)
    case .textMetrics: defineTextMetrics(prototype, parent)
    case .textCluster: defineTextCluster(prototype, parent)
    case .matrixReadOnly: defineMatrixReadOnly(prototype, parent)
    case .matrix: defineMatrix(prototype, parent)
    case .pointReadOnly: definePoint(prototype, parent, .pointReadOnly)
    case .point: definePoint(prototype, parent, .point)
    case .rectReadOnly: defineRect(prototype, parent, .rectReadOnly)
    case .rect: defineRect(prototype, parent, .rect)
    case .quad: defineQuad(prototype, parent)
    case .domException: defineDOMException(prototype)
    case .blob: defineBlob(prototype, parent)
    case .file: defineFile(prototype, parent)
    case .url: defineURL(prototype, parent)
    case .urlSearchParams: defineURLSearchParams(prototype, parent)
    case .response: defineResponse(prototype, parent)
    case .fontFace: defineFontFace(prototype, parent)
    case .fontFaceSet: defineFontFaceSet(prototype, parent)
    case .fontFaceSetLoadEvent: defineFontFaceSetLoadEvent(prototype, parent)
    case .textEncoder: defineTextEncoder(prototype, parent)
    case .textDecoder: defineTextDecoder(prototype, parent)
    }
  }
}

extension InterfaceID {
  /// Whether objects of the interface share a class with objects that can be changed.
  @inline(__always)
  var isReadOnlyGeometry: Bool { self == .matrixReadOnly || self == .pointReadOnly || self == .rectReadOnly }
}
