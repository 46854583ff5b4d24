// Every example is a picture.

import Drawing
import Foundation
import ImageCodecs
import Testing

@Suite struct ExampleTests {
  static let examples: [String] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: repository.appendingPathComponent("examples").path)) ?? []
    return names.filter { $0.hasSuffix(".cvs") }.sorted()
  }()

  @Test func thereAreExamples() { #expect(Self.examples.count >= 22) }

  @Test(arguments: examples)
  func exampleDrawsAPicture(name: String) throws {
    let path = repository.appendingPathComponent("examples").appendingPathComponent(name).path
    let outcome = try Program.run([path, "-o", "-", "--timeout", "10m"])
    #expect(outcome.status == 0)
    #expect(outcome.errorText.isEmpty)
    let image = try ImageDecoder.decode(Array(outcome.output)).pixmap
    var colors: Set<UInt32> = []
    for y in stride(from: 0, to: image.height, by: 2) {
      for x in stride(from: 0, to: image.width, by: 2) { colors.insert(image[x, y]) }
    }
    #expect(colors.count >= 4)
  }
}
