// Reading files and asking about paths, with the system's own words for failures.

import Glibc

/// What identifies the contents of a file well enough to tell whether it was changed.
public struct FileStamp: Equatable, Sendable {
  public var size: Int
  /// Nanoseconds since 1970.
  public var modified: Int
}

public enum FileSystem {
  /// The bytes of a file, of a pipe or a device up to `limit`; longer ones fail with EFBIG.
  public static func read(_ path: String, limit: Int = Int(Int32.max)) throws(SystemError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .latest }
    defer { close(descriptor) }
    return try read(descriptor, limit: limit)
  }

  /// Everything that is left in an open file.
  public static func read(_ descriptor: Int32, limit: Int = Int(Int32.max)) throws(SystemError) -> [UInt8] {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .latest }
    if status.st_mode & S_IFMT == S_IFDIR { throw SystemError(EISDIR) }
    guard status.st_size <= limit else { throw SystemError(EFBIG) }
    var bytes: [UInt8] = []
    // One byte more, so that the end of a file of the stated size is met in the first round.
    var step = max(Int(status.st_size) + 1, 16_384)
    while true {
      let have = bytes.count
      var failure: Int32 = 0
      let got = step
      let more = [UInt8](unsafeUninitializedCapacity: got) { buffer, count in
        let result = Glibc.read(descriptor, buffer.baseAddress, got)
        if result < 0 { failure = errno }
        count = max(0, result)
      }
      if failure == EINTR { continue }
      if failure != 0 { throw SystemError(failure) }
      if more.isEmpty { return bytes }
      if have == 0 { bytes = more } else { bytes += more }
      guard bytes.count <= limit else { throw SystemError(EFBIG) }
      step = 65_536
    }
  }

  /// Writes all bytes to an open file.
  public static func write(_ bytes: some Collection<UInt8>, to descriptor: Int32) throws(SystemError) {
    var failure: Int32 = 0
    let done: Void? = bytes.withContiguousStorageIfAvailable { failure = writeAll($0, to: descriptor) }
    if done == nil { Array(bytes).withUnsafeBufferPointer { failure = writeAll($0, to: descriptor) } }
    if failure != 0 { throw SystemError(failure) }
  }

  private static func writeAll(_ buffer: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32 {
    var rest = buffer[...]
    while !rest.isEmpty {
      let written = Glibc.write(descriptor, UnsafeBufferPointer(rebasing: rest).baseAddress, rest.count)
      if written < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = rest.dropFirst(written)
    }
    return 0
  }

  /// A pipe that child processes do not inherit.
  static func makePipe() throws(HostError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw .noThread(.latest) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// The path without links and dots, nil where there is nothing.
  public static func realPath(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// Why a file cannot be read.
  static func readFailure(_ path: String) -> SystemError {
    access(path, R_OK) == 0 ? SystemError(isFolder(path) ? EISDIR : EIO) : .latest
  }

  public static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  public static func stamp(_ path: String) -> FileStamp? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    return FileStamp(size: Int(status.st_size), modified: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec)
  }

  /// The names in a folder, sorted.
  public static func names(in folder: String) throws(SystemError) -> [String] {
    guard let stream = opendir(folder) else { throw .latest }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Makes a folder and those above it; one that exists is fine.
  public static func makeFolder(_ path: String) throws(SystemError) {
    guard !path.isEmpty, !isFolder(path) else { return }
    try makeFolder(PathText.folder(of: path))
    if mkdir(path, 0o777) != 0, errno != EEXIST { throw .latest }
    if !isFolder(path) { throw SystemError(ENOTDIR) }
  }
}

/// Paths as text.
public enum PathText {
  /// What stands before the last slash; empty for a bare name, `/` for what lies in the root.
  public static func folder(of path: String) -> String {
    var trimmed = path[...]
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed = trimmed.dropLast() }
    guard let slash = trimmed.lastIndex(of: "/") else { return "" }
    return slash == trimmed.startIndex ? "/" : String(trimmed[..<slash])
  }

  public static func name(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// The name without its extension.
  public static func stem(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// Lower case, without the dot; empty if there is none.
  public static func fileExtension(of path: String) -> String {
    let name = name(of: path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else { return "" }
    return name[name.index(after: dot)...].lowercased()
  }

  public static func join(_ folder: String, _ path: String) -> String {
    if folder.isEmpty || path.hasPrefix("/") { return path }
    return folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  /// Whether `path` is `folder` or lies below it; both are real paths.
  public static func isBelow(_ path: String, _ folder: String) -> Bool {
    folder == "/" || path == folder || path.hasPrefix(folder + "/")
  }
}
