import Foundation
import Testing

@Suite struct MixinNameTests {
  /// The mixins that a folder has files for; `Type+Topic.swift` belongs to its type.
  private func mixins(_ folder: String) throws -> Set<String> {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let files = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
    return Set(files.map { $0.replacingOccurrences(of: ".swift", with: "").split(separator: "+").map(String.init)[0] })
  }

  @Test func everyMixinOfTheEngineHasItsTableAndEveryTableItsMixin() throws {
    let engine = try mixins("Sources/CanvasCore/Mixins")
    let tables = try mixins("Sources/CanvasBindings/Mixins")
    #expect(engine.count >= 17)
    #expect(engine == tables)
  }
}
