import Testing

@testable import CanvasHost

@Suite struct QuantitiesTests {
  @Test(arguments: [("500ms", 500.0), ("10s", 10_000), ("0", 0), ("1.5", 1500), ("2m", 120_000), ("1h", 3_600_000)])
  func timesAreRead(text: String, milliseconds: Double) { #expect(TimeSpan(text)?.milliseconds == milliseconds) }

  @Test(arguments: ["", "s", "-1s", "soon", "1e400s", "infs", "nan", "0x10s", "1 s"])
  func otherTextIsNoTime(text: String) { #expect(TimeSpan(text) == nil) }

  @Test(arguments: [("100", 100), ("512M", 512 << 20), ("2GiB", 2 << 30), ("1.5k", 1536), ("0", 0)])
  func sizesAreRead(text: String, bytes: Int) { #expect(ByteCount(text)?.bytes == bytes) }

  @Test(arguments: ["", "M", "-1", "1X", "1e30", "lots"])
  func otherTextIsNoSize(text: String) { #expect(ByteCount(text) == nil) }

  @Test func numbersAreWrittenShort() {
    #expect([0, 1, 1.5, 1.05, 1.006, -0.25, 1234.999].map(DecimalText.short) == ["0", "1", "1.5", "1.05", "1.01", "-0.25", "1235"])
    #expect([0, 1.5, 12.345].map(DecimalText.fixed) == ["0.00", "1.50", "12.35"])
    #expect(TimeSpan(milliseconds: 1500).description == "1.5 s")
    #expect(ByteCount(2 << 30).description == "2 GiB")
  }
}

@Suite struct OutputTargetTests {
  @Test func theExtensionChoosesTheFormat() {
    for (path, format) in [
      ("a.png", OutputFormat.png), ("a.JPG", .jpeg), ("a.jpeg", .jpeg), ("a.webp", .webp), ("a.svg", .svg), ("a", .png),
      ("dir.jpg/a", .png), (".jpg", .png), ("-", .png), ("a.b.webp", .webp),
    ] {
      #expect(OutputTarget(path: path).format == format)
    }
  }

  @Test func framesAreNumbered() {
    #expect(OutputTarget(path: "f%04d.png").path(frame: 7) == "f0007.png")
    #expect(OutputTarget(path: "f%3d.png").path(frame: 7) == "f  7.png")
    #expect(OutputTarget(path: "%d").path(frame: 12345) == "12345")
    #expect(OutputTarget(path: "%02d").path(frame: 12345) == "12345")
    for plain in ["100%.png", "%s.png", "%04x.png", "%", "%999d"] { #expect(!OutputTarget(path: plain).isSequence) }
  }
}

@Suite struct PathTextTests {
  @Test func pathsAreTakenApart() {
    #expect(["a/b/c.cvs", "c", "/c", "/", "a/", "a/b/"].map(PathText.folder) == ["a/b", "", "/", "/", "", "a"])
    #expect(["a/b.c.cvs", ".hidden", "plain"].map(PathText.stem) == ["b.c", ".hidden", "plain"])
    #expect(PathText.isBelow("/a/b", "/a") && PathText.isBelow("/a", "/a") && PathText.isBelow("/x", "/"))
    #expect(!PathText.isBelow("/ab", "/a"))
  }
}
