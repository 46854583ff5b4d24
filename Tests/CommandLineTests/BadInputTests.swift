// What users are told, word for word, when something is wrong.

import Foundation
import Testing

@Suite struct BadInputTests {
  @Test func aMissingScriptIsNamed() throws {
    try withFolder { folder in
      let outcome = try Program.run(["nosuch.cvs"], in: folder.url)
      #expect(outcome.status == 66)
      #expect(outcome.errorText == "canvasrun: error: cannot read nosuch.cvs: No such file or directory\n")
      #expect(outcome.output.isEmpty)
      #expect(folder.names.isEmpty)
    }
  }

  @Test func aFolderIsNoScript() throws {
    try withFolder { folder in
      let outcome = try Program.run(["."], in: folder.url)
      #expect(outcome.status == 66)
      #expect(outcome.errorText == "canvasrun: error: cannot read .: Is a directory\n")
    }
  }

  @Test func aSyntaxErrorShowsItsLineAndACaret() throws {
    try withFolder { folder in
      try folder.write("bad.cvs", "ctx.fillRect(0, 0, 10, 10);\nlet x = = 3;\n")
      let outcome = try Program.run(["bad.cvs"], in: folder.url)
      #expect(outcome.status == 65)
      #expect(outcome.errorText.hasPrefix("bad.cvs:2:9: error: unexpected '='"))
      #expect(outcome.errorText.hasSuffix("\n 2 | let x = = 3;\n   |         ^\n"))
      #expect(!folder.exists("bad.png"))
    }
  }

  @Test func aMisspeltMethodIsCorrected() throws {
    try withFolder { folder in
      try folder.write("poster.cvs", "if (true) {\n    ctx.filRect(0, 0, 10, 10);\n}\n")
      let outcome = try Program.run(["poster.cvs"], in: folder.url)
      #expect(outcome.status == 1)
      #expect(
        outcome.errorText == """
          poster.cvs:2:9: error: TypeError: ctx.filRect is not a function; did you mean fillRect?
           2 |     ctx.filRect(0, 0, 10, 10);
             |         ^~~~~~~

          """)
    }
  }

  @Test func anExceptionShowsItsStack() throws {
    try withFolder { folder in
      try folder.write(
        "deep.cvs",
        """
        function inner(size) {
          throw new RangeError('size ' + size);
        }
        function outer() { inner(-1); }
        outer();

        """)
      let outcome = try Program.run(["deep.cvs"], in: folder.url)
      #expect(outcome.status == 1)
      let lines = outcome.errorText.split(separator: "\n").map(String.init)
      #expect(lines[0] == "deep.cvs:2:9: error: RangeError: size -1")
      #expect(lines[1] == " 2 |   throw new RangeError('size ' + size);")
      #expect(lines[2] == "   |         ^~~")
      #expect(lines[3] == "    at inner (deep.cvs:2:9)")
      #expect(lines[4].hasPrefix("    at outer (deep.cvs:4:"))
      #expect(lines[5].hasSuffix("(deep.cvs:5:1)"))
      #expect(lines.count == 6)
    }
  }

  @Test func aThrownObjectPrintsByItsToString() throws {
    let outcome = try Program.run(
      ["-", "--no-output"], input: "throw { toString() { return 'Test262Error: no'; } };")
    #expect(outcome.status == 1)
    #expect(outcome.errorText.contains("error: Test262Error: no"))
  }

  @Test func anUnhandledRejectionEndsTheRun() throws {
    let outcome = try Program.run(
      ["-", "--no-output"], input: "Promise.reject(new Error('gone'));\nsetTimeout(() => console.log('late'), 5);")
    #expect(outcome.status == 1)
    #expect(outcome.errorText.hasPrefix("<stdin>:1:16: error: unhandled rejection: Error: gone\n"))
    #expect(outcome.output.isEmpty)
  }

  @Test func aRejectionHandledInTimeIsNone() throws {
    let outcome = try Program.run(
      ["-", "--no-output"], input: "const p = Promise.reject(1);\nPromise.resolve().then(() => p.catch(() => console.log('ok')));")
    #expect(outcome.status == 0)
    #expect(outcome.outputText == "ok\n")
    #expect(outcome.errorText.isEmpty)
  }

  @Test func anEndlessLoopRunsOutOfTime() throws {
    let start = Date()
    let outcome = try Program.run(["-", "--no-output", "--timeout", "300ms"], input: "while (true) {}")
    #expect(outcome.status == 124)
    #expect(outcome.errorText.hasPrefix("<stdin>:1:"))
    #expect(outcome.errorText.contains(": error: the script ran out of time: more than 300 ms (see --timeout)\n 1 | while (true) {}\n"))
    #expect(Date().timeIntervalSince(start) < 5)
  }

  @Test func anEndlessCountingIntervalRunsOutOfTime() throws {
    let outcome = try Program.run(
      ["-", "--no-output", "--timeout", "300ms"], input: "let n = 0;\nsetInterval(() => { n++; }, 1);")
    #expect(outcome.status == 124)
  }

  @Test func aGiantCanvasReachesTheLimit() throws {
    try withFolder { folder in
      try folder.write("giant.cvs", "canvas.width = 1000000;\ncanvas.height = 1000000;\nctx.fillRect(0, 0, 1, 1);\n")
      let outcome = try Program.run(["giant.cvs"], in: folder.url)
      #expect(outcome.status == 125)
      #expect(outcome.errorText.contains("a canvas of 1000000 x 1000000 pixels is too large: at most 268435456 pixels are allowed"))
      #expect(!folder.exists("giant.png"))
    }
  }

  @Test func aGiantDefaultCanvasReachesTheLimit() throws {
    let outcome = try Program.run(["-", "--width", "1000000", "--height", "1000000"], input: "")
    #expect(outcome.status == 125)
    #expect(outcome.output.isEmpty)
  }

  @Test func endlessRecursionReachesTheLimit() throws {
    let outcome = try Program.run(["-", "--no-output"], input: "function f() { return f() + 1; }\nf();")
    #expect(outcome.status == 125)
    #expect(outcome.errorText.hasPrefix("<stdin>:1:"))
    #expect(outcome.errorText.contains("RangeError: Maximum call stack size exceeded"))
  }

  @Test func recursionThatIsCaughtGoesOn() throws {
    let outcome = try Program.run(
      ["-", "--no-output"], input: "function f() { return f() + 1; }\ntry { f(); } catch (e) { console.log(e.name); }")
    #expect(outcome.status == 0)
    #expect(outcome.outputText == "RangeError\n")
  }

  @Test func hoardingMemoryReachesTheLimit() throws {
    let outcome = try Program.run(
      ["-", "--no-output", "--max-memory", "100M"],
      input: "const all = [];\nwhile (true) all.push(new Array(1000).fill(all.length));")
    #expect(outcome.status == 125)
    #expect(outcome.errorText.contains("error: the script used more than 100 MiB of memory, most of it for arrays (see --max-memory)\n"))
  }

  @Test func nulBytesAreReportedWhereTheyAre() throws {
    try withFolder { folder in
      try folder.write("nul.cvs", Data("let a = 1;\nlet b = \0a;\n".utf8))
      let outcome = try Program.run(["nul.cvs"], in: folder.url)
      #expect(outcome.status == 65)
      #expect(outcome.errorText == "nul.cvs:2:9: error: unexpected character NUL (U+0000)\n 2 | let b = ␀a;\n   |         ^\n")
    }
  }

  @Test func anythingMayBeFedToTheParser() throws {
    var state: UInt64 = 42
    let noise = Data(
      (0..<5000).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return UInt8(truncatingIfNeeded: state >> 33)
      })
    try withFolder { folder in
      let path = try folder.write("noise.cvs", noise)
      let outcome = try Program.run([path, "--no-output"])
      #expect(outcome.status == 65)
      #expect(outcome.errorText.hasPrefix("\(path):1:"))
    }
  }

  @Test func dataThatIsNoJSONIsRefused() throws {
    let outcome = try Program.run(["-", "--no-output", "--data", "{nope"], input: "")
    #expect(outcome.status == 65)
    #expect(outcome.errorText.hasPrefix("canvasrun: error: the value of --data is not JSON: "))
  }

  @Test func aMissingDataFileIsNamed() throws {
    let outcome = try Program.run(["-", "--no-output", "--data", "@/nosuch.json"], input: "")
    #expect(outcome.status == 66)
    #expect(outcome.errorText == "canvasrun: error: cannot read /nosuch.json: No such file or directory\n")
  }
}

