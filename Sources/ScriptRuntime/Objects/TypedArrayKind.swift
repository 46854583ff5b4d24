// https://tc39.es/ecma262/#table-the-typedarray-constructors

/// What the elements of a typed array are.
public enum TypedArrayKind: UInt8, CaseIterable, Sendable {
  case int8, uint8, uint8Clamped, int16, uint16, int32, uint32, float16, float32, float64, bigInt64, bigUint64

  /// Bytes of an element: 1, 2, 4 or 8.
  @inline(__always)
  public var elementSize: Int { 1 << elementShift }

  @inline(__always)
  var elementShift: Int {
    switch self {
    case .int8, .uint8, .uint8Clamped: 0
    case .int16, .uint16, .float16: 1
    case .int32, .uint32, .float32: 2
    case .float64, .bigInt64, .bigUint64: 3
    }
  }

  public var isBigInt: Bool { self == .bigInt64 || self == .bigUint64 }

  /// The name of the constructor.
  public var constructorName: String {
    switch self {
    case .int8: "Int8Array"
    case .uint8: "Uint8Array"
    case .uint8Clamped: "Uint8ClampedArray"
    case .int16: "Int16Array"
    case .uint16: "Uint16Array"
    case .int32: "Int32Array"
    case .uint32: "Uint32Array"
    case .float16: "Float16Array"
    case .float32: "Float32Array"
    case .float64: "Float64Array"
    case .bigInt64: "BigInt64Array"
    case .bigUint64: "BigUint64Array"
    }
  }

  /// The element at an address, which need not be aligned; `.empty` for the BigInt kinds.
  @inline(__always)
  func load(_ address: UnsafeRawPointer) -> Value {
    switch self {
    case .int8: .number(Double(address.load(as: Int8.self)))
    case .uint8, .uint8Clamped: .number(Double(address.load(as: UInt8.self)))
    case .int16: .number(Double(address.loadUnaligned(as: Int16.self)))
    case .uint16: .number(Double(address.loadUnaligned(as: UInt16.self)))
    case .int32: .number(Double(address.loadUnaligned(as: Int32.self)))
    case .uint32: .number(Double(address.loadUnaligned(as: UInt32.self)))
    case .float16: .number(HalfPrecision.double(address.loadUnaligned(as: UInt16.self)))
    case .float32: .number(Double(address.loadUnaligned(as: Float.self)))
    case .float64: .number(address.loadUnaligned(as: Double.self))
    case .bigInt64, .bigUint64: .empty
    }
  }

  /// Stores a number as an element; false for the BigInt kinds.
  @inline(__always)
  func store(_ number: Double, _ address: UnsafeMutableRawPointer) -> Bool {
    switch self {
    case .int8, .uint8: address.storeBytes(of: UInt8(truncatingIfNeeded: Realm.int32(number)), as: UInt8.self)
    case .uint8Clamped: address.storeBytes(of: TypedArrayKind.clamped(number), as: UInt8.self)
    case .int16, .uint16: address.storeBytes(of: UInt16(truncatingIfNeeded: Realm.int32(number)), as: UInt16.self)
    case .int32, .uint32: address.storeBytes(of: Realm.int32(number), as: Int32.self)
    case .float16: address.storeBytes(of: HalfPrecision.bits(number), as: UInt16.self)
    case .float32: address.storeBytes(of: Float(number), as: Float.self)
    case .float64: address.storeBytes(of: number, as: Double.self)
    case .bigInt64, .bigUint64: return false
    }
    return true
  }

  /// https://tc39.es/ecma262/#sec-touint8clamp: the nearest of 0...255, the even one of two.
  @inline(__always)
  static func clamped(_ number: Double) -> UInt8 {
    // NaN fails the first comparison.
    guard number > 0 else { return 0 }
    return number >= 255 ? 255 : UInt8(number.rounded(.toNearestOrEven))
  }
}

/// IEEE 754 binary16, in integers so that every processor gives the same bits.
enum HalfPrecision {
  static func double(_ bits: UInt16) -> Double {
    let exponent = Int(bits >> 10 & 31)
    let fraction = Double(bits & 1023)
    let magnitude: Double =
      switch exponent {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      default: Double(sign: .plus, exponent: exponent - 25, significand: 1024 + fraction)
      }
    return bits & 0x8000 == 0 ? magnitude : -magnitude
  }

  /// Rounded once, to the nearest, ties to even.
  static func bits(_ number: Double) -> UInt16 {
    let sign: UInt16 = number.sign == .minus ? 0x8000 : 0
    if number.isNaN { return 0x7E00 }
    let magnitude = abs(number)
    if magnitude >= 65520 { return sign | 0x7C00 }
    if magnitude < 0x1p-14 {
      // Subnormal: a multiple of 2^-24; 1024 of them are the smallest normal number, which the bits then say by themselves.
      return sign | UInt16((magnitude * 0x1p24).rounded(.toNearestOrEven))
    }
    let exponent = Int(magnitude.exponent)
    // 1024 ... 2048; a carry into the exponent is right.
    let significand = Int((magnitude * Double(sign: .plus, exponent: 10 - exponent, significand: 1)).rounded(.toNearestOrEven))
    return sign | UInt16(truncatingIfNeeded: (exponent + 14) << 10 + significand)
  }
}
