// Videos, as far as there can be any without decoders: elements that never have a frame, and frames made of other pictures.
// https://html.spec.whatwg.org/multipage/media.html, https://w3c.github.io/webcodecs/#videoframe-interface

import CanvasCore
import ScriptRuntime

/// A `video` element. It plays nothing: no file can be decoded.
final class VideoElement: ElementNode {}

/// A VideoFrame.
final class VideoFrameBox {
  /// Detached once the frame is closed.
  let bitmap: ImageBitmap
  /// Microseconds.
  let timestamp: Double
  let duration: Double?

  init(bitmap: ImageBitmap, timestamp: Double, duration: Double?) {
    self.bitmap = bitmap
    self.timestamp = timestamp
    self.duration = duration
  }
}

extension ScriptEnvironment {
  func defineMediaElement(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<VideoElement>(self, .mediaElement, prototype)
    interface.text("src", get: { video in video.attribute("src") ?? "" }, set: { video, value in video.setAttribute("src", value) })
    for name in ["readyState", "networkState", "currentTime"] { interface.number(name) { _ in 0 } }
    interface.number("duration") { _ in .nan }
    interface.flag("paused", get: { _ in true })
    interface.flag("ended", get: { _ in false })
    for name in ["muted", "loop", "autoplay", "controls"] {
      interface.flag(
        name, get: { video in video.attribute(name) != nil },
        set: { video, value in if value { video.setAttribute(name, "") } else { video.removeAttribute(name) } })
    }
    interface.method("canPlayType", length: 1) { (call) throws(Thrown) in call.realm.text("") }
    interface.method("load") { _ in }
    interface.method("pause") { _ in }
    interface.promiseMethod("play", length: 0) { (call) throws(Thrown) in
      throw call.environment.domException("NotSupportedError", "Videos cannot be decoded.")
    }
    return interface.finish(parent)
  }

  func defineVideoElement(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<VideoElement>(self, .videoElement, prototype)
    for name in ["videoWidth", "videoHeight"] { interface.number(name) { _ in 0 } }
    for name in ["width", "height"] {
      interface.attribute(
        name, get: { (call) throws(Thrown) in Value(call.receiver.attribute(name).flatMap(Canvas.parseDimension) ?? 0) },
        set: { (call, value) throws(Thrown) in
          call.receiver.setAttribute(name, String(try call.environment.reflectedLength(value, default: 0)))
        })
    }
    return interface.finish(parent)
  }

  func defineVideoFrame(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<VideoFrameBox>(self, .videoFrame, prototype)
    for name in ["codedWidth", "displayWidth"] { interface.number(name) { frame in Double(frame.bitmap.width) } }
    for name in ["codedHeight", "displayHeight"] { interface.number(name) { frame in Double(frame.bitmap.height) } }
    interface.number("timestamp") { frame in frame.timestamp }
    interface.attribute("duration", get: { (call) throws(Thrown) in call.receiver.duration.map { .number($0) } ?? .null })
    interface.attribute(
      "format", get: { (call) throws(Thrown) in call.receiver.bitmap.isDetached ? .null : call.realm.text("RGBA") })
    interface.method("close") { frame in frame.bitmap.close() }
    interface.method("clone", length: 0) { (call) throws(Thrown) in
      guard let snapshot = call.receiver.bitmap.snapshot else {
        throw call.environment.domException("InvalidStateError", "The VideoFrame is closed.")
      }
      let copy = ImageBitmap(snapshot: snapshot, isOriginClean: call.receiver.bitmap.isOriginClean)
      let frame = VideoFrameBox(bitmap: copy, timestamp: call.receiver.timestamp, duration: call.receiver.duration)
      return Value(call.environment.wrap(frame, as: .videoFrame, bytes: 256))
    }
    return interface.finish(parent, length: 1) { (environment, arguments, newTarget) throws(Thrown) in
      try environment.constructVideoFrame(arguments, newTarget)
    }
  }

  /// `new VideoFrame(image, init)`
  private func constructVideoFrame(_ arguments: Arguments, _ newTarget: ScriptObject) throws(Thrown) -> Value {
    guard let source = imageSource(arguments[0]) else {
      throw realm.typeError("Failed to construct 'VideoFrame': parameter 1 is no picture.")
    }
    let options = try IDLDictionary(arguments[1], self)
    let duration = try options.double("duration")
    let other = payload(arguments[0], as: VideoFrameBox.self)
    guard let timestamp = try options.double("timestamp") ?? other?.timestamp else {
      throw realm.typeError("Failed to construct 'VideoFrame': VideoFrameInit must provide timestamp")
    }
    let bitmap = try mapErrors { () throws(CanvasError) in
      try ImageBitmap.make(from: .image(source), environment: canvasEnvironment)
    }
    guard bitmap.isOriginClean else { throw domException("SecurityError", "VideoFrames cannot be made of pixels of another origin.") }
    let frame = VideoFrameBox(
      bitmap: bitmap, timestamp: timestamp.isFinite ? timestamp.rounded(.towardZero) : 0, duration: duration ?? other?.duration)
    return Value(try wrap(frame, as: .videoFrame, newTarget: newTarget, bytes: 256))
  }
}
