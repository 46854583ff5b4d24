// Colours of RGB profiles that consist of three curves and a matrix, brought to sRGB.
//
// Layout after ICC.1:2022; the model is that of its annex F.3 (three-component matrix-based profiles).

import Drawing
import Glibc

/// Takes pixels from the colour space of a profile to sRGB.
struct ICCTransform {
  /// What each byte of red, green and blue stands for in linear light, 256 numbers apiece.
  private let curves: [[Float]]
  /// Linear colours of the profile to linear sRGB, row by row.
  private let matrix: [Float]

  /// Nil for profiles of other kinds (with look-up tables, of grey or ink) and for those that are sRGB as far as bytes can show.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.init(ByteReader(Array(bytes)))
  }

  init?(_ profile: ByteReader) {
    guard profile.starts(with: "acsp", at: 36), profile.starts(with: "RGB XYZ ", at: 16) else { return nil }
    let tags = ProfileTags(profile)
    // A table is the more exact description where there is one; without it we would show something else than was meant.
    guard tags.find("A2B0") == nil, let red = tags.xyz("rXYZ"), let green = tags.xyz("gXYZ"), let blue = tags.xyz("bXYZ"),
      let redCurve = tags.curve("rTRC"), let greenCurve = tags.curve("gTRC"), let blueCurve = tags.curve("bTRC")
    else { return nil }
    curves = [redCurve, greenCurve, blueCurve]
    var numbers: [Float] = []
    for row in 0..<3 {
      let a = Self.linearSRGB[row * 3], b = Self.linearSRGB[row * 3 + 1], c = Self.linearSRGB[row * 3 + 2]
      for column in [red, green, blue] {
        let value: Double = a * column.x + b * column.y + c * column.z
        numbers.append(Float(value))
      }
    }
    matrix = numbers
    if isNearlyIdentity { return nil }
  }

  /// XYZ relative to D50, the profile connection space, to linear sRGB (Bradford adaptation).
  private static let linearSRGB = [
    3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.0334540, 0.0719453, -0.2289914, 1.4052427,
  ]

  /// Bytes of sRGB for linear light in steps of 1/16383: fine enough for the steep beginning of the curve.
  private static let encoded: [UInt8] = (0..<16384).map { step in
    let linear = Double(step) / 16383
    return UInt8(255 * (linear <= 0.0031308 ? 12.92 * linear : 1.055 * pow(linear, 1 / 2.4) - 0.055) + 0.5)
  }

  /// Replaces the straight or opaque pixels of `pixmap`, 8 bits a component. Alpha stays.
  func apply(to pixmap: Pixmap) {
    for y in 0..<pixmap.height {
      pixmap.withRow(y) { row in
        var lastSource: UInt32 = 0, lastResult = converted(0)
        for x in 0..<row.count {
          let pixel = row[x] & 0x00FF_FFFF
          if pixel != lastSource { (lastSource, lastResult) = (pixel, converted(pixel)) }
          row[x] = row[x] & 0xFF00_0000 | lastResult
        }
      }
    }
  }

  /// Of a packed pixel without its alpha.
  private func converted(_ pixel: UInt32) -> UInt32 {
    let red = curves[0][Int(pixel & 0xFF)], green = curves[1][Int(pixel >> 8 & 0xFF)], blue = curves[2][Int(pixel >> 16 & 0xFF)]
    func component(_ row: Int) -> UInt32 {
      let linear = matrix[row * 3] * red + matrix[row * 3 + 1] * green + matrix[row * 3 + 2] * blue
      // Written so that NaN becomes 0.
      let clamped = linear > 0 ? min(1, linear) : 0
      return UInt32(Self.encoded[Int(clamped * 16383 + 0.5)])
    }
    return component(0) | component(1) << 8 | component(2) << 16
  }

  /// Whether no colour of a coarse grid moves by more than a rounding step.
  private var isNearlyIdentity: Bool {
    let steps: [UInt32] = [0, 16, 64, 128, 192, 255]
    for red in steps {
      for green in steps {
        for blue in steps {
          let source = red | green << 8 | blue << 16, result = converted(source)
          for shift: UInt32 in [0, 8, 16] {
            if abs(Int(source >> shift & 0xFF) - Int(result >> shift & 0xFF)) > 1 { return false }
          }
        }
      }
    }
    return true
  }
}

/// The tagged elements of a profile.
private struct ProfileTags {
  private let profile: ByteReader

  init(_ profile: ByteReader) { self.profile = profile }

  func find(_ name: StaticString) -> ByteReader? {
    // Profiles have some twenty tags; the bound keeps a made-up count from holding us up.
    for index in 0..<min(profile.u32(128, bigEndian: true) ?? 0, 200) {
      let entry = 132 + 12 * index
      guard profile.starts(with: name, at: entry), let offset = profile.u32(entry + 4, bigEndian: true),
        let length = profile.u32(entry + 8, bigEndian: true)
      else { continue }
      return profile.window(offset, length)
    }
    return nil
  }

  func xyz(_ name: StaticString) -> (x: Double, y: Double, z: Double)? {
    guard let tag = find(name), tag.starts(with: "XYZ "), let x = fixed(tag, 8), let y = fixed(tag, 12), let z = fixed(tag, 16)
    else { return nil }
    return (x, y, z)
  }

  /// The values of a tone curve for all bytes, each 0...1.
  func curve(_ name: StaticString) -> [Float]? {
    guard let tag = find(name) else { return nil }
    let function: (Double) -> Double
    if tag.starts(with: "curv"), let count = tag.u32(8, bigEndian: true) {
      switch count {
      case 0: function = { $0 }
      case 1:
        guard let gamma = tag.u16(12, bigEndian: true) else { return nil }
        function = { pow($0, Double(gamma) / 256) }
      default:
        guard tag.count >= 12 + 2 * count else { return nil }
        function = { value in
          let position = value * Double(count - 1), index = min(Int(position), count - 2)
          let low = Double(tag.u16(12 + 2 * index, bigEndian: true) ?? 0)
          let high = Double(tag.u16(14 + 2 * index, bigEndian: true) ?? 0)
          return (low + (high - low) * (position - Double(index))) / 65535
        }
      }
    } else if tag.starts(with: "para"), let parametric = parametricCurve(tag) {
      function = parametric
    } else {
      return nil
    }
    return (0..<256).map { byte in
      let value = function(Double(byte) / 255)
      return value > 0 ? Float(min(1, value)) : 0
    }
  }

  /// The five forms of parametricCurveType.
  private func parametricCurve(_ tag: ByteReader) -> ((Double) -> Double)? {
    let counts = [1, 3, 4, 5, 7]
    guard let form = tag.u16(8, bigEndian: true), form < counts.count else { return nil }
    let numbers = (0..<counts[form]).compactMap { fixed(tag, 12 + 4 * $0) }
    guard numbers.count == counts[form] else { return nil }
    let g = numbers[0]
    if form == 0 { return { pow($0, g) } }
    let a = numbers[1], b = numbers[2]
    let c = form >= 2 ? numbers[3] : 0
    switch form {
    case 1, 2: return { value in a * value + b >= 0 ? pow(a * value + b, g) + c : c }
    default:
      let d = numbers[4], e = form == 4 ? numbers[5] : 0, f = form == 4 ? numbers[6] : 0
      return { value in value >= d ? pow(a * value + b, g) + e : c * value + f }
    }
  }

  /// An s15Fixed16Number.
  private func fixed(_ tag: ByteReader, _ offset: Int) -> Double? {
    tag.u32(offset, bigEndian: true).map { Double(Int32(truncatingIfNeeded: $0)) / 65536 }
  }
}
