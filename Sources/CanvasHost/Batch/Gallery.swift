// What a batch leaves beside its pictures: a page to look at and a report to read by machine.

/// The page and the report of a batch.
struct Gallery {
  private let results: [BatchResult]

  init(_ results: [BatchResult]) { self.results = results }

  // MARK: - The page

  /// Works from disk, without scripts or a network.
  var page: String {
    let failures = results.count(where: \.isFailure)
    let summary = "\(results.count) pictures" + (failures > 0 ? ", \(failures) failed" : "")
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>Gallery</title>
      <style>
      :root { color-scheme: light dark; font-family: system-ui, sans-serif; }
      body { margin: 2rem; }
      main { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: 1.5rem; }
      figure { margin: 0; border: 1px solid #8886; border-radius: .5rem; padding: 1rem; }
      img { display: block; max-width: 100%; max-height: 16rem; margin: auto; background: #fff; }
      figcaption { margin-top: .75rem; }
      small { opacity: .75; }
      pre { overflow: auto; max-height: 24rem; font-size: .8rem; }
      .failed { border-color: #d33; }
      </style>
      </head>
      <body>
      <h1>Gallery</h1>
      <p>\(summary)</p>
      <main>
      \(results.map(figure).joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  private func figure(_ result: BatchResult) -> String {
    let name = Self.escape(PathText.stem(of: result.item.outputName))
    let address = Self.escape(URLText.encodePath(result.item.outputName))
    let source = (try? FileSystem.read(result.item.script, limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    let picture =
      result.isFailure
      ? "<pre>\(Self.escape(result.messages))</pre>"
      : "<a href=\"\(address)\"><img src=\"\(address)\" alt=\"\(name)\" loading=\"lazy\"></a>"
    let facts =
      result.isFailure
      ? "failed with status \(result.status ?? 0)" : "\(ByteCount(result.bytes)), \(DecimalText.short(result.milliseconds)) ms"
    return """
      <figure\(result.isFailure ? " class=\"failed\"" : "")>
      \(picture)
      <figcaption><strong>\(name)</strong> <small>\(facts)</small>
      <details><summary>Source</summary><pre><code>\(Self.escape(source))</code></pre></details>
      </figcaption>
      </figure>
      """
  }

  private static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  // MARK: - The report

  var report: String {
    let lines = results.map { result in
      var members = [
        "\"script\": \(JSONText.string(result.item.script))", "\"output\": \(JSONText.string(result.item.outputName))",
        "\"ok\": \(!result.isFailure)", "\"skipped\": \(result.wasSkipped)", "\"bytes\": \(result.bytes)",
        "\"ms\": \(DecimalText.short(result.milliseconds))",
      ]
      if result.isFailure {
        members.append("\"error\": {\"code\": \(result.status ?? 0), \"message\": \(JSONText.string(result.messages))}")
      }
      return "    {\(members.joined(separator: ", "))}"
    }
    let failures = results.count(where: \.isFailure)
    return "{\n  \"pictures\": \(results.count),\n  \"failed\": \(failures),\n  \"results\": [\n\(lines.joined(separator: ",\n"))\n  ]\n}\n"
  }
}

/// Strings of JSON.
enum JSONText {
  static func string(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case _ where scalar.value < 0x20:
        result += "\\u00" + (scalar.value < 16 ? "0" : "") + String(scalar.value, radix: 16)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
