import Foundation
import Testing

@testable import ScriptSyntax

struct DepthTests {
  #if DEBUG
    private static let stackMegabytes = 64
  #else
    private static let stackMegabytes = 8
  #endif

  /// Parses on a thread with a small stack, and releases the tree there.
  private func kindsOnStack(_ text: String) -> [DiagnosticKind] {
    final class Box: @unchecked Sendable { var kinds: [DiagnosticKind] = [] }
    let box = Box()
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      box.kinds = kinds(text)
      done.signal()
    }
    thread.stackSize = Self.stackMegabytes << 20
    thread.start()
    done.wait()
    return box.kinds
  }

  private static let count = 100_000

  @Test(arguments: [
    "[", "(", "{", "-", "!", "f(", "x => ", "(x) => ", "a ? ", "a ? b : ", "a = ", "a ** ", "a[", "`${", "new ", "{a:", "({a:",
    "[...", "function f() { ",
    "if (a) ", "while (a) ", "for (;;) ", "l: ", "class A { m() { ", "class A extends ", "try { ", "(function () { ", "typeof ",
    "await ", "var [", "var {a:",
    "([{a: ", "async (", "(a, b = ", "a || b && c | d ^ e & f == g < h << i + j * (", "with (a) ", "switch (a) { case 1: ",
    "do ", "x = class { static { ", "x = class { [",
    "a?.[", "super[", "({ get a() { ", "({ [", "a`${", "++", "import(", "(x = ", "class A { static { ", "async () => ",
    "{ function f() { ",
  ])
  func nestingIsBounded(opening: String) {
    let result = kindsOnStack(String(repeating: opening, count: Self.count))
    #expect(!result.isEmpty)
  }

  @Test(arguments: ["[", "(", "-", "{", "f(", "x => ", "a ? b : ", "if (a) ", "a ** ", "class A { m() { "])
  func deepNestingSaysSo(opening: String) {
    #expect(kindsOnStack(String(repeating: opening, count: Self.count)) == [.tooDeep])
  }

  @Test(arguments: [".b", "()", "[0]", "`x`", "?.b"])
  func longChainsOfLinksAreTooDeep(link: String) {
    #expect(kindsOnStack("a" + String(repeating: link, count: Self.count)) == [.tooDeep])
  }

  @Test func heightAddsUpAcrossParentheses() {
    let chain = String(repeating: ".b", count: 1500)
    #expect(kindsOnStack("a" + chain) == [])
    #expect(kindsOnStack("(a" + chain + ")" + chain) == [.tooDeep])
    #expect(kindsOnStack("a" + chain + " + a" + chain + " + f(a" + chain + ")") == [])
  }

  @Test(arguments: [" + a", " && a", ", a", " ?? a", " == a", " - a.b.c"])
  func longRunsOfOperatorsAreFlat(link: String) {
    #expect(kindsOnStack("a" + String(repeating: link, count: Self.count)) == [])
  }

  @Test func longLaddersAndListsAreFlat() {
    #expect(kindsOnStack(String(repeating: "if (a) b; else ", count: Self.count) + "c") == [])
    #expect(kindsOnStack("x = [" + String(repeating: "a,", count: Self.count) + "]") == [])
    #expect(kindsOnStack("`" + String(repeating: "${a}", count: Self.count) + "`") == [])
  }

  @Test func thousandLevelsAreFine() {
    let open = String(repeating: "f([", count: 800)
    let close = String(repeating: "])", count: 800)
    #expect(kindsOnStack(open + close) == [])
  }

  @Test func maximumDepthIsAnOption() {
    var options = ParseOptions()
    options.maximumDepth = 10
    #expect(kinds("[[[[[[[[[[[[1]]]]]]]]]]]]", options) == [.tooDeep])
    #expect(kinds("[[[[1]]]]", options) == [])
  }
}
