// Memory for pixels, from the system.

import Glibc
import Synchronization

/// Memory for one bitmap.
///
/// Very large bitmaps are asked for in huge pages: they else cost a fault for every 4 KiB when they are first drawn on. (For those of a
/// few megabytes the gain is small, and virtual machines may have to fetch each huge page from their host.) Some that are given back are
/// kept, since a script that needs a large bitmap for a moment (pixels to change, a layer, a shadow) mostly needs the next one of the
/// same size at once.
public enum PixelMemory {
  private static let hugePage = 2 << 20
  /// From this size on huge pages are asked for.
  private static let leastHugeSize = 16 << 20
  /// So many bytes are kept at most.
  private static let spareLimit = 64 << 20

  @safe private struct Spare: @unchecked Sendable {
    // Safe: owned by whoever has taken the value out of the mutex.
    let address: UnsafeMutableRawPointer
    let size: Int
  }

  private struct Spares {
    var all: [Spare] = []
    var size = 0
  }

  /// The one given back last is the last.
  private static let spares = Mutex(Spares())

  /// `count` bytes, zero if `isCleared`; nil when they cannot be had. Fresh pages that are never touched stay unmapped.
  @unsafe public static func allocate(_ count: Int, isCleared: Bool = true) -> UnsafeMutableRawPointer? {
    guard count >= hugePage else { return unsafe isCleared ? calloc(count, 1) : malloc(count) }
    let size = mappedSize(count)
    guard let address = unsafe takeSpare(of: size) else { return unsafe map(size) }
    if isCleared { unsafe memset(address, 0, count) }
    return unsafe address
  }

  /// `count` is what was asked for.
  @unsafe public static func free(_ memory: UnsafeMutableRawPointer, count: Int) {
    guard count >= hugePage else { return unsafe Glibc.free(memory) }
    let size = mappedSize(count)
    let given = unsafe Spare(address: memory, size: size)
    let unwanted = spares.withLock { spares -> [Spare] in
      guard size <= spareLimit else { return [given] }
      spares.all.append(given)
      spares.size += size
      // The oldest make room.
      var unwanted: [Spare] = []
      while spares.size > spareLimit {
        let oldest = spares.all.removeFirst()
        spares.size -= oldest.size
        unwanted.append(oldest)
      }
      return unwanted
    }
    for spare in unwanted { unsafe munmap(spare.address, spare.size) }
  }

  private static func takeSpare(of size: Int) -> UnsafeMutableRawPointer? {
    let taken = spares.withLock { spares -> Spare? in
      guard let index = spares.all.lastIndex(where: { $0.size == size }) else { return nil }
      spares.size -= size
      return spares.all.remove(at: index)
    }
    return unsafe taken?.address
  }

  private static func map(_ size: Int) -> UnsafeMutableRawPointer? {
    // As much more as it takes to begin on a boundary; what is before and after is given back.
    let place = unsafe mmap(nil, size + hugePage, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
    guard unsafe place != MAP_FAILED, let place = unsafe place else { return nil }
    let lead = (hugePage - Int(bitPattern: place) & (hugePage - 1)) & (hugePage - 1)
    let start = unsafe place + lead
    if lead > 0 { unsafe munmap(place, lead) }
    if lead < hugePage { unsafe munmap(start + size, hugePage - lead) }
    if size >= leastHugeSize { unsafe madvise(start, size, MADV_HUGEPAGE) }
    return unsafe start
  }

  /// Whole huge pages.
  private static func mappedSize(_ count: Int) -> Int { (count + hugePage - 1) & ~(hugePage - 1) }
}
