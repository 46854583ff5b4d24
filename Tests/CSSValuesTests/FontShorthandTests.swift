import CSSValues
import Testing

private func read(_ text: String) -> String? { FontShorthand.parse(text)?.serialized }

@Suite struct FontShorthandTests {
  @Test(arguments: [
    ("20px serif", "20px serif"), ("20PX   SERIF", "20px serif"), ("1px sans-serif", "1px sans-serif"),
    ("small-caps italic 400 12px/2 Unknown Font, sans-serif", "italic small-caps 12px \"Unknown Font\", sans-serif"),
    ("1000% serif", "100px serif"), ("1em sans-serif", "10px sans-serif"), ("bold 12px Arial", "bold 12px Arial"),
    ("700 12px Arial", "bold 12px Arial"), ("900 12px 'Open Sans', Arial", "900 12px \"Open Sans\", Arial"),
    ("italic bold condensed 1.5em/normal monospace", "italic bold condensed 15px monospace"),
    ("normal normal normal normal 10px x", "10px x"), ("oblique 12px x", "oblique 12px x"),
    ("oblique 20deg 12px x", "oblique 20deg 12px x"), ("larger serif", "12px serif"), ("medium serif", "16px serif"),
    ("1in serif", "96px serif"), ("12pt serif", "16px serif"), ("calc(1px + 2em) serif", "21px serif"),
    ("bolder 10px serif", "bold 10px serif"), ("lighter 10px serif", "100 10px serif"), ("10px \"serif\"", "10px \"serif\""),
    ("10px 'a\"b'", "10px \"a\\\"b\""), ("0 serif", "0px serif"), ("10px a,b , c d", "10px a, b, \"c d\""),
    ("caption", "16px Arial"), ("math x", "10px x"), ("calc(50% + 2px) x", "7px x"), ("calc(2000) 12px x", "1000 12px x"),
    ("bold/**/12px/**/x", "bold 12px x"), ("1e9px x", "10000px x"), ("12px/calc(-1) x", "12px x"), ("12px a\u{0}b", "12px a\u{FFFD}b"),
    ("12px --a", "12px \"--a\""), ("10cqw x", "30px x"), ("1ric x", "16px x"), ("12px x serif", "12px \"x serif\""),
  ])
  func readBack(_ text: String, _ expected: String) { #expect(read(text) == expected) }

  @Test(arguments: [
    "", "bogus", "inherit", "10px {bogus}", "10px initial", "10px default", "10px inherit", "10px revert", "var(--x)",
    "var(--x, 10px serif)", "1em serif; background: green; margin: 10px", "10px", "serif", "10 serif", "-1px serif", "10px/ serif",
    "bold bold 10px serif", "10px/-1 serif", "1001 10px serif", "10px serif,", "10px ,serif", "bold10px serif", "10deg serif",
    "normal normal normal normal normal 10px x", "12px serif x", "-100 12px x",
  ])
  func mistakesAreNoFonts(_ text: String) { #expect(read(text) == nil) }

  @Test func genericFamiliesAreToldFromNames() {
    #expect(FontShorthand.parse("1px Serif, 'serif'")?.families == [.generic("serif"), .named("serif")])
  }
}
