// The names that a 2d context has, for warnings about others before a script runs.

import ScriptRuntime

public enum ContextMembers {
  /// In the order of the standard's mixins.
  static let names: [String] = """
    canvas getContextAttributes save restore reset isContextLost scale rotate translate transform resetTransform getTransform \
    setTransform globalAlpha globalCompositeOperation imageSmoothingEnabled imageSmoothingQuality strokeStyle fillStyle \
    createLinearGradient createRadialGradient createConicGradient createPattern shadowOffsetX shadowOffsetY shadowBlur shadowColor \
    filter clearRect fillRect strokeRect beginPath fill clip stroke isPointInPath isPointInStroke drawFocusIfNeeded fillText \
    strokeText measureText fillTextCluster strokeTextCluster drawImage createImageData getImageData putImageData \
    lineWidth lineCap lineJoin miterLimit setLineDash getLineDash lineDashOffset lang font textAlign textBaseline direction letterSpacing fontKerning fontStretch fontVariantCaps \
    textRendering wordSpacing closePath moveTo lineTo quadraticCurveTo bezierCurveTo arcTo rect roundRect arc ellipse
    """.split(separator: " ").map(String.init)

  /// What to say where a script sets a member that contexts do not have; nil where they do.
  public static func warning(settingMember name: String) -> String? {
    names.contains(name) ? nil : unknownMember(name, of: "CanvasRenderingContext2D", known: names)
  }

  static func unknownMember(_ name: String, of interface: String, known: [String]) -> String {
    "\(interface) has no property \(name), setting it draws nothing\(Spelling.hint(for: name, among: known))"
  }
}
