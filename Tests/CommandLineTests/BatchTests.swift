// Folders of scripts.

import Foundation
import Testing

@Suite struct BatchTests {
  @Test func aFolderBecomesAGallery() throws {
    try withFolder { folder in
      try folder.write("in/one.cvs", "ctx.fillRect(0, 0, 10, 10); // <&>")
      try folder.write("in/two.js", "ctx.fillRect(0, 0, 20, 20);")
      try folder.write("in/broken.cvs", "ctx.fillRect(")
      try folder.write("in/readme.txt", "no script")
      let outcome = try Program.run(["batch", "in", "-o", "out"], in: folder.url)
      #expect(outcome.status == 1)
      #expect(outcome.output.isEmpty)
      #expect(outcome.errorText.contains("in/broken.cvs:1:"))
      #expect(outcome.errorText.contains("2 rendered, 0 unchanged, 1 failed"))
      for name in ["out/one.png", "out/two.png", "out/index.html", "out/report.json"] { #expect(folder.exists(name)) }
      #expect(!folder.exists("out/broken.png"))
      let page = String(decoding: try folder.data("out/index.html"), as: UTF8.self)
      #expect(page.contains("<img src=\"one.png\""))
      #expect(page.contains("&lt;&amp;&gt;"))
      let report = try JSONSerialization.jsonObject(with: folder.data("out/report.json")) as? [String: Any]
      #expect(report?["pictures"] as? Int == 3)
      #expect(report?["failed"] as? Int == 1)
      let results = report?["results"] as? [[String: Any]]
      #expect(results?.first { $0["output"] as? String == "broken.png" }.flatMap { $0["error"] as? [String: Any] }?["code"] as? Int == 65)
    }
  }

  @Test func whatHasNotChangedIsLeftAsItIs() throws {
    try withFolder { folder in
      try folder.write("a.cvs", "ctx.fillRect(0, 0, 10, 10);")
      try folder.write("b.cvs", "ctx.fillRect(0, 0, 20, 20);")
      func batch(_ more: [String] = []) throws -> String { try Program.run(["batch", "."] + ["-o", "out"] + more, in: folder.url).errorText }
      #expect(try batch().contains("2 rendered, 0 unchanged"))
      #expect(try batch().contains("0 rendered, 2 unchanged"))
      try folder.write("b.cvs", "ctx.fillRect(0, 0, 30, 30);")
      #expect(try batch().contains("1 rendered, 1 unchanged"))
      #expect(try batch(["--scale", "2"]).contains("2 rendered, 0 unchanged"))
      #expect(try batch(["--scale", "2", "--force"]).contains("2 rendered, 0 unchanged"))
      try FileManager.default.removeItem(atPath: folder.path("out/a.png"))
      #expect(try batch(["--scale", "2"]).contains("1 rendered, 1 unchanged"))
    }
  }

  @Test func aFileThatTheScriptReadCountsAsItsInput() throws {
    try withFolder { folder in
      try folder.write("a.cvs", "fetch('size.txt').then((r) => r.text()).then((t) => ctx.fillRect(0, 0, Number(t), 9));")
      try folder.write("size.txt", "10")
      func batch() throws -> String { try Program.run(["batch", "a.cvs", "-o", "out"], in: folder.url).errorText }
      #expect(try batch().contains("1 rendered"))
      #expect(try batch().contains("1 unchanged"))
      try folder.write("size.txt", "100")
      #expect(try batch().contains("1 rendered"))
    }
  }
}
