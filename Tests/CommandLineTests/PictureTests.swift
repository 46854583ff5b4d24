// Scripts with a picture beside them: Tests/Pictures. What the program draws has to look like it.

import Drawing
import Foundation
import ImageCodecs
import Testing

@Suite struct PictureTests {
  static let scripts: [String] = {
    let folder = repository.appendingPathComponent("Tests/Pictures")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".cvs") }.sorted()
  }()

  @Test func thereArePictures() { #expect(!Self.scripts.isEmpty) }

  /// A line `// tolerance: NUMBER` is the largest mean difference of premultiplied bytes, 0.5 if there is none.
  @Test(arguments: scripts)
  func scriptDrawsItsPicture(name: String) throws {
    let script = repository.appendingPathComponent("Tests/Pictures").appendingPathComponent(name)
    let source = try String(contentsOf: script, encoding: .utf8)
    let line = source.split(separator: "\n").first { $0.hasPrefix("// tolerance: ") }
    let tolerance = line.flatMap { Double($0.dropFirst(14)) } ?? 0.5
    try withFolder { folder in
      let outcome = try Program.run([script.path, "-o", folder.path("actual.png"), "--timeout", "60s"])
      #expect(outcome.errorText.isEmpty)
      #expect(outcome.status == 0)
      let actual = try decode(try folder.data("actual.png"))
      let wanted = try decode(try Data(contentsOf: script.deletingPathExtension().appendingPathExtension("png")))
      try #require(actual.size == wanted.size)
      let difference = meanDifference(actual, wanted)
      #expect(difference <= tolerance, "the pictures differ by \(difference) on average")
    }
  }

  private func decode(_ data: Data) throws -> Pixmap { try ImageDecoder.decode([UInt8](data)).pixmap }

  private func meanDifference(_ first: Pixmap, _ second: Pixmap) -> Double {
    var sum = 0
    for y in 0..<first.height {
      for x in 0..<first.width {
        let a = first[x, y], b = second[x, y]
        for shift in stride(from: UInt32(0), to: 32, by: 8) { sum += abs(Int(a >> shift & 255) - Int(b >> shift & 255)) }
      }
    }
    return Double(sum) / Double(first.width * first.height * 4)
  }
}
