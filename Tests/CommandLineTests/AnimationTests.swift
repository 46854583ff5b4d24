// Virtual time, seen from outside.

import Drawing
import Foundation
import ImageCodecs
import Testing

@Suite struct AnimationTests {
  @Test func timersFireInOrderWithoutWaiting() throws {
    let start = Date()
    let outcome = try Program.run(
      ["-", "--no-output"],
      input: """
        setTimeout(() => console.log('late', Math.round(performance.now() / 1000)), 3600000);
        setTimeout(() => console.log('first'), 0);
        setTimeout(() => console.log('second'), 0);
        Promise.resolve().then(() => console.log('microtask'));
        console.log('script');

        """)
    #expect(outcome.outputLines == ["script", "microtask", "first", "second", "late 3600"])
    #expect(Date().timeIntervalSince(start) < 10)
  }

  @Test func anEndlessAnimationEndsAfterItsFirstFrame() throws {
    let outcome = try Program.run(
      ["-", "-o", "-"],
      input: """
        let frame = 0;
        function draw() {
          frame++;
          ctx.fillRect(frame * 10, 0, 5, 5);
          requestAnimationFrame(draw);
        }
        requestAnimationFrame(draw);

        """)
    #expect(outcome.status == 0)
    let image = try ImageDecoder.decode(Array(outcome.output)).pixmap
    #expect(image[12, 2] == 0xFF00_0000)
    #expect(image[22, 2] == 0)
  }

  @Test func anEndlessIntervalEndsAfterItsFirstTurn() throws {
    let outcome = try Program.run(
      ["-", "-o", "-"], input: "let n = 0;\nsetInterval(() => { n++; ctx.fillRect(n * 10, 0, 5, 5); }, 50);")
    #expect(outcome.status == 0)
    let image = try ImageDecoder.decode(Array(outcome.output)).pixmap
    #expect(image[12, 2] == 0xFF00_0000)
    #expect(image[22, 2] == 0)
  }

  @Test func anAnimationThatEndsByItselfIsShownAtItsEndWhereItDrawsLast() throws {
    let outcome = try Program.run(
      ["-", "--no-output"],
      input: """
        requestAnimationFrame(() => requestAnimationFrame(() => { ctx.fillRect(0, 0, 9, 9); console.log('second frame'); }));

        """)
    #expect(outcome.outputText == "second frame\n")
  }

  @Test func framesAreNumbered() throws {
    try withFolder { folder in
      let outcome = try Program.run(
        ["-", "-o", "f%03d.png", "--frames", "3", "--fps", "10"],
        input: """
          let n = 0;
          function draw(time) {
            console.log(Math.round(time));
            ctx.fillRect(n++ * 10, 0, 5, 5);
            requestAnimationFrame(draw);
          }
          requestAnimationFrame(draw);

          """, in: folder.url)
      #expect(outcome.outputLines == ["100", "200", "300"])
      #expect(folder.names == ["f001.png", "f002.png", "f003.png"])
      #expect(try ImageDecoder.decode(Array(folder.data("f001.png"))).pixmap[12, 2] == 0)
      #expect(try ImageDecoder.decode(Array(folder.data("f003.png"))).pixmap[22, 2] == 0xFF00_0000)
    }
  }

  @Test func aWaitingLoopComesToAnEnd() throws {
    let outcome = try Program.run(
      ["-", "--no-output"], input: "const t = Date.now();\nwhile (Date.now() - t < 50) {}\nconsole.log('done');")
    #expect(outcome.outputText == "done\n")
  }

  @Test func loadEventsFireOnceTheScriptHasRun() throws {
    let outcome = try Program.run(
      ["-", "--no-output"],
      input: """
        window.onload = () => console.log('onload');
        window.addEventListener('load', () => console.log('load'));
        document.addEventListener('DOMContentLoaded', () => console.log('content'));
        console.log('script');

        """)
    #expect(outcome.outputLines == ["script", "content", "onload", "load"])
  }
}
