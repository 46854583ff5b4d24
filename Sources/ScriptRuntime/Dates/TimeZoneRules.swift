// Time zones out of the system's TZif files (RFC 9636), so that any zone can be asked at any time without touching the process.

import Glibc

/// The offsets of one time zone through history.
struct TimeZoneRules: Sendable {
  /// One kind of local time.
  struct Offset: Equatable, Sendable {
    /// East of Greenwich.
    var seconds: Int
    var isDaylightSaving: Bool
    /// "PST", or "+03" where there is no usual one.
    var abbreviation: String
  }

  /// "America/Los_Angeles"; "UTC" when nothing better is known.
  let name: String
  private var transitions: [Int] = []
  private var transitionOffsets: [Int] = []
  private var offsets: [Offset]
  /// What holds after the last transition.
  private var rule: PosixTimeZoneRule?

  static let utc = TimeZoneRules(name: "UTC", offset: Offset(seconds: 0, isDaylightSaving: false, abbreviation: "UTC"))

  private init(name: String, offset: Offset) {
    self.name = name
    offsets = [offset]
  }

  /// The zone of the process: the variable TZ, else /etc/localtime, else UTC.
  static func system() -> TimeZoneRules {
    if let variable = getenv("TZ") {
      var value = String(cString: variable)
      if value.hasPrefix(":") { value.removeFirst() }
      if value.isEmpty { return utc }
      if value.hasPrefix("/") { return read(path: value, name: zoneName(ofPath: value)) ?? utc }
      if let zone = named(value) { return zone }
      if let rule = PosixTimeZoneRule(value) { return TimeZoneRules(rule: rule) }
      return utc
    }
    var buffer = [UInt8](repeating: 0, count: 1024)
    let length = buffer.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { readlink("/etc/localtime", $0.assumingMemoryBound(to: CChar.self), bytes.count) } ?? -1
    }
    let target = length > 0 ? String(decoding: buffer[..<length], as: UTF8.self) : ""
    return read(path: "/etc/localtime", name: zoneName(ofPath: target)) ?? utc
  }

  /// A zone of the IANA database by its name; nil when the system does not have it.
  static func named(_ name: String) -> TimeZoneRules? {
    guard name.isEmpty == false, name.utf8.count < 64, name.contains("..") == false, name.hasPrefix("/") == false,
      name.utf8.allSatisfy({ isNameByte($0) })
    else { return nil }
    if let zone = read(path: "/usr/share/zoneinfo/" + name, name: name) { return zone }
    let lowered = name.lowercased()
    return lowered == "utc" || lowered == "gmt" || lowered == "etc/utc" ? utc : nil
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2F, 0x5F, 0x2B, 0x2D: true
    default: false
    }
  }

  private static func zoneName(ofPath path: String) -> String {
    let parts = path.split(separator: "/")
    guard let index = parts.lastIndex(of: "zoneinfo"), index + 1 < parts.count else { return "UTC" }
    return parts[(index + 1)...].joined(separator: "/")
  }

  // MARK: - Questions

  /// What holds at a moment, in seconds since 1970.
  func offset(at seconds: Int) -> Offset {
    if let last = transitions.last, seconds >= last, let rule { return rule.offset(at: seconds) }
    if transitions.isEmpty, let rule { return rule.offset(at: seconds) }
    guard let first = transitions.first, seconds >= first else {
      return offsets.first { $0.isDaylightSaving == false } ?? offsets[0]
    }
    var low = 0
    var high = transitions.count
    while low < high {
      let middle = (low + high) / 2
      if transitions[middle] <= seconds { low = middle + 1 } else { high = middle }
    }
    return offsets[transitionOffsets[low - 1]]
  }

  /// LocalTime: a UTC time value as the clocks show it.
  func localTime(_ time: Double) -> Double {
    time.isFinite ? time + offsetMilliseconds(at: time) : .nan
  }

  /// UTC: what the clocks show as a UTC time value. Of two moments the earlier; skipped times count on from before the gap.
  func utc(_ local: Double) -> Double {
    guard local.isFinite else { return .nan }
    let before = offsetMilliseconds(at: local - TimeValue.millisecondsPerDay)
    if offsetMilliseconds(at: local - before) == before { return local - before }
    let after = offsetMilliseconds(at: local + TimeValue.millisecondsPerDay)
    return offsetMilliseconds(at: local - after) == after ? local - after : local - before
  }

  /// LocalTime - UTC at a UTC time value.
  func offsetMilliseconds(at time: Double) -> Double {
    Double(offset(atTime: time).seconds) * 1000
  }

  /// What holds at a UTC time value.
  func offset(atTime time: Double) -> Offset {
    offset(at: Int(max(-9e12, min(9e12, (time / 1000).rounded(.down)))))
  }

  // MARK: - Files

  private init(rule: PosixTimeZoneRule) {
    name = rule.standard.abbreviation
    offsets = [rule.standard]
    self.rule = rule
  }

  private static func read(path: String, name: String) -> TimeZoneRules? {
    guard let file = fopen(path, "rb") else { return nil }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1 << 18)
    let count = fread(&bytes, 1, bytes.count, file)
    return TimeZoneRules(name: name, file: Array(bytes[..<count]))
  }

  /// Reads the content of a TZif file.
  init?(name: String, file: [UInt8]) {
    self.name = name
    offsets = []
    var start = 0
    guard var header = TimeZoneFileHeader(file, at: 0) else { return nil }
    var timeSize = 4
    if header.version >= 2 {
      // The first block repeats the data in 32 bits for old readers.
      start = TimeZoneFileHeader.size + header.bodySize(timeSize: 4)
      guard let second = TimeZoneFileHeader(file, at: start) else { return nil }
      header = second
      timeSize = 8
    }
    let body = start + TimeZoneFileHeader.size
    let end = body + header.bodySize(timeSize: timeSize)
    guard end <= file.count, header.typeCount > 0 else { return nil }
    let indices = body + header.timeCount * timeSize
    let types = indices + header.timeCount
    let characters = types + header.typeCount * 6
    for index in 0..<header.timeCount {
      transitions.append(TimeZoneFileHeader.integer(file, body + index * timeSize, timeSize))
      transitionOffsets.append(Int(file[indices + index]))
    }
    for index in 0..<header.typeCount {
      let type = types + index * 6
      var abbreviation = characters + Int(file[type + 5])
      var text = ""
      while abbreviation < characters + header.characterCount, file[abbreviation] != 0 {
        text.unicodeScalars.append(Unicode.Scalar(file[abbreviation]))
        abbreviation += 1
      }
      offsets.append(
        Offset(seconds: TimeZoneFileHeader.integer(file, type, 4), isDaylightSaving: file[type + 4] != 0, abbreviation: text))
    }
    guard transitionOffsets.allSatisfy(offsets.indices.contains),
      zip(transitions, transitions.dropFirst()).allSatisfy({ $0 <= $1 }),
      offsets.allSatisfy({ $0.seconds.magnitude < 200_000 })
    else { return nil }
    if timeSize == 8, end + 1 < file.count, file[end] == 0x0A {
      rule = PosixTimeZoneRule(String(decoding: file[(end + 1)...].prefix { $0 != 0x0A }, as: UTF8.self))
    }
  }
}

