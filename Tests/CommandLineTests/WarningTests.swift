// What is ignored without an error is said, with its place.

import Foundation
import Testing

@Suite struct WarningTests {
  @Test(arguments: [
    ("ctx.fillStyle = 'rde';", "<stdin>:1:5: warning: 'rde' is no colour and was ignored; did you mean red?"),
    ("\n  ctx.strokeStyle = '#12345';", "<stdin>:2:7: warning: '#12345' is no colour and was ignored"),
    ("ctx.lineWidth = 'thick';", "<stdin>:1:5: warning: \"thick\" is no number, which lineWidth wants"),
    ("ctx.lineCap = 'rond';", "<stdin>:1:5: warning: \"rond\" is no value of lineCap and was ignored"),
    (
      "\n\nctx.lineStyle = 'red';",
      "<stdin>:3:5: warning: CanvasRenderingContext2D has no property lineStyle, setting it draws nothing; "
        + "did you mean fillStyle?"
    ),
  ])
  func whatIsIgnoredIsSaid(script: String, expected: String) throws {
    let outcome = try Program.run(["-", "--no-output", "-v"], input: script)
    #expect(outcome.status == 0)
    #expect(outcome.errorText.contains(expected + "\n"))
    #expect(try Program.run(["-", "--no-output", "-q"], input: script).errorText.isEmpty)
  }

  @Test func numbersMayBeText() throws {
    #expect(try Program.run(["-", "--no-output", "-v"], input: "ctx.lineWidth = '5'; ctx.lineWidth = NaN;").errorText.isEmpty)
  }

  @Test func checkKnowsTheMembersOfContexts() throws {
    let names = try Program.run(
      ["-", "--no-output"],
      input: "for (const n of Object.getOwnPropertyNames(CanvasRenderingContext2D.prototype)) console.log(n)")
    let members = names.outputLines.filter { $0 != "constructor" }
    #expect(members.count > 70)
    let script = members.map { "ctx.\($0) = 1;\n" }.joined() + "const c = canvas.getContext('2d');\nc.strokeColour = 'red';\n"
    let outcome = try Program.run(["check", "-"], input: script)
    #expect(outcome.status == 0)
    let warnings = outcome.errorText.split(separator: "\n").filter { $0.contains("warning:") }
    #expect(
      warnings == [
        "<stdin>:\(members.count + 2):3: warning: CanvasRenderingContext2D has no property strokeColour, setting it draws nothing"
      ])
  }
}
