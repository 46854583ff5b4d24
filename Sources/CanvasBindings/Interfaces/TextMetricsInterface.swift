// TextMetrics and TextCluster: https://html.spec.whatwg.org/multipage/canvas.html#textmetrics,
// https://github.com/fserb/canvas2D/blob/master/spec/enhanced-textmetrics.md.

import CanvasCore
import Geometry
import ScriptRuntime

extension ScriptEnvironment {
  func defineTextMetrics(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<TextMetrics>(self, .textMetrics, prototype)
    interface.number("width") { metrics in metrics.width }
    interface.number("actualBoundingBoxLeft") { metrics in metrics.actualBoundingBoxLeft }
    interface.number("actualBoundingBoxRight") { metrics in metrics.actualBoundingBoxRight }
    interface.number("fontBoundingBoxAscent") { metrics in metrics.fontBoundingBoxAscent }
    interface.number("fontBoundingBoxDescent") { metrics in metrics.fontBoundingBoxDescent }
    interface.number("actualBoundingBoxAscent") { metrics in metrics.actualBoundingBoxAscent }
    interface.number("actualBoundingBoxDescent") { metrics in metrics.actualBoundingBoxDescent }
    interface.number("emHeightAscent") { metrics in metrics.emHeightAscent }
    interface.number("emHeightDescent") { metrics in metrics.emHeightDescent }
    interface.number("hangingBaseline") { metrics in metrics.hangingBaseline }
    interface.number("alphabeticBaseline") { metrics in metrics.alphabeticBaseline }
    interface.number("ideographicBaseline") { metrics in metrics.ideographicBaseline }
    interface.method("getSelectionRects", length: 2) { (call) throws(Thrown) in
      let (start, end) = try call.textRange(startsWithin: call.receiver.textLength)
      let rects = call.receiver.selectionRects(from: start, to: end).map { call.environment.wrap(DOMRect($0)) }
      return Value(call.realm.makeArray(rects))
    }
    interface.method("getActualBoundingBox", length: 2) { (call) throws(Thrown) in
      let (start, end) = try call.textRange(startsWithin: call.receiver.textLength - 1)
      return call.environment.wrap(DOMRect(call.receiver.actualBoundingBox(from: start, to: end)))
    }
    interface.method("getTextClusters", length: 0) { (call) throws(Thrown) in
      // Without a range the first argument may be the options.
      let hasRange = call.arguments.count >= 2
      let (start, end) = hasRange ? try call.textRange(startsWithin: call.receiver.textLength - 1) : (0, call.receiver.textLength)
      let options = try TextClusterOptions(call[hasRange ? 2 : 0], call.environment)
      let clusters = call.receiver.textClusters(from: start, to: end, align: options.align, baseline: options.baseline)
      return Value(call.realm.makeArray(clusters.map { Value(call.environment.wrap($0, as: .textCluster, bytes: 300)) }))
    }
    interface.method("getIndexFromOffset", length: 1) { (call) throws(Thrown) in
      .number(Double(call.receiver.index(fromOffset: try call.double(0))))
    }
    return interface.finish(parent)
  }

  func defineTextCluster(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<CanvasTextCluster>(self, .textCluster, prototype)
    interface.number("x") { cluster in cluster.x }
    interface.number("y") { cluster in cluster.y }
    interface.number("start") { cluster in Double(cluster.start) }
    interface.number("end") { cluster in Double(cluster.end) }
    interface.text("align", get: { cluster in cluster.align.rawValue })
    interface.text("baseline", get: { cluster in cluster.baseline.rawValue })
    return interface.finish(parent)
  }
}

/// The dictionary of the methods for clusters.
struct TextClusterOptions {
  let align: CanvasTextAlign?
  let baseline: CanvasTextBaseline?
  let x: Double?
  let y: Double?

  init(_ value: Value, _ environment: ScriptEnvironment) throws(Thrown) {
    let dictionary = try IDLDictionary(value, environment)
    align = try dictionary.enumeration("align", "CanvasTextAlign")
    baseline = try dictionary.enumeration("baseline", "CanvasTextBaseline")
    x = try dictionary.double("x")
    y = try dictionary.double("y")
  }
}

extension Call where Receiver == TextMetrics {
  /// The first two arguments, which must lie in the text.
  fileprivate func textRange(startsWithin lastStart: Int) throws(Thrown) -> (Int, Int) {
    let start = try realm.unsignedLong(self[0]), end = try realm.unsignedLong(self[1])
    let length = receiver.textLength
    guard start <= lastStart, end <= length else {
      throw environment.domException("IndexSizeError", "The range \(start) to \(end) is not within the text, whose length is \(length).")
    }
    return (start, end)
  }
}

extension DOMRect {
  fileprivate init(_ rect: Rect) { self.init(x: rect.x, y: rect.y, width: rect.width, height: rect.height) }
}
