// What a batch remembers between times: which picture was made of which files, so that it need not be made again.

/// The notes in the output folder. A lost or damaged file only means that pictures are made again.
struct BatchMemory {
  static let fileName = ".canvasrun-batch"

  struct Entry: Equatable {
    var options: String
    var milliseconds: Double
    var output: FileStamp
    /// The script first.
    var inputs: [(path: String, stamp: FileStamp)] = []

    static func == (left: Entry, right: Entry) -> Bool {
      left.options == right.options && left.output == right.output
        && left.inputs.elementsEqual(right.inputs) { $0.path == $1.path && $0.stamp == $1.stamp }
    }
  }

  private(set) var entries: [String: Entry] = [:]

  init() {}

  /// Reads lines `picture NAME`, `options TEXT`, `made SIZE MODIFIED MILLISECONDS`, `input SIZE MODIFIED PATH`.
  init(text: String) {
    var name: String?
    for line in text.split(separator: "\n") {
      let words = line.split(separator: " ", maxSplits: 1).map(String.init)
      guard words.count == 2 else { continue }
      let fields = words[1].split(separator: " ", maxSplits: 2).map(String.init)
      switch words[0] {
      case "picture":
        name = words[1]
        entries[words[1]] = Entry(options: "", milliseconds: 0, output: FileStamp(size: -1, modified: -1))
      case "options": if let name { entries[name]?.options = words[1] }
      case "made":
        guard let name, fields.count == 3, let stamp = Self.stamp(fields) else { continue }
        entries[name]?.output = stamp
        entries[name]?.milliseconds = DecimalText.parse(fields[2]) ?? 0
      case "input":
        guard let name, fields.count == 3, let stamp = Self.stamp(fields) else { continue }
        entries[name]?.inputs.append((fields[2], stamp))
      default: continue
      }
    }
  }

  private static func stamp(_ fields: [String]) -> FileStamp? {
    guard let size = Int(fields[0]), let modified = Int(fields[1]) else { return nil }
    return FileStamp(size: size, modified: modified)
  }

  var text: String {
    entries.sorted { $0.key < $1.key }.map { name, entry in
      let inputs = entry.inputs.map { "input \($0.stamp.size) \($0.stamp.modified) \($0.path)\n" }.joined()
      return "picture \(name)\noptions \(entry.options)\n"
        + "made \(entry.output.size) \(entry.output.modified) \(DecimalText.short(entry.milliseconds))\n" + inputs
    }.joined()
  }

  /// The notes on a picture that is still as it was made, from files that are still as they were.
  func upToDate(_ name: String, at path: String, options: String) -> Entry? {
    guard let entry = entries[name], entry.options == options, !entry.inputs.isEmpty, FileSystem.stamp(path) == entry.output,
      entry.inputs.allSatisfy({ FileSystem.stamp($0.path) == $0.stamp })
    else { return nil }
    return entry
  }

  mutating func remember(_ result: BatchResult, at path: String, options: String) {
    guard !result.isFailure, let output = FileSystem.stamp(path), let script = FileSystem.realPath(result.item.script) else {
      entries[result.item.outputName] = nil
      return
    }
    let files = [script] + result.inputs.filter { $0 != script }
    let inputs = files.compactMap { path in FileSystem.stamp(path).map { (path, $0) } }
    // A file that has vanished meanwhile cannot be vouched for.
    guard inputs.count == files.count else { return }
    entries[result.item.outputName] = Entry(options: options, milliseconds: result.milliseconds, output: output, inputs: inputs)
  }
}
