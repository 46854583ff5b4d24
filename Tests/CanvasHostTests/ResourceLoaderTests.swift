import CanvasBindings
import Foundation
import Testing

@testable import CanvasHost

/// A folder with files, gone after the test.
private final class Files {
  let url = FileManager.default.temporaryDirectory.appendingPathComponent("canvasrun-\(UUID().uuidString)")

  init(_ names: [String]) throws {
    for name in names {
      let file = url.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(name.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

@Suite struct ResourceLoaderTests {
  private let files: Files
  private let loader: ResourceLoader

  init() throws {
    files = try Files(["root/scripts/near.txt", "root/top.txt", "root/with space.txt", "shared/other.png", "secret.txt"])
    for (link, target) in [("root/out.txt", "../secret.txt"), ("root/in.txt", "top.txt"), ("root/loop", "loop")] {
      try FileManager.default.createSymbolicLink(atPath: files.path(link), withDestinationPath: target)
    }
    loader = try ResourceLoader(
      scriptFolder: files.path("root/scripts"), root: files.path("root"), readableFolders: [files.path("shared")])
  }

  private func text(_ url: String) -> String? {
    (try? loader.load(url)).map { String(decoding: $0.bytes, as: UTF8.self) }
  }

  @Test func relativeAddressesStartAtTheScriptAndAbsoluteOnesAtTheRoot() {
    #expect(text("near.txt") == "root/scripts/near.txt")
    #expect(text("./near.txt?query#fragment") == "root/scripts/near.txt")
    #expect(text("/top.txt") == "root/top.txt")
    #expect(text("../top.txt") == "root/top.txt")
    #expect(text("/scripts/near.txt") == "root/scripts/near.txt")
    #expect(text("/with%20space.txt") == "root/with space.txt")
    #expect(text("file://\(files.path("root/top.txt"))") == "root/top.txt")
    #expect(text("file:///top.txt") == "root/top.txt")
  }

  @Test(arguments: [
    "../../secret.txt", "/out.txt", "/../secret.txt", "/etc/passwd", "file:///etc/passwd", "http://example.com/a.png", "/loop", "/nosuch.txt",
    "/%2e%2e/secret.txt", "file://elsewhere/top.txt", "/top.txt%00", "", "/", "javascript:1", "//host/x",
  ])
  func everythingElseIsRefused(url: String) { #expect(text(url) == nil) }

  @Test func linksInsideTheRootAreFine() { #expect(text("/in.txt") == "root/top.txt") }

  @Test func allowedFoldersAreAnotherOrigin() throws {
    let resource = try loader.load("../../shared/other.png")
    #expect(!resource.isSameOrigin)
    #expect(resource.mimeType == "image/png")
    #expect(try loader.load("/top.txt").isSameOrigin)
  }

  @Test func filesThatWereReadAreListedOnce() {
    for url in ["/top.txt", "../top.txt", "/in.txt", "near.txt", "/nosuch.txt"] { _ = text(url) }
    #expect(loader.filesRead.map { ($0 as NSString).lastPathComponent } == ["top.txt", "near.txt"])
  }

  @Test func aRootMustBeAFolder() {
    #expect(throws: HostError.self) { try ResourceLoader(scriptFolder: ".", root: files.path("nosuch")) }
    #expect(throws: HostError.self) { try ResourceLoader(scriptFolder: ".", root: files.path("secret.txt")) }
  }
}

@Suite struct OutputWriterTests {
  @Test func filesAreReplacedWholeAndNothingElseIsLeft() throws {
    let files = try Files(["old.png"])
    try OutputWriter.write([1, 2, 3], to: files.path("old.png"))
    try OutputWriter.write([4], to: files.path("new.png"))
    #expect(try Data(contentsOf: URL(fileURLWithPath: files.path("old.png"))) == Data([1, 2, 3]))
    #expect(try FileManager.default.contentsOfDirectory(atPath: files.url.path).sorted() == ["new.png", "old.png"])
  }

  @Test func whatCannotBeWrittenIsSaidBefore() throws {
    let files = try Files(["a/b"])
    for path in ["nosuch/a.png", "a", "a/", "a/b/c.png"] {
      #expect(throws: HostError.self) { try OutputWriter.check(files.path(path) + (path.hasSuffix("/") ? "/" : "")) }
      #expect(throws: HostError.self) { try OutputWriter.write([1], to: files.path(path) + (path.hasSuffix("/") ? "/" : "")) }
    }
    #expect(throws: HostError.unwritable(path: "", SystemError(2))) { try OutputWriter.check("") }
  }
}
