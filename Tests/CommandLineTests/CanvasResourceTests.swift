// What canvases get from files and from each other: filters, pictures, scales.

import Drawing
import Foundation
import ImageCodecs
import Testing

@Suite struct CanvasResourceTests {
  private static let picture = Data(
    base64Encoded:
      "iVBORw0KGgoAAAANSUhEUgAAAAQAAAACCAYAAAB/qH1jAAAAFklEQVR4nGP4z8DwnwEKGBkYGP7DOABDqgUBl8R3MgAAAABJRU5ErkJggg==")

  private static let filters = """
    <?xml version="1.0"?>
    <svg xmlns="http://www.w3.org/2000/svg">
      <filter id="green" color-interpolation-filters="sRGB"><feFlood flood-color="#00ff00"/></filter>
      <filter id="shown"><feImage href="dot.png" preserveAspectRatio="none"/></filter>
    </svg>
    """

  private func run(_ script: String, files: [String: Data] = [:], arguments: [String] = []) throws -> Outcome {
    var result: Outcome?
    try withFolder { folder in
      for (name, data) in files { try folder.write(name, data) }
      try folder.write("inside/page.cvs", script)
      result = try Program.run(["inside/page.cvs", "--no-output"] + arguments, in: folder.url)
    }
    return try #require(result)
  }

  @Test func filtersComeFromFilesAndDataAddresses() throws {
    let outcome = try run(
      """
      const color = (filter) => {
        ctx.reset();
        ctx.filter = filter;
        ctx.fillRect(0, 0, 5, 5);
        return ctx.getImageData(1, 1, 1, 1).data.join();
      };
      console.log(color('url(filters/all.svg#green)'));
      console.log(color('url("data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22><filter id=%22f%22 color-interpolation-filters=%22sRGB%22><feFlood flood-color=%22blue%22/></filter></svg>#f")'));
      console.log(color('url(filters/all.svg#shown)').endsWith(',0'));
      """, files: ["inside/filters/all.svg": Data(Self.filters.utf8), "inside/filters/dot.png": try #require(Self.picture)])
    #expect(outcome.errorText.isEmpty)
    #expect(outcome.outputLines == ["0,255,0,255", "0,0,255,255", "false"])
  }

  @Test func filtersFromAnotherOriginTaintTheCanvas() throws {
    let outcome = try run(
      """
      ctx.filter = 'url(../outside/all.svg#green)';
      ctx.fillRect(0, 0, 5, 5);
      try { ctx.getImageData(0, 0, 1, 1); } catch (error) { console.log(error.name); }
      """, files: ["outside/all.svg": Data(Self.filters.utf8)], arguments: ["--allow-read", "outside"])
    #expect(outcome.outputLines == ["SecurityError"])
  }

  @Test func filtersThatAreMissingAreToldOnce() throws {
    let outcome = try run("ctx.filter = 'url(none.svg#f)'; for (let i = 0; i < 9; i++) ctx.fillRect(0, 0, 5, 5);")
    #expect(outcome.status == 0)
    #expect(outcome.errorText.components(separatedBy: "was not found").count == 2)
  }

  @Test func theLoadEventWaitsForImages() throws {
    let outcome = try run(
      """
      const image = new Image();
      image.src = 'dot.png';
      const broken = new Image();
      broken.src = 'none.png';
      document.addEventListener('DOMContentLoaded', () => console.log('content', image.complete));
      window.onload = () => console.log('load', image.complete, image.naturalWidth, broken.complete);
      """, files: ["inside/dot.png": try #require(Self.picture)], arguments: ["--quiet"])
    #expect(outcome.outputLines == ["content false", "load true 4 true"])
  }

  @Test func imagesOfSVGElementsAreDrawn() throws {
    let outcome = try run(
      """
      const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
      image.onload = () => {
        ctx.drawImage(image, 0, 0);
        console.log(image instanceof SVGImageElement, ctx.getImageData(0, 0, 1, 1).data[3] > 0);
      };
      image.setAttribute('href', 'dot.png');
      """, files: ["inside/dot.png": try #require(Self.picture)])
    #expect(outcome.outputLines == ["true true"])
  }

  @Test func videosHaveNoFrameAndFramesAreMadeOfPictures() throws {
    let outcome = try run(
      """
      const video = document.createElement('video');
      ctx.drawImage(video, 0, 0);
      console.log(video.readyState, video.canPlayType('video/mp4') === '', ctx.createPattern(video, 'repeat'));
      const source = new OffscreenCanvas(4, 3);
      source.getContext('2d').fillRect(0, 0, 4, 3);
      const frame = new VideoFrame(source, { timestamp: 12.7 });
      ctx.drawImage(frame, 0, 0);
      console.log(frame.codedWidth, frame.displayHeight, frame.timestamp, ctx.getImageData(1, 1, 1, 1).data[3]);
      frame.close();
      try { ctx.drawImage(frame, 0, 0); } catch (error) { console.log(error.name); }
      """)
    #expect(outcome.outputLines == ["0 true null", "4 3 12 255", "InvalidStateError"])
  }

  @Test func canvasesDrawnOnOthersKeepTheirPixelsAtALargerScale() throws {
    try withFolder { folder in
      try folder.write(
        "page.cvs",
        """
        canvas.width = canvas.height = 8;
        const layer = document.createElement('canvas');
        layer.width = layer.height = 8;
        layer.getContext('2d').fillRect(0, 0, 2.5, 8);
        ctx.drawImage(layer, 0, 0);
        ctx.fillStyle = ctx.createPattern(layer, 'repeat');
        ctx.translate(4, 0);
        ctx.fillRect(0, 0, 4, 8);
        """)
      let outcome = try Program.run(["page.cvs", "--scale", "2", "-o", "out.png"], in: folder.url)
      #expect(outcome.status == 0)
      let pixmap = try ImageDecoder.decode([UInt8](try folder.data("out.png"))).pixmap
      #expect((0..<16).map { pixmap[$0, 3] >> 24 } == [255, 255, 255, 255, 255, 0, 0, 0, 255, 255, 255, 255, 255, 0, 0, 0])
    }
  }
}
