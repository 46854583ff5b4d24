// A line on the terminal that says how far a batch is.

import CanvasHost

/// Draws over its own line; draws nothing where there is no terminal.
struct ProgressBar {
  private let isVisible: Bool
  private var isShown = false
  private static let width = 30

  init(isVisible: Bool) { self.isVisible = isVisible }

  mutating func show(_ finished: Int, of total: Int, _ label: String) {
    guard isVisible, total > 0 else { return }
    let filled = Self.width * finished / total
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.width - filled)
    write("\r\u{1B}[K[\(bar)] \(finished)/\(total) \(label.prefix(30))")
    isShown = true
  }

  /// Makes room for other messages.
  mutating func clear() {
    if isShown { write("\r\u{1B}[K") }
    isShown = false
  }

  private func write(_ text: String) {
    ConsoleSink(logsToStandardError: true).message(text)
  }
}
