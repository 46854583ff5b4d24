// Files appear whole or not at all: bytes go to a temporary file beside the target, which then takes its name.

import Glibc

public enum OutputWriter {
  /// Writes a file, or standard output for `-`.
  public static func write(_ bytes: [UInt8], to path: String) throws(HostError) {
    do throws(SystemError) {
      if path == OutputTarget.standardOutput {
        try FileSystem.write(bytes, to: STDOUT_FILENO)
      } else {
        try replace(path, with: bytes)
      }
    } catch {
      throw .unwritable(path: path == OutputTarget.standardOutput ? "standard output" : path, error)
    }
  }

  /// Fails where `write` would for reasons that can be known beforehand, so that a long run is not lost.
  public static func check(_ path: String) throws(HostError) {
    guard path != OutputTarget.standardOutput else { return }
    do throws(SystemError) {
      let place = try Place(path)
      let folder = place.folder.isEmpty ? "." : place.folder
      if place.isReplaceable, access(folder, W_OK | X_OK) != 0 { throw SystemError.latest }
    } catch {
      throw .unwritable(path: path, error)
    }
  }

  /// What is at the target now.
  private struct Place {
    /// The target itself where the path is a link to it.
    let path: String
    /// False for devices and pipes, which are written to as they are.
    let isReplaceable: Bool
    /// Permissions of the file that is there.
    let mode: mode_t?
    var folder: String { PathText.folder(of: path) }

    init(_ path: String) throws(SystemError) {
      guard !path.isEmpty, !path.hasSuffix("/") else { throw SystemError(path.isEmpty ? ENOENT : EISDIR) }
      var status = stat()
      guard stat(path, &status) == 0 else {
        guard errno == ENOENT else { throw .latest }
        self.path = path
        isReplaceable = true
        mode = nil
        return
      }
      if status.st_mode & S_IFMT == S_IFDIR { throw SystemError(EISDIR) }
      if access(path, W_OK) != 0 { throw .latest }
      self.path = FileSystem.realPath(path) ?? path
      isReplaceable = status.st_mode & S_IFMT == S_IFREG
      mode = status.st_mode & 0o7777
    }
  }

  private static func replace(_ path: String, with bytes: [UInt8]) throws(SystemError) {
    let place = try Place(path)
    guard place.isReplaceable else {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)
      guard descriptor >= 0 else { throw .latest }
      defer { close(descriptor) }
      return try FileSystem.write(bytes, to: descriptor)
    }
    let (temporary, descriptor) = try openTemporary(beside: place.path)
    do throws(SystemError) {
      try FileSystem.write(bytes, to: descriptor)
      if let mode = place.mode, fchmod(descriptor, mode) != 0 { throw SystemError.latest }
      // Some file systems report a full disk only here.
      if close(descriptor) != 0 { throw SystemError.latest }
      if rename(temporary, place.path) != 0 { throw SystemError.latest }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  private static func openTemporary(beside path: String) throws(SystemError) -> (path: String, descriptor: Int32) {
    let name = ".\(PathText.name(of: path).prefix(100)).\(getpid())"
    for attempt in 0..<100 {
      let candidate = PathText.join(PathText.folder(of: path), "\(name)-\(attempt).tmp")
      let descriptor = open(candidate, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (candidate, descriptor) }
      guard errno == EEXIST else { throw .latest }
    }
    throw SystemError(EEXIST)
  }
}
