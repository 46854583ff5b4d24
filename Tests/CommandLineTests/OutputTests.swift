// Where pictures go, and that they are whole.

import Drawing
import Foundation
import ImageCodecs
import Testing

private let script = "ctx.fillStyle = 'red';\nctx.fillRect(0, 0, 10, 10);\n"

private func decode(_ data: Data) throws -> DecodedImage { try ImageDecoder.decode(Array(data)) }

@Suite struct OutputTests {
  @Test func thePictureIsNamedAfterTheScriptAndLiesInTheCurrentFolder() throws {
    try withFolder { folder in
      try folder.write("scripts/poster.cvs", script)
      let outcome = try Program.run(["scripts/poster.cvs"], in: folder.url)
      #expect(outcome.status == 0)
      #expect(outcome.errorText.isEmpty)
      #expect(folder.names == ["poster.png", "scripts"])
      let image = try decode(folder.data("poster.png"))
      #expect(image.pixmap.width == 300 && image.pixmap.height == 150)
      #expect(image.pixmap[5, 5] == 0xFF00_00FF)
      #expect(image.pixmap[20, 20] == 0)
    }
  }

  @Test func standardInputGoesToStandardOutput() throws {
    for arguments in [[], ["-"], ["run"], ["-", "-o", "-"]] {
      let outcome = try Program.run(arguments, input: script)
      #expect(outcome.status == 0)
      #expect(try decode(outcome.output).format == .png)
    }
  }

  @Test func consoleLogMovesAwayFromAPictureOnStandardOutput() throws {
    let logging = "console.log('hello');\n" + script
    let piped = try Program.run(["-", "-o", "-"], input: logging)
    #expect(piped.errorText == "hello\n")
    #expect(try decode(piped.output).pixmap.width == 300)
    let plain = try Program.run(["-", "--no-output"], input: logging)
    #expect(plain.outputText == "hello\n")
    #expect(plain.errorText.isEmpty)
  }

  @Test func theExtensionOrTheOptionChoosesTheFormat() throws {
    try withFolder { folder in
      let outcome = try Program.run(["-", "-o", "a.jpg", "-o", "b.webp", "-o", "c.png"], input: script, in: folder.url)
      #expect(outcome.status == 0)
      #expect(try decode(folder.data("a.jpg")).format == .jpeg)
      #expect(try decode(folder.data("b.webp")).format == .webp)
      #expect(try decode(folder.data("c.png")).format == .png)
      #expect(try Program.run(["-", "-o", "d.png", "--format", "jpeg"], input: script, in: folder.url).status == 0)
      #expect(try decode(folder.data("d.png")).format == .jpeg)
    }
  }

  @Test func sizeScaleAndBackground() throws {
    let outcome = try Program.run(
      ["-", "--width", "40", "--height", "20", "--scale", "2", "--background", "#0000ff"], input: script)
    let image = try decode(outcome.output)
    #expect(image.pixmap.width == 80 && image.pixmap.height == 40)
    #expect(image.pixmap[19, 19] == 0xFF00_00FF)
    #expect(image.pixmap[20, 20] == 0xFFFF_0000)
  }

  @Test func anUnwritableOutputIsRefusedBeforeTheScriptRuns() throws {
    try withFolder { folder in
      let outcome = try Program.run(["-", "-o", "nosuch/a.png"], input: "console.log('ran');", in: folder.url)
      #expect(outcome.status == 73)
      #expect(outcome.errorText == "canvasrun: error: cannot write nosuch/a.png: No such file or directory\n")
      #expect(outcome.output.isEmpty)
      #expect(try Program.run(["-", "-o", "."], input: script, in: folder.url).status == 73)
    }
  }

  @Test func aFullDiskIsReported() throws {
    let outcome = try Program.run(["-", "-o", "/dev/full"], input: script)
    #expect(outcome.status == 73)
    #expect(outcome.errorText == "canvasrun: error: cannot write /dev/full: No space left on device\n")
  }

  @Test func anExistingPictureStaysWhenTheScriptFails() throws {
    for bad in ["throw new Error('no');", "let = ;", "canvas.width = 1e6; canvas.height = 1e6; ctx.fillRect(0, 0, 1, 1);"] {
      try withFolder { folder in
        try folder.write("a.png", "precious")
        #expect(try Program.run(["-", "-o", "a.png"], input: bad, in: folder.url).status != 0)
        #expect(try folder.data("a.png") == Data("precious".utf8))
        #expect(folder.names == ["a.png"])
      }
    }
  }

