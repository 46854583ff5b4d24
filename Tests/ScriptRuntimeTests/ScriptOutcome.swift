// Runs a script on a thread of its own, whose stack the realm knows.

import Foundation
import ScriptSyntax

@testable import ScriptRuntime

/// What a script came to: the text of its global `result`, or how it ended.
enum ScriptOutcome: Equatable {
  case value(String)
  /// The text of an uncaught exception.
  case exception(String)
  case ended(Termination)
  case syntaxError

  /// - Parameters:
  ///   - milliseconds: how long the script may run. Far more than any needs: builds for tests are slow, and tests run side by side.
  ///   - byteLimit: what it may hold; 0 for no limit.
  init(_ text: String, milliseconds: UInt64 = 120_000, byteLimit: Int = 0) {
    nonisolated(unsafe) var outcome = ScriptOutcome.syntaxError
    let finished = DispatchSemaphore(value: 0)
    let thread = Thread {
      outcome = ScriptOutcome.run(text, milliseconds: milliseconds, byteLimit: byteLimit)
      finished.signal()
    }
    thread.stackSize = 16 << 20
    thread.start()
    finished.wait()
    self = outcome
  }

  private static func run(_ text: String, milliseconds: UInt64, byteLimit: Int) -> ScriptOutcome {
    var marker: UInt8 = 0
    let base = withUnsafeMutablePointer(to: &marker) { UInt(bitPattern: $0) + 4096 }
    let names = NameTable()
    let realm = Realm(names: names, machineStackBase: base, machineStackSize: 15 << 20)
    realm.heap.byteLimit = byteLimit
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    realm.deadline = UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec) + milliseconds * 1_000_000
    let parsed = parseScript(SourceText(name: "test.js", text: text), names: names)
    guard let script = parsed.script else { return .syntaxError }
    do throws(Thrown) {
      try realm.evaluate(script)
      return .value(try realm.toText(try realm.globalObject.get(realm.key("result"), receiver: .undefined, realm)))
    } catch {
      if let termination = realm.termination { return .ended(termination) }
      do throws(Thrown) {
        return .exception(try realm.toText(error.value))
      } catch {
        return .exception("?")
      }
    }
  }
}