@Suite struct UsageTests {
  @Test(arguments: [
    ["--nope"], ["-", "--width", "wide"], ["-", "--quality", "2"], ["-", "--timeout", "soon"], ["-", "--scale", "0"],
    ["-", "-o", "a.png", "--no-output"], ["-", "--set", "novalue"], ["-", "--frames", "0"], ["-", "-o", "film.mp4"],
    ["-", "-o", "picture.svg"], ["-", "--background", "no colour", "-o", "-"], ["-", "--now", "soonish", "--no-output"],
  ])
  func aWrongCommandLineIsRefused(arguments: [String]) throws {
    try withFolder { folder in
      let outcome = try Program.run(arguments, input: "", in: folder.url)
      #expect(outcome.status == 64)
      #expect(outcome.errorText.lowercased().contains("error: "))
      #expect(outcome.output.isEmpty)
      #expect(folder.names.isEmpty)
    }
  }

  @Test func helpAndVersionGoToStandardOutput() throws {
    for arguments in [["--help"], ["help"], ["run", "--help"], ["help", "batch"], ["check", "--help"], ["fonts", "--help"]] {
      let outcome = try Program.run(arguments)
      #expect(outcome.status == 0)
      #expect(outcome.outputText.contains("USAGE: canvasrun"))
    }
    #expect(try Program.run(["--version"]).outputText.split(separator: ".").count == 3)
  }

  @Test func anInterruptEndsTheRun() throws {
    try withFolder { folder in
      try folder.write("loop.cvs", "while (true) {}\n")
      let outcome = try Program.run(["loop.cvs"], in: folder.url, interruptedAfter: 0.4)
      #expect(outcome.status == 130)
      #expect(outcome.errorText == "canvasrun: error: interrupted\n")
      #expect(folder.names == ["loop.cvs"])
    }
  }
}
