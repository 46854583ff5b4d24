// https://html.spec.whatwg.org/multipage/canvas.html#canvastextdrawingstyles

import CSSValues
import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasTextDrawingStyles() {
    text("lang", get: { context in context.lang }, set: { context, value in context.lang = value })
    attribute(
      "font", get: { (call) throws(Thrown) in call.realm.text(call.receiver.font) },
      set: { (call, value) throws(Thrown) in
        let text = try call.realm.toText(value)
        if call.environment.options.warns, FontShorthand.parse(text) == nil {
          call.environment.warn("'\(text)' is no font and was ignored; a font needs a size and a family, like \"16px sans-serif\"")
        }
        call.receiver.font = text
      })
    enumeration("textAlign", get: { context in context.textAlign }, set: { context, value in context.textAlign = value })
    enumeration("textBaseline", get: { context in context.textBaseline }, set: { context, value in context.textBaseline = value })
    enumeration("direction", get: { context in context.direction }, set: { context, value in context.direction = value })
    text("letterSpacing", get: { context in context.letterSpacing }, set: { context, value in context.letterSpacing = value })
    enumeration("fontKerning", get: { context in context.fontKerning }, set: { context, value in context.fontKerning = value })
    enumeration("fontStretch", get: { context in context.fontStretch }, set: { context, value in context.fontStretch = value })
    enumeration(
      "fontVariantCaps", get: { context in context.fontVariantCaps }, set: { context, value in context.fontVariantCaps = value })
    enumeration(
      "textRendering", get: { context in context.textRendering }, set: { context, value in context.textRendering = value })
    text("wordSpacing", get: { context in context.wordSpacing }, set: { context, value in context.wordSpacing = value })
  }
}
