import CSSValues
import Drawing
import Testing

@Suite struct FilterFunctionsTests {
  @Test func aListKeepsItsOrder() {
    #expect(
      FilterFunction.parseList("blur(2px) brightness(50%) hue-rotate(0.5turn)") == [
        .blur(CSSLength(value: 2, unit: "px")), .brightness(0.5), .hueRotate(degrees: 180),
      ])
  }

  @Test func noneIsAnEmptyList() { #expect(FilterFunction.parseList(" none ") == []) }

  @Test func missingAmountsHaveDefaults() {
    #expect(
      FilterFunction.parseList("blur() contrast() grayscale() hue-rotate()") == [
        .blur(.zero), .contrast(1), .grayscale(1), .hueRotate(degrees: 0),
      ])
  }

  @Test(arguments: ["drop-shadow(red 1px 2px 3px)", "drop-shadow(1px 2px 3px red)"])
  func dropShadowTakesItsColorOnEitherSide(_ text: String) {
    let px = { CSSLength(value: $0, unit: "px") }
    #expect(
      FilterFunction.parseList(text) == [
        .dropShadow(x: px(1), y: px(2), blur: px(3), color: CSSColor(red8: 255, green8: 0, blue8: 0))
      ])
  }

  @Test(arguments: [
    "", "inherit", "initial", "unset", "blur(10)", "blur 10px", "blur(-1px)", "blur(1px 2px)", "none none", "brightness(-1)",
    "opacity(10px)", "drop-shadow(1px)", "drop-shadow(1px red 2px)", "drop-shadow(1px 2px -3px)", "foo(1)", "hue-rotate(1)",
    "blur(5px),blur(5px)", "undefined", "null",
  ])
  func mistakesAreNoFilters(_ text: String) { #expect(FilterFunction.parseList(text) == nil) }

  @Test func emsFollowTheFont() throws {
    let functions = try #require(FilterFunction.parseList("blur(2em)"))
    #expect(functions[0].isFontRelative)
    #expect(functions[0].filters(lengths: LengthContext(fontSize: 7), colorSpace: .srgb) == [.blur(x: 14, y: 14)])
  }

  @Test func referencesAreKept() { #expect(FilterFunction.parseList("url(#a) blur(1px)")?.first == .url("#a")) }

  @Test func grayscaleWeighsWithLuminance() throws {
    let filter = try #require(FilterFunction.grayscale(1).filters(lengths: LengthContext(), colorSpace: .srgb).first)
    guard case .colorMatrix(let matrix) = filter else { return #expect(Bool(false)) }
    #expect(Array(matrix.values[0..<3]) == Array(matrix.values[5..<8]))
    #expect(abs(matrix.values[1] - 0.7152) < 1e-6)
  }
}
