// Runs mutated inputs against the parts that read what strangers wrote.
//
//     fuzz [TARGET...] [--seconds S] [--seed N] [--case N [--save FILE]] [--corpus DIR]
//
// The same seed gives the same cases. A crash, a hang or a contradiction prints the input and how to run it again.

import Glibc
import ScriptRuntime
import ScriptSyntax

/// What the command line asks for.
struct FuzzOptions {
  var targets: [String] = []
  var seconds = 30.0
  var seed: UInt64 = 1
  /// Only this case.
  var onlyCase: UInt64?
  /// Where that case's input is written to.
  var file: String?
  var corpus = "Tests/Fuzz/Corpus"

  /// Nil where the arguments make no sense.
  init?(_ arguments: [String]) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      guard argument.hasPrefix("--") else {
        targets.append(argument)
        continue
      }
      guard let value = rest.popFirst() else { return nil }
      switch argument {
      case "--seconds": seconds = Double(value) ?? seconds
      case "--seed": seed = UInt64(value) ?? seed
      case "--case": onlyCase = UInt64(value)
      case "--save": file = value
      case "--corpus": corpus = value
      default: return nil
      }
    }
  }
}

@main
enum Fuzz {
  private static var targets: [any FuzzTarget.Type] {
    [ScriptTarget.self, RunTarget.self, PatternTarget.self, JSONTarget.self, NumberTarget.self, FontTarget.self]
  }
  static let stackSize = 64 << 20

  static func main() {
    guard let options = FuzzOptions(Array(CommandLine.arguments.dropFirst())) else {
      complain("usage: fuzz [script|run|pattern|json|number|font]... [--seconds S] [--seed N] [--case N [--save FILE]] [--corpus DIR]\n")
      exit(64)
    }
    if options.targets.count == 1 { start(options) } else { startEach(options) }
  }

  /// Runs each target in a process of its own, so that none suffers from the memory of those before.
  private static func startEach(_ options: FuzzOptions) {
    var hasFailed = false
    for target in targets where options.targets.isEmpty || options.targets.contains(target.name) {
      let arguments = [CommandLine.arguments.first ?? "fuzz", target.name]
        + CommandLine.arguments.dropFirst().filter { !options.targets.contains($0) }
      var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
      defer { for word in words { free(word) } }
      var process: pid_t = 0, status: Int32 = 0
      guard posix_spawn(&process, "/proc/self/exe", nil, nil, &words, environ) == 0, waitpid(process, &status, 0) == process else {
        complain("fuzz: cannot start \(target.name)\n")
        exit(1)
      }
      if status != 0 { hasFailed = true }
    }
    if hasFailed { exit(1) }
  }

  /// Runs the targets on a thread of their own, and waits for it.
  private static func start(_ options: FuzzOptions) {
    // The interpreter wants to know its stack, so it gets a thread of its own.
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    pthread_attr_setstacksize(&attributes, stackSize)
    var thread = pthread_t()
    let box = Unmanaged.passRetained(Box(options)).toOpaque()
    pthread_create(
      &thread, &attributes,
      { pointer in
        guard let pointer else { return nil }
        Fuzz.run(Unmanaged<Box>.fromOpaque(pointer).takeRetainedValue().options)
        return nil
      }, box)
    pthread_join(thread, nil)
  }

  private final class Box {
    let options: FuzzOptions
    init(_ options: FuzzOptions) { self.options = options }
  }

  private static func run(_ options: FuzzOptions) {
    var marker: UInt8 = 0
    let base = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) } + 4096
    CrashReport.install()
    let world = { Realm(machineStackBase: base, machineStackSize: Fuzz.stackSize - (1 << 20)) }
    guard let target = targets.first(where: { options.targets == [$0.name] }) else {
      complain("fuzz: there is no target of this name\n")
      exit(64)
    }
    let isDone = run(target, options, world)
    alarm(0)
    if !isDone { exit(1) }
  }

  private static func run<Target: FuzzTarget>(_: Target.Type, _ options: FuzzOptions, _ world: @escaping () -> Realm) -> Bool {
    guard let inputs = Target.inputs(options) else {
      complain("fuzz: no corpus for \(Target.name)\n")
      return false
    }
    let corpus = inputs.corpus
    var target = Target(world: world)
    let end = MonotonicTime.now + UInt64(options.seconds * 1e9)
    var number = options.onlyCase ?? 0
    var failures = 0
    repeat {
      // The corpus itself comes first, as it is.
      let input = number < corpus.count ? corpus[Int(number)] : inputs.input(seed: options.seed, caseNumber: number)
      if options.onlyCase != nil, let file = options.file, let stream = fopen(file, "wb") {
        fwrite(input, 1, input.count, stream)
        fclose(stream)
      }
      CrashReport.begin(target: Target.name, seed: options.seed, caseNumber: number, input: Target.readsText ? input : [])
      do {
        try target.run(input)
      } catch let contradiction as Contradiction {
        failures += 1
        complain(
          "CONTRADICTION: \(contradiction.text)\nAgain with: fuzz \(Target.name) --seed \(options.seed) --case \(number)\n")
        if Target.readsText { complain("--- input\n\(String(decoding: input, as: UTF8.self))\n--- end of input\n") }
      } catch {}
      number += 1
    } while options.onlyCase == nil && failures < 5 && MonotonicTime.now < end
    print("\(Target.name): \(number) cases with seed \(options.seed), \(failures) failures")
    return failures == 0
  }

  private static func complain(_ text: String) {
    let bytes = Array(text.utf8)
    write(STDERR_FILENO, bytes, bytes.count)
  }
}

/// Files with one input each.
enum Corpus {
  /// In the order of their names.
  static func read(_ folder: String) -> [[UInt8]] {
    names(folder).compactMap { read(file: folder + "/" + $0) }
  }

  /// What a folder holds, sorted.
  static func names(_ folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  /// At most the first `longest` bytes.
  static func read(file: String, longest: Int = Mutator.longestInput) -> [UInt8]? {
    guard let stream = fopen(file, "rb") else { return nil }
    defer { fclose(stream) }
    var bytes = [UInt8](repeating: 0, count: longest)
    let count = fread(&bytes, 1, bytes.count, stream)
    return Array(bytes.prefix(count))
  }
}
