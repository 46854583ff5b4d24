// A surface that only listens: for tests, and for exporters that want the whole list.

import Geometry

/// Keeps every command in order.
public final class RecordingSurface: DrawingSurface {
  public let size: PixelSize
  public let settings: SurfaceSettings
  public private(set) var commands: [DrawCommand] = []

  public init(size: PixelSize, settings: SurfaceSettings = SurfaceSettings()) {
    self.size = size
    self.settings = settings
  }

  public func draw(_ command: DrawCommand) { commands.append(command) }
  public func pixels(in rect: PixelRect) -> Pixmap? { nil }
  public func snapshot() -> ImageSnapshot? { nil }

  /// Forgets what was recorded.
  public func removeAll() { commands.removeAll() }
}
