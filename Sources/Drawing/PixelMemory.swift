// Memory for pixels, from the system.

import Glibc

/// Zeroed memory for one bitmap.
///
/// Large bitmaps are asked for in huge pages: a canvas of a few megabytes else costs a fault for every 4 KiB when it is first drawn
/// on, a third of the time of a small drawing.
enum PixelMemory {
  private static let hugePage = 2 << 20

  /// `count` zero bytes, nil when they cannot be had. Pages that are never touched stay unmapped.
  static func allocate(_ count: Int) -> UnsafeMutableRawPointer? {
    guard count >= hugePage else { return unsafe calloc(count, 1) }
    let size = mappedSize(count)
    // As much more as it takes to begin on a boundary; what is before and after is given back.
    let place = unsafe mmap(nil, size + hugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard unsafe place != MAP_FAILED, let place = unsafe place else { return nil }
    let lead = (hugePage - Int(bitPattern: place) & (hugePage - 1)) & (hugePage - 1)
    let start = unsafe place + lead
    if lead > 0 { unsafe munmap(place, lead) }
    if lead < hugePage { unsafe munmap(start + size, hugePage - lead) }
    unsafe madvise(start, size, MADV_HUGEPAGE)
    return unsafe start
  }

  static func free(_ memory: UnsafeMutableRawPointer, count: Int) {
    if count >= hugePage { unsafe munmap(memory, mappedSize(count)) } else { unsafe Glibc.free(memory) }
  }

  /// Whole huge pages.
  private static func mappedSize(_ count: Int) -> Int { (count + hugePage - 1) & ~(hugePage - 1) }
}
