import ArgumentParser

@main
struct CanvasRunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "canvasrun")
}
