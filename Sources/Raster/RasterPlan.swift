// The list of commands between two plays, sorted into bands while it grows.

import Drawing
import Geometry

/// Indices of the commands that touch one band, in order.
private struct BandList {
  var indices: UnsafeMutablePointer<UInt32>
  var count = 0
  var capacity = 64

  init() { indices = .allocate(capacity: capacity) }

  mutating func append(_ index: UInt32) {
    if count == capacity {
      let grown = UnsafeMutablePointer<UInt32>.allocate(capacity: capacity * 2)
      grown.update(from: indices, count: count)
      indices.deallocate()
      indices = grown
      capacity *= 2
    }
    indices[count] = index
    count &+= 1
  }
}

/// Commands, their edges and what keeps their memory alive. Changed by one thread, read by many while they play.
final class RasterPlan: @unchecked Sendable {
  let size: PixelSize
  let bandHeight: Int
  let bandCount: Int
  let edges = EdgeStore()

  private(set) var commands: UnsafeMutablePointer<RasterCommand>
  private(set) var commandCount = 0
  private var commandCapacity = 256
  private let bands: UnsafeMutablePointer<BandList>
  private(set) var shaders: [Shader] = []
  private(set) var clipMasks: [ClipMaskView] = []
  private(set) var placedMasks: [PlacedMask] = []
  private var resources: [AnyObject] = []
  /// While these are held, whoever made them knows that their pixels are still to be read.
  private var snapshots: [ImageSnapshot] = []
  /// Bytes of memory that only this list keeps alive.
  private(set) var resourceBytes = 0
  /// A rough count of pixels touched and edges crossed, to decide whether threads are worth waking.
  private(set) var work = 0

  init(size: PixelSize) {
    self.size = size
    // A band's pixels and accumulators together stay within a second-level cache.
    var height = 64
    while height > 8, height * size.width * 8 > 400_000 { height /= 2 }
    bandHeight = height
    bandCount = (size.height + height - 1) / height
    commands = .allocate(capacity: commandCapacity)
    bands = .allocate(capacity: bandCount)
    for index in 0..<bandCount { (bands + index).initialize(to: BandList()) }
  }

  deinit {
    commands.deallocate()
    for index in 0..<bandCount { bands[index].indices.deallocate() }
    bands.deallocate()
  }

  var isEmpty: Bool { commandCount == 0 }

  /// Whether the list should be played before it takes more memory.
  var isFull: Bool {
    commandCount >= 65_536 || edges.count >= 1 << 19 || resourceBytes >= 64 << 20 || placedMasks.count >= 16_384
  }

  func removeAll() {
    commandCount = 0
    edges.removeAll()
    for index in 0..<bandCount { bands[index].count = 0 }
    shaders.removeAll(keepingCapacity: true)
    clipMasks.removeAll(keepingCapacity: true)
    placedMasks.removeAll(keepingCapacity: true)
    resources.removeAll(keepingCapacity: true)
    snapshots.removeAll(keepingCapacity: true)
    resourceBytes = 0
    work = 0
  }

  func append(_ command: RasterCommand) {
    if command.left >= command.right || command.top >= command.bottom { return }
    if commandCount == commandCapacity {
      let grown = UnsafeMutablePointer<RasterCommand>.allocate(capacity: commandCapacity * 2)
      grown.update(from: commands, count: commandCount)
      commands.deallocate()
      commands = grown
      commandCapacity *= 2
    }
    commands[commandCount] = command
    let index = UInt32(truncatingIfNeeded: commandCount)
    commandCount &+= 1
    let firstBand = Int(command.top) / bandHeight, lastBand = (Int(command.bottom) - 1) / bandHeight
    let hides = hidesWhatIsBelow(command)
    for band in firstBand...lastBand {
      if hides, band * bandHeight >= Int(command.top),
        min(size.height, (band + 1) * bandHeight) <= Int(command.bottom)
      {
        bands[band].count = 0
      }
      bands[band].append(index)
    }
    let area = Int(command.right - command.left) * Int(command.bottom - command.top)
    work &+= command.kind == .rectangle ? area / 4 : area / 8 + Int(command.count) * 64
  }

  /// Whether nothing drawn before shows inside the command's whole rows.
  private func hidesWhatIsBelow(_ command: RasterCommand) -> Bool {
    guard command.kind == .rectangle, command.mask < 0, command.shader < 0, command.left == 0, Int(command.right) == size.width,
      command.extent.x0 <= 0, Int(command.extent.x1) >= size.width << 8, command.extent.y0 <= command.top << 8,
      command.extent.y1 >= command.bottom << 8
    else { return false }
    switch command.compositeOperator {
    case .sourceOver: return command.color >= 0xFF00_0000
    case .copy, .clear: return true
    case .destinationOut: return command.color >= 0xFF00_0000
    default: return false
    }
  }

  func list(ofBand band: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: bands[band].indices, count: bands[band].count)
  }

  /// Keeps `object` alive until the list has been played.
  func keep(_ object: AnyObject, bytes: Int = 0) {
    if resources.last !== object {
      resources.append(object)
      resourceBytes += bytes
    }
  }

  /// Counts memory that an object kept already has taken since.
  func count(bytes: Int) { resourceBytes += bytes }

  /// Keeps the pixels of `snapshot` unchanged until the list has been played.
  func keep(_ snapshot: ImageSnapshot) {
    if snapshots.last !== snapshot { snapshots.append(snapshot) }
  }

  func add(_ shader: Shader) -> Int32 {
    shaders.append(shader)
    return Int32(truncatingIfNeeded: shaders.count - 1)
  }

  func add(_ mask: CoverageMask) -> Int32 {
    let view = ClipMaskView(bytes: UnsafePointer(mask.bytes), x: mask.bounds.x, y: mask.bounds.y, width: mask.bounds.width)
    if let last = clipMasks.last, last.bytes == view.bytes { return Int32(truncatingIfNeeded: clipMasks.count - 1) }
    clipMasks.append(view)
    keep(mask, bytes: mask.byteCount)
    return Int32(truncatingIfNeeded: clipMasks.count - 1)
  }

  var placedMaskCount: Int { placedMasks.count }

  func add(_ mask: PlacedMask) { placedMasks.append(mask) }
}
