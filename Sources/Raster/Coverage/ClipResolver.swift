// Clip stacks into a rectangle of whole pixels and, where that is not enough, a mask.

import Drawing
import Geometry

/// What a clip stack leaves visible.
final class ResolvedClip {
  /// Nothing outside is visible; may be empty.
  let bounds: PixelRect
  /// The only path that cuts inside `bounds`, in device space; nil when there is none or more than one.
  let solePath: (path: Path, rule: FillRule, transform: AffineTransform)?
  /// Made when first needed.
  private var storedMask: CoverageMask?
  private let parentWithMask: ResolvedClip?
  private let cut: (path: Path, rule: FillRule, transform: AffineTransform)?
  /// Keeps the identity that this is cached under.
  let stack: ClipStack?

  init(bounds: PixelRect) {
    self.bounds = bounds
    solePath = nil
    parentWithMask = nil
    cut = nil
    stack = nil
  }

  init(
    stack: ClipStack, bounds: PixelRect, parent: ResolvedClip, cut: (path: Path, rule: FillRule, transform: AffineTransform)?
  ) {
    self.stack = stack
    self.bounds = bounds
    let parentIsPlain = parent.isRectangle
    self.cut = cut
    parentWithMask = parentIsPlain ? nil : parent
    solePath = parentIsPlain ? cut : (cut == nil ? parent.solePath : nil)
  }

  /// Whether `bounds` is all there is to it.
  var isRectangle: Bool { cut == nil && parentWithMask == nil }

  var maskByteCount: Int { storedMask?.byteCount ?? 0 }

  /// The coverage inside `bounds`; nil for a plain rectangle, or without memory (which clips nothing further).
  func mask(renderer: MaskRenderer) -> CoverageMask? {
    if isRectangle || bounds.isEmpty { return nil }
    if let storedMask { return storedMask }
    // Masks of the clips below are made from the bottom up, so that a long chain needs no deep recursion.
    var chain: [ResolvedClip] = []
    var next: ResolvedClip? = self
    while let clip = next, clip.storedMask == nil {
      chain.append(clip)
      next = clip.parentWithMask
    }
    for clip in chain.reversed() { clip.storedMask = clip.makeMask(renderer) }
    return storedMask
  }

  private func makeMask(_ renderer: MaskRenderer) -> CoverageMask? {
    guard let mask = CoverageMask(bounds: bounds) else { return nil }
    if let cut {
      let transform = AffineTransform.translation(-Double(bounds.x), -Double(bounds.y)).concatenating(cut.transform)
      renderer.render(
        width: bounds.width, height: bounds.height, rule: cut.rule, into: mask.bytes, bytesPerRow: bounds.width
      ) { $0.add(cut.path, transform: transform) }
    } else {
      mask.bytes.update(repeating: 255, count: mask.byteCount)
    }
    if let parent = parentWithMask?.storedMask {
      for y in 0..<bounds.height {
        let row = mask.bytes + y * bounds.width
        let below = parent.bytes + (y + bounds.y - parent.bounds.y) * parent.bounds.width + (bounds.x - parent.bounds.x)
        for x in 0..<bounds.width { row[x] = multiplied(row[x], UInt32(below[x])) }
      }
    }
    return mask
  }
}

/// Resolves clip stacks for one device space and remembers the results.
struct ClipResolver {
  private let whole: ResolvedClip
  private let deviceTransform: AffineTransform
  private var known: [ObjectIdentifier: ResolvedClip] = [:]
  private var latest: ResolvedClip

  init(size: PixelSize, deviceTransform: AffineTransform) {
    whole = ResolvedClip(bounds: PixelRect(size))
    latest = whole
    self.deviceTransform = deviceTransform
  }

  mutating func resolve(_ stack: ClipStack?) -> ResolvedClip {
    guard let stack else { return whole }
    if latest.stack === stack { return latest }
    if let found = known[ObjectIdentifier(stack)] {
      latest = found
      return found
    }
    if known.count >= 256 { forget() }
    // From the lowest unknown clip up.
    var chain = [stack]
    var base = whole
    var next = stack.parent
    while let clip = next {
      if let found = known[ObjectIdentifier(clip)] {
        base = found
        break
      }
      chain.append(clip)
      next = clip.parent
    }
    for clip in chain.reversed() {
      base = ClipResolver.cut(base, by: clip, deviceTransform: deviceTransform)
      known[ObjectIdentifier(clip)] = base
    }
    latest = base
    return base
  }

  /// Lets go of all masks but those still in use elsewhere.
  mutating func forget() {
    known.removeAll()
    latest = whole
  }

  private static func cut(_ base: ResolvedClip, by clip: ClipStack, deviceTransform: AffineTransform) -> ResolvedClip {
    let transform = deviceTransform.concatenating(clip.transform)
    guard let area = clip.path.controlBounds, transform.isFinite else {
      return ResolvedClip(stack: clip, bounds: PixelRect(x: 0, y: 0, width: 0, height: 0), parent: base, cut: nil)
    }
    if let rect = clip.path.rectangle(mappedBy: transform) {
      let bounds = PixelRect(covering: rect, within: base.bounds)
      // Sides within 1/256 of a pixel's border are on it, as far as coverage can tell.
      let isAligned = [rect.minX, rect.minY, rect.maxX, rect.maxY].allSatisfy { abs($0 - $0.rounded()) < 1.0 / 512 }
      if isAligned {
        let snapped = PixelRect(
          covering: Rect(Point(rect.minX.rounded(), rect.minY.rounded()), Point(rect.maxX.rounded(), rect.maxY.rounded())),
          within: base.bounds)
        return ResolvedClip(stack: clip, bounds: snapped, parent: base, cut: nil)
      }
      if bounds == base.bounds, rect.minX <= Double(bounds.x), rect.minY <= Double(bounds.y), rect.maxX >= Double(bounds.maxX),
        rect.maxY >= Double(bounds.maxY)
      {
        return ResolvedClip(stack: clip, bounds: bounds, parent: base, cut: nil)
      }
      return ResolvedClip(stack: clip, bounds: bounds, parent: base, cut: (clip.path, clip.rule, transform))
    }
    let bounds = PixelRect(covering: transform.boundingBox(of: area), within: base.bounds)
    return ResolvedClip(stack: clip, bounds: bounds, parent: base, cut: (clip.path, clip.rule, transform))
  }
}

extension Path {
  /// The rectangle that the path is once `transform` has mapped it, if it is one with sides along the axes.
  func rectangle(mappedBy transform: AffineTransform) -> Rect? {
    guard verbs.count >= 4, verbs.count <= 7, points.count >= 4, points.count <= 6 else { return nil }
    guard verbs[0] == .move, verbs[1] == .line, verbs[2] == .line, verbs[3] == .line else { return nil }
    var corner = 4
    var index = 4
    if index < verbs.count, verbs[index] == .line {
      guard points[4] == points[0] else { return nil }
      corner += 1
      index += 1
    }
    if index < verbs.count, verbs[index] == .close { index += 1 }
    // A lone move at the end draws nothing.
    if index < verbs.count, verbs[index] == .move { index += 1 }
    guard index == verbs.count else { return nil }
    guard transform.b == 0 && transform.c == 0 || transform.a == 0 && transform.d == 0 else { return nil }
    let (a, b, c, d) = (points[0], points[1], points[2], points[3])
    guard a.y == b.y && b.x == c.x && c.y == d.y && d.x == a.x || a.x == b.x && b.y == c.y && c.x == d.x && d.y == a.y
    else { return nil }
    return Rect(transform.apply(a), transform.apply(c))
  }
}
