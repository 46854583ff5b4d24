// canvasrun fonts, and what happens to fonts that are missing, damaged or none.

import Foundation
import Testing

@Suite struct FontsCommandTests {
  private static let texts = repository.appendingPathComponent("Tests/ScriptTests/Text")
  private static let variable = texts.appendingPathComponent("variable-test.ttf").path

  private func fonts(_ arguments: String...) throws -> Outcome {
    try Program.run(["fonts", "--no-system-fonts"] + arguments, in: Self.texts)
  }

  @Test func facesFilesAxesAndScriptsAreListed() throws {
    let outcome = try fonts("--font", "variable-test.ttf=Mine", "--font", "paint-test.ttf")
    #expect(outcome.status == 0)
    #expect(outcome.errorText.isEmpty)
    #expect(
      outcome.outputLines == [
        "Mine",
        "  Regular, weight 100-900: variable-test.ttf (axes: wght 100-900, wdth 50-200, opsz 8-144, slnt -20-0)",
        "  scripts: Latin",
        "Paint Test",
        "  Regular, weight 400-900: paint-test.ttf (axes: wght 400-900)",
        "  scripts: Latin",
      ])
  }

  @Test func aMatchSaysWhatIsMadeUp() throws {
    let outcome = try fonts("--font", "picture-test.ttf=Mine", "--match", "italic 700 20px Nobody, mine")
    #expect(
      outcome.outputLines == [
        "italic bold 20px Nobody, mine", "  Nobody: no such family",
        "  Mine Regular: picture-test.ttf (bold is made up; the slant is made up; used first)",
        "  Mine Regular: picture-test.ttf (last resort; bold is made up; the slant is made up)",
      ])
  }

  @Test func theLastAddedOfOneNameIsUsed() throws {
    let outcome = try fonts("--font", "picture-test.ttf=Two", "--font", "paint-test.ttf=Two", "--match", "20px Two")
    #expect(outcome.outputLines.dropFirst().first?.hasPrefix("  Two Regular: paint-test.ttf") == true)
  }

  @Test func whatCannotBeReadEndsWith66() throws {
    try withFolder { folder in
      try folder.write("font.ttf", try Data(contentsOf: URL(fileURLWithPath: Self.variable)))
      for (arguments, message) in [
        (["--font", "nosuch.ttf"], "cannot read nosuch.ttf: No such file or directory"),
        (["--font", "."], "cannot read .: it is a folder; --font-dir adds the fonts of one"),
        (["--font-dir", "nosuch"], "cannot read nosuch: No such file or directory"),
        (["--font-dir", "font.ttf"], "cannot read font.ttf: Not a directory"),
      ] {
        let outcome = try Program.run(["fonts"] + arguments, in: folder.url)
        #expect(outcome.status == 66)
        #expect(outcome.errorText == "canvasrun: error: \(message)\n")
      }
    }
  }

  @Test func whatIsNoFontEndsWith64() throws {
    try withFolder { folder in
      try folder.write("text.ttf", "no font")
      try folder.write("x.cvs", "")
      for (value, reason) in [
        ("text.ttf", "the file holds no font that can be used"), ("text.ttf=", "a family's name is missing after the equals sign"),
        ("=Name", "it names no file"), ("", "it names no file"),
      ] {
        for command in [["fonts"], ["x.cvs", "--no-output"]] {
          let outcome = try Program.run(command + ["--font", value], in: folder.url)
          #expect(outcome.status == 64)
          #expect(outcome.errorText == "canvasrun: error: '\(value)' is no value for --font: \(reason)\n")
        }
      }
    }
  }

  @Test func aFileMayHaveAnEqualsSignInItsName() throws {
    try withFolder { folder in
      try folder.write("a=b.ttf", try Data(contentsOf: URL(fileURLWithPath: Self.variable)))
      let plain = try Program.run(["fonts", "--no-system-fonts", "--font", "a=b.ttf"], in: folder.url)
      #expect(plain.outputLines.first == "Var Test")
      let named = try Program.run(["fonts", "--no-system-fonts", "--font", "a=b.ttf=Three"], in: folder.url)
      #expect(named.outputLines.first == "Three")
    }
  }

  @Test func foldersWithoutFontsAreWarnedOf() throws {
    try withFolder { folder in
      try folder.write("text.ttf", "no font")
      let outcome = try Program.run(["fonts", "--no-system-fonts", "--font-dir", "."], in: folder.url)
      #expect(outcome.status == 0)
      #expect(outcome.output.isEmpty)
      #expect(
        outcome.errorText == """
          canvasrun: warning: ./text.ttf is no font that can be used
          canvasrun: warning: . has no fonts that can be used
          canvasrun: warning: no fonts were found; install some, or name a file with --font

          """)
    }
  }

  // MARK: - Runs

  private static let script = """
    ctx.font = '20px sans-serif';
    ctx.fillText('text é 漢 😀', 0, 20);
    ctx.strokeText('text', 0, 20);
    console.log(ctx.measureText('text').width);
    ctx.font = 'bold 30px Whatever';
    console.log(ctx.measureText('text').width, ctx.getImageData(0, 0, 300, 150).data.some((byte) => byte > 0));
    """

  /// Runs the script where fontconfig knows one folder.
  private func run(_ folder: Folder, script: String = script) throws -> Outcome {
    try folder.write(
      "fonts.conf",
      "<fontconfig><dir>\(folder.url.path)/fonts</dir><cachedir>\(folder.url.path)/cache</cachedir></fontconfig>")
    try folder.write("x.cvs", script)
    return try Program.run(
      ["x.cvs", "--no-output"], in: folder.url, environment: ["FONTCONFIG_FILE": folder.url.appendingPathComponent("fonts.conf").path])
  }

  @Test func withoutFontsTextHasNoWidthAndTheRunGoesOn() throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(at: folder.url.appendingPathComponent("fonts"), withIntermediateDirectories: true)
      let outcome = try run(folder)
      #expect(outcome.status == 0)
      #expect(outcome.outputLines == ["0", "0 false"])
      #expect(outcome.errorText == "x.cvs: warning: no fonts were found: text is not drawn; install some, or name a file with --font\n")
    }
  }

  /// fontconfig trusts its cache as long as the folder's time of change is the same.
  @Test(arguments: ["vanished", "damaged"])
  func filesThatAreNoLongerFontsAreWarnedOfOnce(kind: String) throws {
    try withFolder { folder in
      let fonts = folder.url.appendingPathComponent("fonts"), file = fonts.appendingPathComponent("one.ttf")
      try FileManager.default.createDirectory(at: fonts, withIntermediateDirectories: true)
      try FileManager.default.copyItem(at: URL(fileURLWithPath: Self.variable), to: file)
      let time = Date(timeIntervalSince1970: 1_600_000_000)
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: fonts.path)
      #expect(try run(folder, script: "ctx.font = '20px \"Var Test\"'; console.log(ctx.measureText('a').width);").errorText.isEmpty)
      try FileManager.default.removeItem(at: file)
      if kind == "damaged" { try Data(repeating: 7, count: 5000).write(to: file) }
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: fonts.path)
      let outcome = try run(folder)
      #expect(outcome.status == 0)
      #expect(outcome.outputLines == ["0", "0 false"])
      #expect(
        outcome.errorText == """
          x.cvs: warning: the font file \(file.path) cannot be used
          x.cvs: warning: no fonts were found: text is not drawn; install some, or name a file with --font

          """)
    }
  }
}
