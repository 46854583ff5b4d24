// https://html.spec.whatwg.org/multipage/canvas.html#canvasfillstrokestyles

import CSSValues
import CanvasCore
import ScriptRuntime

/// What `fillStyle` or `strokeStyle` is set to, after conversion.
enum StyleArgument {
  case color(CSSColor)
  case gradient(CanvasGradient)
  case pattern(CanvasPattern)
  /// A string without a colour in it.
  case ignored
}

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasFillStrokeStyles() {
    attribute(
      "strokeStyle", get: { (call) throws(Thrown) in call.environment.value(call.receiver.strokeStyle) },
      set: { (call, value) throws(Thrown) in
        switch try call.environment.style(value, for: call.receiver) {
        case .color(let color): call.receiver.setStrokeStyle(color)
        case .gradient(let gradient): call.receiver.setStrokeStyle(gradient)
        case .pattern(let pattern): call.receiver.setStrokeStyle(pattern)
        case .ignored: break
        }
      })
    attribute(
      "fillStyle", get: { (call) throws(Thrown) in call.environment.value(call.receiver.fillStyle) },
      set: { (call, value) throws(Thrown) in
        switch try call.environment.style(value, for: call.receiver) {
        case .color(let color): call.receiver.setFillStyle(color)
        case .gradient(let gradient): call.receiver.setFillStyle(gradient)
        case .pattern(let pattern): call.receiver.setFillStyle(pattern)
        case .ignored: break
        }
      })
    method("createLinearGradient", length: 4) { (call) throws(Thrown) in
      let x0 = try call.realm.finiteDouble(call[0])
      let y0 = try call.realm.finiteDouble(call[1])
      let x1 = try call.realm.finiteDouble(call[2])
      let y1 = try call.realm.finiteDouble(call[3])
      return Value(call.environment.wrap(call.receiver.createLinearGradient(x0, y0, x1, y1)))
    }
    method("createRadialGradient", length: 6) { (call) throws(Thrown) in
      let x0 = try call.realm.finiteDouble(call[0])
      let y0 = try call.realm.finiteDouble(call[1])
      let r0 = try call.realm.finiteDouble(call[2])
      let x1 = try call.realm.finiteDouble(call[3])
      let y1 = try call.realm.finiteDouble(call[4])
      let r1 = try call.realm.finiteDouble(call[5])
      do throws(CanvasError) {
        return Value(call.environment.wrap(try call.receiver.createRadialGradient(x0, y0, r0, x1, y1, r1)))
      } catch {
        throw call.environment.exception(error, in: context("createRadialGradient"))
      }
    }
    method("createConicGradient", length: 3) { (call) throws(Thrown) in
      let angle = try call.realm.finiteDouble(call[0])
      let x = try call.realm.finiteDouble(call[1])
      let y = try call.realm.finiteDouble(call[2])
      return Value(call.environment.wrap(call.receiver.createConicGradient(angle, x, y)))
    }
    method("createPattern", length: 2) { (call) throws(Thrown) in
      let image = try call.environment.requiredImageSource(call[0])
      let repetition = try call.realm.textWithNullAsEmpty(call[1])
      do throws(CanvasError) {
        let pattern = try call.receiver.createPattern(image, repetition)
        return pattern.map { Value(call.environment.wrap($0)) } ?? .null
      } catch {
        throw call.environment.exception(error, in: context("createPattern"))
      }
    }
  }
}

extension ScriptEnvironment {
  func value(_ style: CanvasStyleValue) -> Value {
    switch style {
    case .color(let text): realm.text(text)
    case .gradient(let gradient): Value(wrap(gradient))
    case .pattern(let pattern): Value(wrap(pattern))
    }
  }

  /// `(DOMString or CanvasGradient or CanvasPattern)`.
  @inline(__always)
  func style(_ value: Value, for context: CanvasRenderingContext2D) throws(Thrown) -> StyleArgument {
    if case .string(let string) = value {
      if let color = colors.color(of: string) { return .color(color) }
    } else if let object = hostObject(value) {
      if let gradient = payload(of: object, as: GradientPayload.self) { return .gradient(gradient.gradient) }
      if let pattern = payload(of: object, as: PatternPayload.self) { return .pattern(pattern.pattern) }
    }
    return try parsedStyle(value, for: context)
  }

  @inline(never)
  private func parsedStyle(_ value: Value, for context: CanvasRenderingContext2D) throws(Thrown) -> StyleArgument {
    let string = try realm.toString(value)
    let text = string.text
    guard let color = context.parseColor(text) else {
      warnAboutColor(text)
      return .ignored
    }
    if case .string = value { colors.remember(color, of: string) }
    return .color(color)
  }

  /// Tells about a string that should have been a colour.
  func warnAboutColor(_ text: String) {
    guard options.warns else { return }
    warn("'\(text)' is no colour and was ignored\(Spelling.hint(for: text, among: ColorStringCache.commonNames))")
  }
}
