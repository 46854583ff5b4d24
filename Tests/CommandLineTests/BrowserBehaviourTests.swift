// Where scripts written for browsers rely on what browsers do with unusual input.

import Foundation
import Testing

@Suite struct BrowserBehaviourTests {
  private func output(of script: String, files: [String: Data] = [:]) throws -> Outcome {
    var result: Outcome?
    try withFolder { folder in
      for (name, data) in files { try folder.write(name, data) }
      try folder.write("page.cvs", script)
      result = try Program.run(["page.cvs", "--no-output"], in: folder.url)
    }
    return try #require(result)
  }

  @Test func aFontFaceWithoutURLDoesNotEndTheRun() throws {
    let outcome = try output(
      of: """
        const face = new FontFace('Mine', '/fonts/Mine.ttf');
        document.fonts.add(face);
        console.log(face.status);
        face.loaded.catch(e => console.log(e.name));
        """)
    #expect(outcome.status == 0)
    #expect(outcome.outputLines == ["error", "SyntaxError"])
  }

  @Test func waitingForAFontFaceWithoutURLIsReported() throws {
    let outcome = try output(of: "(async () => { await new FontFace('Mine', '/fonts/Mine.ttf').load(); })();")
    #expect(outcome.status == 1)
    #expect(outcome.errorText.contains("SyntaxError"))
  }

  @Test func anImageDataThatNoBrowserWouldTryIsAnIndexSizeError() throws {
    let outcome = try output(
      of: """
        for (const size of [[0, 1], [1 << 31, 1 << 31], [65536, 65536]]) {
          try { new ImageData(...size); } catch (e) { console.log(e.name, e instanceof DOMException); }
        }
        """)
    #expect(outcome.outputLines == ["IndexSizeError true", "IndexSizeError true", "IndexSizeError true"])
  }

  @Test func aBitmapOfAGiantCanvasRejectsItsPromise() throws {
    let outcome = try output(
      of: "createImageBitmap(new OffscreenCanvas(100000000, 100000000)).catch(e => console.log(e.name));")
    #expect(outcome.status == 0)
    #expect(outcome.outputLines == ["InvalidStateError"])
  }

  /// The header of a PNG of 100 x 50 pixels, followed by pixels that are no deflate stream.
  private static let damagedPNG = Data(
    base64Encoded: """
      iVBORw0KGgoAAAANSUhEUgAAAGQAAAAyAQMAAACQ++z9AAAAA1BMVEX/AAAZ4gk3AAAAD0lEQVRYWFhYWFhYWFhYWFhYWFhYWFhYWAAAAElFTkSuQmCC
      """)

  @Test func aPictureWithDamagedPixelsLoadsAndDrawsNothing() throws {
    let outcome = try output(
      of: """
        const image = new Image();
        image.onload = () => {
          ctx.fillStyle = '#0f0';
          ctx.fillRect(0, 0, 100, 50);
          ctx.drawImage(image, 0, 0);
          console.log(image.naturalWidth, image.naturalHeight, ctx.getImageData(50, 25, 1, 1).data.join(' '));
          console.log(ctx.createPattern(image, 'repeat'));
        };
        image.src = 'damaged.png';
        """, files: ["damaged.png": try #require(Self.damagedPNG)])
    #expect(outcome.status == 0)
    #expect(outcome.outputLines == ["100 50 0 255 0 255", "null"])
  }
}
