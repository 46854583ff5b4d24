// calc() and its relatives, after https://drafts.csswg.org/css-values-4/#math: evaluated as they are read.

import Glibc

/// A number with what it counts. Angles are in degrees, lengths in pixels, percentages as written.
struct MathValue {
  enum Kind { case number, percentage, angle, length }

  var value: Double
  var kind: Kind

  static func number(_ value: Double) -> MathValue { MathValue(value: value, kind: .number) }
}

/// What a math expression may refer to.
struct MathContext {
  /// Resolves lengths; nil where lengths are not allowed.
  var lengths: LengthContext?
  /// What percentages are of; nil where they stay percentages.
  var percentageBase: Double?
  /// Names that stand for numbers: the channels of a relative colour.
  var names: [(name: String, value: Double)] = []

  func value(named name: String) -> Double? {
    for entry in names where entry.name == name { return entry.value }
    switch name {
    case "pi": return Double.pi
    case "e": return M_E
    case "infinity": return Double.infinity
    case "-infinity": return -Double.infinity
    case "nan": return Double.nan
    default: return nil
    }
  }
}

extension CSSParser {
  /// A number, percentage, angle or length, or a math function that gives one; nil (place undefined) for anything else.
  mutating func mathValue(_ context: MathContext) -> MathValue? {
    switch token.kind {
    case .number:
      defer { advance() }
      return .number(token.value)
    case .percentage:
      defer { advance() }
      if let base = context.percentageBase { return MathValue(value: base * token.value / 100, kind: .length) }
      return MathValue(value: token.value, kind: .percentage)
    case .dimension:
      let unit = keyword()
      let value = token.value
      advance()
      if let degrees = Angle.degrees(value, unit: unit) { return MathValue(value: degrees, kind: .angle) }
      guard let pixels = context.lengths?.pixels(value, unit: unit) else { return nil }
      return MathValue(value: pixels, kind: .length)
    case .function:
      guard var result = nested({ $0.mathFunction(context) }) else { return nil }
      // A top-level NaN becomes zero, an infinity the largest value (https://drafts.csswg.org/css-values-4/#calc-ieee).
      if result.value.isNaN { result.value = 0 }
      result.value = max(-Double.greatestFiniteMagnitude, min(Double.greatestFiniteMagnitude, result.value))
      return result
    default:
      return nil
    }
  }

  private mutating func mathFunction(_ context: MathContext) -> MathValue? {
    let name = keyword()
    advance()
    switch name {
    case "calc", "-webkit-calc":
      guard let value = sum(context), takeFunctionEnd() else { return nil }
      return value
    case "min", "max", "hypot":
      guard let values = arguments(context, 1...256), let kind = commonKind(values) else { return nil }
      let numbers = values.map(\.value)
      let result: Double
      switch name {
      case "min": result = numbers.dropFirst().reduce(numbers[0]) { $1.isNaN || $1 < $0 ? $1 : $0 }
      case "max": result = numbers.dropFirst().reduce(numbers[0]) { $1.isNaN || $1 > $0 ? $1 : $0 }
      default: result = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
      }
      return MathValue(value: result, kind: kind)
    case "clamp":
      guard let values = arguments(context, 3...3), let kind = commonKind(values) else { return nil }
      return MathValue(value: max(values[0].value, min(values[1].value, values[2].value)), kind: kind)
    case "mod", "rem":
      guard let values = arguments(context, 2...2), let kind = commonKind(values) else { return nil }
      let (a, b) = (values[0].value, values[1].value)
      return MathValue(value: name == "rem" ? fmod(a, b) : a - b * (a / b).rounded(.down), kind: kind)
    case "abs", "sign":
      guard let values = arguments(context, 1...1) else { return nil }
      if name == "abs" { return MathValue(value: abs(values[0].value), kind: values[0].kind) }
      return .number(values[0].value > 0 ? 1 : values[0].value < 0 ? -1 : values[0].value)
    case "sin", "cos", "tan":
      guard let values = arguments(context, 1...1) else { return nil }
      let radians: Double
      switch values[0].kind {
      case .angle: radians = values[0].value * .pi / 180
      case .number: radians = values[0].value
      default: return nil
      }
      return .number(name == "sin" ? sin(radians) : name == "cos" ? cos(radians) : tan(radians))
    case "asin", "acos", "atan", "sqrt", "exp", "log":
      guard let values = arguments(context, name == "log" ? 1...2 : 1...1), values.allSatisfy({ $0.kind == .number })
      else { return nil }
      let x = values[0].value
      switch name {
      case "asin": return MathValue(value: asin(x) * 180 / .pi, kind: .angle)
      case "acos": return MathValue(value: acos(x) * 180 / .pi, kind: .angle)
      case "atan": return MathValue(value: atan(x) * 180 / .pi, kind: .angle)
      case "sqrt": return .number(x.squareRoot())
      case "exp": return .number(exp(x))
      default: return .number(values.count == 2 ? log(x) / log(values[1].value) : log(x))
      }
    case "atan2":
      guard let values = arguments(context, 2...2), commonKind(values) != nil else { return nil }
      return MathValue(value: atan2(values[0].value, values[1].value) * 180 / .pi, kind: .angle)
    case "pow":
      guard let values = arguments(context, 2...2), values.allSatisfy({ $0.kind == .number }) else { return nil }
      return .number(pow(values[0].value, values[1].value))
    case "round":
      return roundFunction(context)
    default:
      return nil
    }
  }

