// https://html.spec.whatwg.org/multipage/canvas.html#canvastext

import CanvasCore
import ScriptRuntime

extension InterfaceBuilder where Receiver == CanvasRenderingContext2D {
  func canvasText() {
    method("fillText", length: 3) { (call) throws(Thrown) in
      let text = try call.realm.units(call[0])
      let x = try call.double(1)
      let y = try call.double(2)
      let maximumWidth = try call.optionalDouble(3)
      if call.environment.fontSet.mayLack { call.environment.loadFonts(for: call.receiver.font, text) }
      call.receiver.fillText(text, x, y, maximumWidth)
      return .undefined
    }
    method("strokeText", length: 3) { (call) throws(Thrown) in
      let text = try call.realm.units(call[0])
      let x = try call.double(1)
      let y = try call.double(2)
      let maximumWidth = try call.optionalDouble(3)
      if call.environment.fontSet.mayLack { call.environment.loadFonts(for: call.receiver.font, text) }
      call.receiver.strokeText(text, x, y, maximumWidth)
      return .undefined
    }
    method("fillTextCluster", length: 3) { (call) throws(Thrown) in
      let (cluster, x, y, options) = try call.textCluster("fillTextCluster")
      call.receiver.fillTextCluster(
        cluster, x, y, align: options.align, baseline: options.baseline, clusterX: options.x, clusterY: options.y)
      return .undefined
    }
    method("strokeTextCluster", length: 3) { (call) throws(Thrown) in
      let (cluster, x, y, options) = try call.textCluster("strokeTextCluster")
      call.receiver.strokeTextCluster(
        cluster, x, y, align: options.align, baseline: options.baseline, clusterX: options.x, clusterY: options.y)
      return .undefined
    }
    method("measureText", length: 1) { (call) throws(Thrown) in
      let text = try call.realm.units(call[0])
      if call.environment.fontSet.mayLack { call.environment.loadFonts(for: call.receiver.font, text) }
      let metrics = call.receiver.measureText(text)
      return Value(call.environment.wrap(metrics, as: .textMetrics, bytes: 300))
    }
  }
}

extension Call where Receiver == CanvasRenderingContext2D {
  /// The arguments of the methods that draw a cluster.
  fileprivate func textCluster(_ name: String) throws(Thrown) -> (CanvasTextCluster, Double, Double, TextClusterOptions) {
    guard let wrapper = hostObject(self[0]), let cluster = payload(of: wrapper, as: CanvasTextCluster.self) else {
      throw realm.typeError("Failed to execute '\(name)' on 'CanvasRenderingContext2D': parameter 1 is not of type 'TextCluster'.")
    }
    let x = try double(1), y = try double(2)
    return (cluster, x, y, try TextClusterOptions(self[3], environment))
  }
}
