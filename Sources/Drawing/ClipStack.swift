// The clipping region as a list of paths that share their tails.

import Geometry

/// One `clip()` on top of those before it. Immutable; compared by identity so that surfaces can cache masks.
///
/// Safe to share: `parent` is written in `deinit` alone.
public final class ClipStack: @unchecked Sendable {
  /// The clip that was in force before, if any.
  public private(set) var parent: ClipStack?
  /// In user space at the time of the call.
  public let path: Path
  public let rule: FillRule
  /// User space → canvas space at the time of the call.
  public let transform: AffineTransform
  /// How many clips lie below, this one included.
  public let depth: Int

  public init(parent: ClipStack?, path: Path, rule: FillRule, transform: AffineTransform) {
    self.parent = parent
    self.path = path
    self.rule = rule
    self.transform = transform
    depth = (parent?.depth ?? 0) + 1
  }

  // A script may clip in a loop: let the chain go link by link instead of one stack frame a link.
  deinit {
    var next = parent
    parent = nil
    while isKnownUniquelyReferenced(&next), let link = next {
      next = link.parent
      link.parent = nil
    }
  }
}
