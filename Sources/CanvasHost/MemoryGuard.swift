// How much memory the process uses, as the system counts it.

import Glibc

/// Watches the resident memory of this process, cheaply enough to ask now and then.
struct MemoryGuard {
  /// 0: no limit.
  private let limit: Int
  private let descriptor: Int32
  private var looks = 0

  init(limit: Int) {
    self.limit = limit
    descriptor = limit > 0 ? open("/proc/self/statm", O_RDONLY | O_CLOEXEC) : -1
  }

  /// Looks at every eighth call.
  mutating func isOverLimit() -> Bool {
    looks &+= 1
    return looks & 7 == 0 && residentBytes > limit
  }

  /// 0 where it is not known.
  var residentBytes: Int {
    guard descriptor >= 0 else { return 0 }
    var text = [UInt8](repeating: 0, count: 64)
    let count = pread(descriptor, &text, text.count, 0)
    guard count > 0 else { return 0 }
    // Total and resident size in pages.
    let fields = text[..<count].split(separator: UInt8(ascii: " "))
    guard fields.count > 1, let pages = Int(String(decoding: fields[1], as: UTF8.self)) else { return 0 }
    return pages * 4096
  }
}