  @Test func aLinkIsFollowedAndPermissionsStay() throws {
    try withFolder { folder in
      try folder.write("real.png", "old")
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: folder.path("real.png"))
      try FileManager.default.createSymbolicLink(atPath: folder.path("link.png"), withDestinationPath: "real.png")
      #expect(try Program.run(["-", "-o", "link.png"], input: script, in: folder.url).status == 0)
      #expect(try decode(folder.data("real.png")).pixmap.width == 300)
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder.path("link.png")) == "real.png")
      let mode = try FileManager.default.attributesOfItem(atPath: folder.path("real.png"))[.posixPermissions] as? Int
      #expect(mode == 0o600)
    }
  }

  @Test func anEmptyCanvasIsNoPicture() throws {
    let outcome = try Program.run(["-", "-o", "-"], input: "canvas.width = 0;")
    #expect(outcome.status == 73)
    #expect(outcome.output.isEmpty)
  }

  @Test func theSameScriptGivesTheSameBytes() throws {
    let random = "for (let i = 0; i < 50; i++) ctx.fillRect(Math.random() * 300, Math.random() * 150, 9, 9);"
    let first = try Program.run(["-"], input: random).output
    #expect(try Program.run(["-"], input: random).output == first)
    #expect(try Program.run(["-", "-j", "1"], input: random).output == first)
    #expect(try Program.run(["-", "--seed", "2"], input: random).output != first)
  }

  @Test func timePrintsThePhases() throws {
    let outcome = try Program.run(["-", "--time"], input: script)
    let names = outcome.errorText.split(separator: "\n").map { $0.split(separator: ":")[0] }
    #expect(names == ["read", "parse", "run", "raster", "encode", "write"])
    #expect(outcome.errorText.split(separator: "\n").allSatisfy { $0.hasSuffix(" ms") })
  }
}

@Suite struct ScriptInputTests {
  @Test func scriptsShareOneGlobalEnvironment() throws {
    try withFolder { folder in
      try folder.write("library.js", "const greeting = 'hello';\nfunction shout(t) { return t.toUpperCase(); }\n")
      try folder.write("use.cvs", "console.log(shout(greeting));\n")
      let outcome = try Program.run(["library.js", "use.cvs", "--no-output"], in: folder.url)
      #expect(outcome.outputText == "HELLO\n")
    }
  }

  @Test func allScriptsAreParsedBeforeTheFirstRuns() throws {
    try withFolder { folder in
      try folder.write("a.cvs", "console.log('ran');\n")
      try folder.write("b.cvs", "let = ;\n")
      let outcome = try Program.run(["a.cvs", "b.cvs", "--no-output"], in: folder.url)
      #expect(outcome.status == 65)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorText.hasPrefix("b.cvs:1:"))
    }
  }

  @Test func dataComesFromTheCommandLine() throws {
    let outcome = try Program.run(
      ["-", "--no-output", "--data", "{\"a\": [1, 2]}", "--set", "n=2.5", "--set", "t=ten"],
      input: "console.log(data.a[1], typeof data.n, data.n, typeof data.t);")
    #expect(outcome.outputText == "2 number 2.5 string\n")
    #expect(try Program.run(["-", "--no-output"], input: "console.log(typeof data);").outputText == "undefined\n")
  }

  @Test func theClockStartsWhereItIsTold() throws {
    let ask = "console.log(new Date().toISOString());"
    #expect(try Program.run(["-", "--no-output"], input: ask).outputText == "1970-01-01T00:00:00.000Z\n")
    let named = try Program.run(["-", "--no-output", "--now", "2024-05-17T12:00:00Z"], input: ask)
    #expect(named.outputText == "2024-05-17T12:00:00.000Z\n")
  }

  @Test func filesOutsideTheRootAreRefused() throws {
    try withFolder { folder in
      try folder.write("secret.txt", "secret")
      try folder.write("in/open.txt", "open")
      try folder.write("other/shared.txt", "shared")
      try FileManager.default.createSymbolicLink(atPath: folder.path("in/link.txt"), withDestinationPath: "../secret.txt")
      let script = try folder.write(
        "in/read.cvs",
        """
        async function read(url) {
          try {
            console.log(url, await (await fetch(url)).text());
          } catch (error) {
            console.log(url, error.name);
          }
        }
        (async () => {
          for (const url of ['open.txt', '/open.txt', '../secret.txt', 'link.txt', '/../secret.txt', '../other/shared.txt']) await read(url);
        })();

        """)
      let outcome = try Program.run([script, "--no-output"])
      #expect(
        outcome.outputLines == [
          "open.txt open", "/open.txt open", "../secret.txt TypeError", "link.txt TypeError", "/../secret.txt TypeError",
          "../other/shared.txt TypeError",
        ])
      let allowed = try Program.run([script, "--no-output", "--allow-read", folder.path("other")])
      #expect(allowed.outputLines.last == "../other/shared.txt shared")
    }
  }

  @Test func checkPrintsMistakesAndRunsNothing() throws {
    try withFolder { folder in
      try folder.write("good.cvs", "console.log('ran');\n")
      try folder.write("bad.cvs", "let = ;\n")
      let good = try Program.run(["check", "good.cvs"], in: folder.url)
      #expect(good.status == 0 && good.output.isEmpty && good.errorText.isEmpty)
      let bad = try Program.run(["check", "good.cvs", "bad.cvs"], in: folder.url)
      #expect(bad.status == 65)
      #expect(bad.errorText.hasPrefix("bad.cvs:1:"))
    }
  }
}