/// The counts at the beginning of a block of a TZif file.
private struct TimeZoneFileHeader {
  static let size = 44
  let version: Int
  let timeCount: Int
  let typeCount: Int
  let characterCount: Int
  private let otherSize: (leapCount: Int, indicatorCount: Int)

  init?(_ file: [UInt8], at start: Int) {
    guard start + TimeZoneFileHeader.size <= file.count, file[start..<(start + 4)].elementsEqual("TZif".utf8) else { return nil }
    version = file[start + 4] == 0 ? 1 : Int(file[start + 4]) - 0x30
    func count(_ index: Int) -> Int { TimeZoneFileHeader.integer(file, start + 20 + index * 4, 4) }
    otherSize = (count(2), count(0) + count(1))
    timeCount = count(3)
    typeCount = count(4)
    characterCount = count(5)
    guard (0..<10_000).contains(timeCount), (0..<256).contains(typeCount), (0..<10_000).contains(characterCount),
      (0..<10_000).contains(otherSize.leapCount), (0..<1000).contains(otherSize.indicatorCount)
    else { return nil }
  }

  func bodySize(timeSize: Int) -> Int {
    timeCount * (timeSize + 1) + typeCount * 6 + characterCount + otherSize.leapCount * (timeSize + 4) + otherSize.indicatorCount
  }

  /// A big-endian signed integer.
  static func integer(_ file: [UInt8], _ start: Int, _ size: Int) -> Int {
    var value = Int(Int8(bitPattern: file[start]))
    for index in 1..<size { value = value << 8 | Int(file[start + index]) }
    return value
  }
}
