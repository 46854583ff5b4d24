// From script files to parsed scripts.

import CanvasBindings
import Glibc
import ScriptRuntime
import ScriptSyntax

public enum ScriptReader {
  static func read(_ scripts: [ScriptSource]) throws(HostError) -> [SourceText] {
    guard !scripts.isEmpty else { throw .noScript }
    var sources: [SourceText] = []
    for script in scripts { sources.append(try read(script)) }
    return sources
  }

  private static func read(_ script: ScriptSource) throws(HostError) -> SourceText {
    do {
      switch script {
      case .file(let path): return SourceText(name: path, bytes: try FileSystem.read(path))
      case .standardInput: return SourceText(name: script.displayName, bytes: try FileSystem.read(STDIN_FILENO))
      }
    } catch {
      throw .unreadable(path: script.displayName, error)
    }
  }

  /// Parses all scripts and reports every mistake; nil if there was an error.
  static func parse(_ sources: [SourceText], names: NameTable, _ reporter: Reporter) -> [Script]? {
    var options = ParseOptions()
    options.regularExpressionValidator = Realm.validateRegularExpression
    var scripts: [Script] = []
    for source in sources {
      let result = parseScript(source, names: names, options: options)
      for diagnostic in result.diagnostics { reporter.report(diagnostic, in: source) }
      if let script = result.script, !result.hasErrors { scripts.append(script) }
    }
    return scripts.count == sources.count ? scripts : nil
  }

  /// Members of contexts that do not exist: `ctx.lineStyle = "red"`.
  private static func warnAboutContexts(in source: SourceText, _ reporter: Reporter) {
    let (assignments, contexts) = source.memberAssignments()
    for assignment in assignments where assignment.object == "ctx" || contexts.contains(assignment.object) {
      guard let warning = ContextMembers.warning(settingMember: assignment.member) else { continue }
      reporter.warn(warning, at: ScriptPosition(source: source, offset: Int(assignment.range.start)), scriptName: source.name)
    }
  }

  /// `canvasrun check`: parses each script by itself and prints the mistakes.
  public static func check(_ scripts: [ScriptSource], usesColor: Bool) -> ExitStatus {
    let reporter = Reporter(console: ConsoleSink(logsToStandardError: false), usesColor: usesColor)
    var worst = ExitStatus.success
    for script in scripts {
      do throws(HostError) {
        let source = try read(script)
        // Deep nesting needs more than an ordinary stack.
        let status = try ScriptThread.run(timeout: 0, giveUp: { _ in _exit(ExitStatus.interrupted.rawValue) }) { _ in
          if parse([source], names: NameTable(), reporter) == nil { return .malformedInput }
          warnAboutContexts(in: source, reporter)
          return .success
        }
        if worst == .success { worst = status }
      } catch {
        let status = reporter.report(error)
        if worst == .success { worst = status }
      }
    }
    return worst
  }
}