  private mutating func roundFunction(_ context: MathContext) -> MathValue? {
    skipWhitespace()
    var strategy = "nearest"
    if token.kind == .identifier, ["nearest", "up", "down", "to-zero"].contains(keyword()) {
      strategy = keyword()
      advance()
      skipWhitespace()
      guard take(.comma) else { return nil }
    }
    guard let values = arguments(context, 1...2), let kind = commonKind(values) else { return nil }
    let step = values.count == 2 ? values[1].value : 1
    let ratio = values[0].value / step
    let rounded: Double
    switch strategy {
    case "up": rounded = ratio.rounded(.up)
    case "down": rounded = ratio.rounded(.down)
    case "to-zero": rounded = ratio.rounded(.towardZero)
    default: rounded = (ratio + 0.5).rounded(.down)
    }
    return MathValue(value: rounded * step, kind: kind)
  }

  private mutating func arguments(_ context: MathContext, _ count: ClosedRange<Int>) -> [MathValue]? {
    var values: [MathValue] = []
    repeat {
      guard values.count < count.upperBound, let value = sum(context) else { return nil }
      values.append(value)
      skipWhitespace()
    } while take(.comma)
    return takeFunctionEnd() && count.contains(values.count) ? values : nil
  }

  private func commonKind(_ values: [MathValue]) -> MathValue.Kind? {
    guard let first = values.first, values.allSatisfy({ $0.kind == first.kind }) else { return nil }
    return first.kind
  }

  private mutating func sum(_ context: MathContext) -> MathValue? {
    guard var result = product(context) else { return nil }
    while true {
      let before = self
      // White space is required on both sides of + and -.
      guard skipWhitespace(), token.kind == .delimiter,
        token.delimiter == UInt8(ascii: "+") || token.delimiter == UInt8(ascii: "-")
      else {
        self = before
        return result
      }
      let sign: Double = token.delimiter == UInt8(ascii: "+") ? 1 : -1
      advance()
      guard token.kind == .whitespace, let right = product(context), right.kind == result.kind else { return nil }
      result.value += sign * right.value
    }
  }

  private mutating func product(_ context: MathContext) -> MathValue? {
    guard var result = operand(context) else { return nil }
    while true {
      let before = self
      skipWhitespace()
      if take(delimiter: "*") {
        guard let right = operand(context), result.kind == .number || right.kind == .number else { return nil }
        result = MathValue(value: result.value * right.value, kind: result.kind == .number ? right.kind : result.kind)
      } else if take(delimiter: "/") {
        guard let right = operand(context), right.kind == .number || right.kind == result.kind else { return nil }
        result = MathValue(value: result.value / right.value, kind: right.kind == .number ? result.kind : .number)
      } else {
        self = before
        return result
      }
    }
  }

  private mutating func operand(_ context: MathContext) -> MathValue? {
    skipWhitespace()
    switch token.kind {
    case .openParenthesis:
      return nested { parser in
        parser.advance()
        guard let value = parser.sum(context), parser.takeFunctionEnd() else { return nil }
        return value
      }
    case .identifier:
      guard let value = context.value(named: keyword()) else { return nil }
      advance()
      return .number(value)
    case .function:
      return nested { $0.mathFunction(context) }
    default:
      return mathValue(context)
    }
  }
}
