// Colours of strings that a script uses again and again: literals are the same string object each time.

import CSSValues
import ScriptRuntime

/// A small table from string objects to their colours. It keeps its strings alive, so an address never changes its meaning.
final class ColorStringCache {
  private var strings: [ScriptString?] = Array(repeating: nil, count: 64)
  private var colors: [CSSColor] = Array(repeating: .black, count: 64)

  @inline(__always)
  private func place(_ address: UInt) -> Int { Int(truncatingIfNeeded: (address >> 4) ^ (address >> 10)) & 63 }

  @inline(__always)
  func color(of string: Ref<ScriptString>) -> CSSColor? {
    let place = place(string.address)
    return strings[place] === string.cell ? colors[place] : nil
  }

  func remember(_ color: CSSColor, of string: ScriptString) {
    // Long strings are not worth keeping.
    guard string.length <= 64 else { return }
    let place = place(Ref(string).address)
    strings[place] = string
    colors[place] = color
  }

  /// Names that slips are compared with.
  static let commonNames = [
    "black", "silver", "gray", "grey", "white", "maroon", "red", "purple", "fuchsia", "magenta", "green", "lime", "olive",
    "yellow", "navy", "blue", "teal", "aqua", "cyan", "orange", "aliceblue", "antiquewhite", "aquamarine", "azure", "beige",
    "bisque", "blanchedalmond", "blueviolet", "brown", "burlywood", "cadetblue", "chartreuse", "chocolate", "coral",
    "cornflowerblue", "cornsilk", "crimson", "darkblue", "darkcyan", "darkgoldenrod", "darkgray", "darkgreen", "darkkhaki",
    "darkmagenta", "darkolivegreen", "darkorange", "darkorchid", "darkred", "darksalmon", "darkseagreen", "darkslateblue",
    "darkslategray", "darkturquoise", "darkviolet", "deeppink", "deepskyblue", "dimgray", "dodgerblue", "firebrick",
    "floralwhite", "forestgreen", "gainsboro", "ghostwhite", "gold", "goldenrod", "greenyellow", "honeydew", "hotpink",
    "indianred", "indigo", "ivory", "khaki", "lavender", "lavenderblush", "lawngreen", "lemonchiffon", "lightblue", "lightcoral",
    "lightcyan", "lightgoldenrodyellow", "lightgray", "lightgreen", "lightpink", "lightsalmon", "lightseagreen", "lightskyblue",
    "lightslategray", "lightsteelblue", "lightyellow", "limegreen", "linen", "mediumaquamarine", "mediumblue", "mediumorchid",
    "mediumpurple", "mediumseagreen", "mediumslateblue", "mediumspringgreen", "mediumturquoise", "mediumvioletred",
    "midnightblue", "mintcream", "mistyrose", "moccasin", "navajowhite", "oldlace", "olivedrab", "orangered", "orchid",
    "palegoldenrod", "palegreen", "paleturquoise", "palevioletred", "papayawhip", "peachpuff", "peru", "pink", "plum",
    "powderblue", "rebeccapurple", "rosybrown", "royalblue", "saddlebrown", "salmon", "sandybrown", "seagreen", "seashell",
    "sienna", "skyblue", "slateblue", "slategray", "snow", "springgreen", "steelblue", "tan", "thistle", "tomato", "transparent",
    "turquoise", "violet", "wheat", "whitesmoke", "yellowgreen",
  ]
}
