// The surface that makes pixels.
//
// Commands are made ready as they come (flattened, clipped, their paints resolved) and kept in a list that is sorted into horizontal
// bands. The list is played when pixels are wanted or memory says so: each band by itself, on as many threads as help, so that its
// pixels stay in a processor's cache and whatever a later opaque rectangle hides is never drawn. No result depends on threads.

import Drawing
import Geometry
import Glibc

/// How a surface goes about its work; nothing here changes what is drawn except `scale`.
public struct RasterOptions: Sendable {
  /// Threads that may draw at once, the caller's included; 0 takes as many as there are processors.
  public var threadCount: Int
  /// Device pixels for each canvas unit; positive. Default 1.
  public var scale: Double

  public init(threadCount: Int = 0, scale: Double = 1) {
    self.threadCount = threadCount
    self.scale = scale
  }

  /// Threads to use on this machine.
  var resolvedThreadCount: Int {
    if threadCount > 0 { return min(threadCount, 64) }
    return max(1, min(64, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }
}

/// Draws commands into a pixmap. Used by one thread at a time.
public final class RasterSurface: DrawingSurface {
  public let size: PixelSize
  public let settings: SurfaceSettings
  public let options: RasterOptions
  /// The pixmap's size: the canvas's times `scale`.
  public let deviceSize: PixelSize

  private var pixmap: Pixmap
  /// What `snapshot` handed out last; while others hold it, its pixels must stay.
  private var shared: ImageSnapshot?
  private let plan: RasterPlan
  private let preparer: CommandPreparer
  private var players: [BandPlayer] = []
  private var pool: ThreadPool?
  private var layers: [OpenLayer] = []
  /// Layers begun beyond the depth that is kept.
  private var ignoredLayerCount = 0

  private struct OpenLayer {
    let surface: RasterSurface
    let command: DrawCommand
  }

  private static let maximumLayerDepth = 32

  /// Nil when the size is empty or too large, or memory is short.
  public convenience init?(size: PixelSize, settings: SurfaceSettings = SurfaceSettings(), options: RasterOptions = RasterOptions()) {
    guard options.scale > 0, options.scale.isFinite, !size.isEmpty else { return nil }
    let width = Double(size.width) * options.scale, height = Double(size.height) * options.scale
    guard width <= 4_194_304, height <= 4_194_304 else { return nil }
    let deviceSize = PixelSize(width: max(1, Int(width.rounded())), height: max(1, Int(height.rounded())))
    self.init(
      size: size, deviceSize: deviceSize, deviceTransform: .scale(options.scale, options.scale), settings: settings,
      options: options)
  }

  /// A surface whose pixels show the part of canvas space that `deviceTransform` maps onto them.
  init?(
    size: PixelSize, deviceSize: PixelSize, deviceTransform: AffineTransform, settings: SurfaceSettings, options: RasterOptions
  ) {
    guard deviceSize.width <= 4_194_304, deviceSize.height <= 4_194_304,
      let pixmap = Pixmap(width: deviceSize.width, height: deviceSize.height, colorSpace: settings.colorSpace)
    else { return nil }
    self.size = size
    self.deviceSize = deviceSize
    self.settings = settings
    self.options = options
    self.pixmap = pixmap
    plan = RasterPlan(size: deviceSize)
    preparer = CommandPreparer(plan: plan, deviceTransform: deviceTransform, settings: settings, options: options)
    if settings.isOpaque { preparer.clearToBlack() }
  }

  deinit { pool?.stop() }

  public func draw(_ command: DrawCommand) {
    switch command.operation {
    case .beginLayer:
      beginLayer(command)
    case .endLayer:
      endLayer()
    default:
      if let layer = layers.last {
        layer.surface.draw(command)
      } else {
        preparer.prepare(command)
        if plan.isFull { play() }
      }
    }
  }

  public func pixels(in rect: PixelRect) -> Pixmap? {
    guard rect.width > 0, rect.height > 0 else { return nil }
    play()
    if options.scale != 1 { return scaledPixels(in: rect) }
    guard let result = Pixmap(width: rect.width, height: rect.height, colorSpace: settings.colorSpace) else { return nil }
    let visible = rect.intersection(PixelRect(deviceSize))
    guard !visible.isEmpty else { return result }
    for y in visible.y..<visible.maxY {
      let source = pixmap.rowAddress(y) + visible.x * 4
      memcpy(result.rowAddress(y - rect.y) + (visible.x - rect.x) * 4, source, visible.width * 4)
    }
    return result
  }

  public func snapshot() -> ImageSnapshot? {
    play()
    if let shared { return shared }
    let snapshot = ImageSnapshot(pixmap: pixmap, isOpaque: settings.isOpaque)
    shared = snapshot
    return snapshot
  }

  /// Canvas pixels of a surface drawn at another scale, by area averages.
  private func scaledPixels(in rect: PixelRect) -> Pixmap? {
    guard let whole = snapshot(),
      let reader = RasterSurface(
        size: PixelSize(width: rect.width, height: rect.height),
        settings: SurfaceSettings(colorSpace: settings.colorSpace), options: RasterOptions(threadCount: 1))
    else { return nil }
    reader.draw(
      DrawCommand(
        operation: .drawImage(
          whole, source: Rect(x: 0, y: 0, width: Double(whole.width), height: Double(whole.height)),
          destination: Rect(x: -Double(rect.x), y: -Double(rect.y), width: Double(size.width), height: Double(size.height))),
        compositing: Compositing(smoothing: .medium)))
    return reader.snapshot()?.pixmap
  }

  // MARK: - Layers

  private func beginLayer(_ command: DrawCommand) {
    guard layers.count < RasterSurface.maximumLayerDepth,
      let surface = RasterSurface(
        size: size, deviceSize: deviceSize, deviceTransform: preparer.deviceTransform,
        settings: SurfaceSettings(colorSpace: settings.colorSpace), options: options)
    else {
      ignoredLayerCount += 1
      return
    }
    layers.append(OpenLayer(surface: surface, command: command))
  }

  private func endLayer() {
    if ignoredLayerCount > 0 {
      ignoredLayerCount -= 1
      return
    }
    guard let layer = layers.popLast(), let image = layer.surface.snapshot() else { return }
    let target = layers.last?.surface ?? self
    target.preparer.prepareLayer(image, command: layer.command)
    if target.plan.isFull { target.play() }
  }

  // MARK: - Playing

  /// Draws what waits in the list.
  public func play() {
    guard !plan.isEmpty else { return }
    guard makePixelsOwn() else {
      plan.removeAll()
      return
    }
    let base = pixmap.rowAddress(0), bytesPerRow = pixmap.bytesPerRow
    let staysOpaque = settings.isOpaque
    let threadCount = plan.work > 300_000 && plan.bandCount > 1 ? min(options.resolvedThreadCount, plan.bandCount) : 1
    while players.count < threadCount { players.append(BandPlayer(plan: plan)) }
    if threadCount == 1 {
      for band in 0..<plan.bandCount where plan.list(ofBand: band).count > 0 {
        players[0].play(band: band, base: base, bytesPerRow: bytesPerRow, staysOpaque: staysOpaque)
      }
    } else {
      let pool = self.pool ?? ThreadPool(threadCount: options.resolvedThreadCount)
      self.pool = pool
      let players = self.players
      let target = SharedPixels(base: base)
      pool.run(count: plan.bandCount) { worker, band in
        players[worker].play(band: band, base: target.base, bytesPerRow: bytesPerRow, staysOpaque: staysOpaque)
      }
    }
    plan.removeAll()
    preparer.didPlay()
  }

  /// Workers write to different rows of it.
  private struct SharedPixels: @unchecked Sendable {
    let base: UnsafeMutableRawPointer
  }

  /// Copies the pixels when a snapshot still shows them. False without memory for the copy.
  private func makePixelsOwn() -> Bool {
    guard shared != nil else { return true }
    if isKnownUniquelyReferenced(&shared) {
      shared = nil
      return true
    }
    guard let copy = pixmap.copy() else { return false }
    pixmap = copy
    shared = nil
    return true
  }
}
