// https://tc39.es/ecma262/#sec-literals-numeric-literals

extension Lexer {
  /// A number or BigInt that begins with a digit, or a dot before one.
  mutating func scanNumber(flags: TokenFlags) -> Token {
    let start = cursor.position
    var scan = NumberScan(flags: flags)
    if cursor.current == UInt8(ascii: "0") {
      switch cursor.peek(1) | 0x20 {
      case UInt8(ascii: "x"): scanRadix(16, &scan)
      case UInt8(ascii: "o"): scanRadix(8, &scan)
      case UInt8(ascii: "b"): scanRadix(2, &scan)
      default:
        if CharacterClass.isDigit(cursor.peek(1)) || cursor.peek(1) == UInt8(ascii: "_") {
          scanLegacy(&scan)
        } else {
          scanDecimal(&scan)
        }
      }
    } else {
      scanDecimal(&scan)
    }
    if scan.error == nil, scan.allowsBigInt, cursor.take(UInt8(ascii: "n")) { scan.isBigInt = true }
    if scan.error == nil, isNameOrDigitHere { scan.error = .nameAfterNumber }
    if let error = scan.error {
      let end = cursor.position
      skipNameParts()
      // A misplaced character is reported where it stands, other mistakes where the number ends.
      return invalid(error, from: min(end, max(start, cursor.bytes.count - 1)), to: min(end + 1, cursor.bytes.count), flags: flags)
    }
    return token(scan.isBigInt ? .bigInt : .number, from: start, flags: scan.flags)
  }

  private struct NumberScan {
    var flags: TokenFlags
    var error: DiagnosticKind?
    var allowsBigInt = false
    var isBigInt = false
  }

  private var isNameOrDigitHere: Bool {
    guard !cursor.isAtEnd else { return false }
    let byte = cursor.current
    if byte < 0x80 { return CharacterClass.isNamePart(byte) || byte == UInt8(ascii: "\\") }
    return CodePoints.isIdentifierStart(cursor.scalar().scalar)
  }

  private mutating func skipNameParts() {
    while CharacterClass.isNamePart(cursor.current) { cursor.advance() }
  }

  private mutating func scanRadix(_ radix: UInt8, _ scan: inout NumberScan) {
    cursor.advance(2)
    scan.allowsBigInt = true
    scanDigits(radix: radix, &scan)
  }

  /// `010`, `08`, `09.5`: octal if all digits are.
  private mutating func scanLegacy(_ scan: inout NumberScan) {
    scan.flags.insert(.legacyOctal)
    var isOctal = true
    while CharacterClass.isDigit(cursor.current) {
      if cursor.current >= UInt8(ascii: "8") { isOctal = false }
      cursor.advance()
    }
    if cursor.current == UInt8(ascii: "_") {
      scan.error = .misplacedNumericSeparator
    } else if !isOctal {
      scanFractionAndExponent(&scan)
    }
  }

  private mutating func scanDecimal(_ scan: inout NumberScan) {
    scan.allowsBigInt = true
    if cursor.current != UInt8(ascii: ".") { scanDigits(radix: 10, &scan) }
    if scan.error == nil { scanFractionAndExponent(&scan) }
  }

  private mutating func scanFractionAndExponent(_ scan: inout NumberScan) {
    if cursor.take(UInt8(ascii: ".")) {
      scan.allowsBigInt = false
      if CharacterClass.isDigit(cursor.current) {
        scanDigits(radix: 10, &scan)
      } else if cursor.current == UInt8(ascii: "_") {
        scan.error = .misplacedNumericSeparator
      }
    }
    guard scan.error == nil, cursor.current | 0x20 == UInt8(ascii: "e") else { return }
    scan.allowsBigInt = false
    cursor.advance()
    if cursor.current == UInt8(ascii: "+") || cursor.current == UInt8(ascii: "-") { cursor.advance() }
    scanDigits(radix: 10, &scan)
  }

  /// One digit or more with separators between.
  private mutating func scanDigits(radix: UInt8, _ scan: inout NumberScan) {
    var isAfterDigit = false
    while true {
      let byte = cursor.current
      if byte == UInt8(ascii: "_") {
        scan.flags.insert(.needsDecoding)
        guard isAfterDigit else {
          scan.error = .misplacedNumericSeparator
          return
        }
        isAfterDigit = false
      } else if let value = CharacterClass.digitValue(byte), value < radix {
        isAfterDigit = true
      } else {
        break
      }
      cursor.advance()
    }
    if !isAfterDigit {
      let isAfterSeparator = cursor.position > 0 && cursor.bytes[cursor.position - 1] == UInt8(ascii: "_")
      scan.error = isAfterSeparator ? .misplacedNumericSeparator : .invalidNumber
    }
  }
}
