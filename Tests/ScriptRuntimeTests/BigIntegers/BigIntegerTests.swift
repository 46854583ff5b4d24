import Testing

@testable import ScriptRuntime

@Suite struct BigIntegerTests {
  private func big(_ text: String) throws -> BigInteger {
    try #require(Array(text.utf8).withUnsafeBufferPointer { BigInteger(text: $0) })
  }

  private func text(_ value: BigInteger, radix: Int = 10) -> String {
    var bytes: [UInt8] = []
    value.append(radix: radix, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func random(_ state: inout UInt64, words: Int) -> BigInteger {
    let words = (0..<words).map { _ -> UInt64 in
      state = state &* 6364136223846793005 &+ 1442695040888963407
      return state % 5 == 0 ? .max : state ^ state << 31
    }
    return BigInteger(words: words, isNegative: state & 64 != 0)
  }

  @Test func textSurvivesARoundTripInEveryRadix() throws {
    var state: UInt64 = 3
    for radix in 2...36 {
      let value = random(&state, words: 9)
      let digits = Array(text(value, radix: radix).utf8)
      let isNegative = digits.first == 0x2D
      let parsed = digits.dropFirst(isNegative ? 1 : 0).withUnsafeBufferPointer {
        BigInteger(digits: $0, radix: radix, isNegative: isNegative)
      }
      #expect(parsed == value)
    }
  }

  @Test(arguments: [("0xff", "255"), ("  -12\n", "-12"), ("", "0"), ("0b101", "5"), ("+7", "7"), ("-0", "0")])
  func textIsReadAsTheSpecificationSays(source: String, expected: String) throws {
    #expect(text(try big(source)) == expected)
  }

  @Test(arguments: ["1n", "0x", "-0x1", "1.5", "1e3", "abc", "- 1"])
  func otherTextIsNoInteger(source: String) {
    #expect(Array(source.utf8).withUnsafeBufferPointer { BigInteger(text: $0) } == nil)
  }

  @Test func quotientAndRemainderMultiplyBack() throws {
    var state: UInt64 = 11
    for size in 1..<60 {
      let dividend = random(&state, words: size)
      let divisor = random(&state, words: size / 2 + 1)
      let quotient = try dividend.divided(by: divisor)
      let remainder = try dividend.remainder(dividingBy: divisor)
      #expect(try quotient.multiplied(by: divisor).adding(remainder) == dividend)
      #expect(WordArithmetic.compare(remainder.words, divisor.words) < 0)
      #expect(remainder.isZero || remainder.isNegative == dividend.isNegative)
    }
  }

  @Test func largeProductsDistributeOverSums() throws {
    var state: UInt64 = 5
    for (left, right) in [(50, 50), (200, 45), (130, 129), (300, 41)] {
      let (a, b, c) = (random(&state, words: left), random(&state, words: right), random(&state, words: 7))
      #expect(try a.multiplied(by: b.adding(c)) == a.multiplied(by: b).adding(a.multiplied(by: c)))
    }
  }

  @Test(arguments: [
    ("-5", "2", "-2", "-1", "-3"), ("5", "-2", "-2", "1", "1"), ("7", "7", "1", "0", "0"), ("0", "3", "0", "0", "0"),
  ])
  func divisionTruncatesAndShiftsFloor(left: String, right: String, quotient: String, remainder: String, halved: String) throws {
    #expect(text(try big(left).divided(by: big(right))) == quotient)
    #expect(text(try big(left).remainder(dividingBy: big(right))) == remainder)
    if right == "2" { #expect(text(try big(left).shiftedRight(by: BigInteger(1))) == halved) }
  }

  @Test func bitwiseOperationsActOnTwosComplement() throws {
    let (a, b) = (try big("0x123456789abcdef0123456789").negated, BigInteger(0xFFFF))
    #expect(text(a.bitwiseAnd(b), radix: 16) == "9877")
    #expect(a.bitwiseNot.negated == a.adding1())
    #expect(a.bitwiseXor(a).isZero)
    #expect(a.bitwiseOr(BigInteger(-1)) == BigInteger(-1))
  }

  @Test func wrappingToAWidth() throws {
    #expect(text(BigInteger(255).asIntN(8)) == "-1")
    #expect(text(BigInteger(-1).asIntN(8)) == "-1")
    #expect(text(BigInteger(128).asIntN(8)) == "-128")
    #expect(text(try BigInteger(-1).asUintN(64)) == "18446744073709551615")
    #expect(text(try BigInteger(256).asUintN(8)) == "0")
    #expect(throws: BigIntegerError.tooLarge) { try BigInteger(-1).asUintN(1 << 40) }
  }

  @Test func powersAndTheirLimits() throws {
    #expect(text(try BigInteger(-3).power(BigInteger(5))) == "-243")
    #expect(text(try BigInteger(2).power(BigInteger(100))) == "1267650600228229401496703205376")
    #expect(try BigInteger(-1).power(big("100000000000000000001")) == BigInteger(-1))
    #expect(throws: BigIntegerError.negativeExponent) { try BigInteger(2).power(BigInteger(-1)) }
    #expect(throws: BigIntegerError.tooLarge) { try BigInteger(2).power(big("99999999999")) }
    #expect(throws: BigIntegerError.tooLarge) { try BigInteger(1).shiftedLeft(by: big("99999999999")) }
    #expect(throws: BigIntegerError.divisionByZero) { try BigInteger(1).divided(by: .zero) }
  }

  @Test func doublesAreComparedAndConvertedExactly() throws {
    #expect(try big("9007199254740993").doubleValue == 9007199254740992)
    #expect(try big("9007199254740995").doubleValue == 9007199254740996)
    #expect(try big("9007199254740993").compare(9007199254740992) == 1)
    #expect(BigInteger(1).compare(1.5) == -1)
    #expect(BigInteger(-1).compare(-1.5) == 1)
    #expect(BigInteger(1).compare(.nan) == nil)
    #expect(try BigInteger(2).power(BigInteger(1024)).doubleValue == .infinity)
    #expect(text(try #require(BigInteger(exactly: 1e23))) == "99999999999999991611392")
    #expect(BigInteger(exactly: 1.5) == nil)
  }
}

extension BigInteger {
  fileprivate func adding1() -> BigInteger { (try? adding(BigInteger(1))) ?? self }
}
