// Where the frames of a run go: one picture, or one for each frame.

import Drawing

/// Writes numbered frames as they come, and the last picture at the end.
struct FrameRecorder {
  private let targets: [OutputTarget]
  private let encoder: PictureEncoder
  private(set) var frameCount = 0

  init(targets: [OutputTarget], encoder: PictureEncoder) {
    self.targets = targets
    self.encoder = encoder
  }

  /// Takes the picture of one animation frame.
  mutating func record(_ snapshot: ImageSnapshot?, _ timer: PhaseTimer) throws(HostError) {
    frameCount += 1
    try write(snapshot, to: targets.filter(\.isSequence), timer)
  }

  /// Takes the picture at the end of the run.
  mutating func finish(_ snapshot: ImageSnapshot?, _ timer: PhaseTimer) throws(HostError) {
    if frameCount == 0 { try record(snapshot, timer) }
    try write(snapshot, to: targets.filter { !$0.isSequence }, timer)
  }

  private func write(_ snapshot: ImageSnapshot?, to targets: [OutputTarget], _ timer: PhaseTimer) throws(HostError) {
    guard !targets.isEmpty else { return }
    guard let snapshot else { throw .emptyCanvas }
    let picture = timer.measure(.encode) { encoder.composited(snapshot) }
    for target in targets {
      let bytes = try timer.measure(.encode) { () throws(HostError) in try encoder.encode(picture, for: target) }
      try timer.measure(.write) { () throws(HostError) in
        try OutputWriter.write(bytes, to: target.path(frame: frameCount))
      }
    }
  }
}
