// The script of each character, with those that all scripts share taken into their neighbours' (UAX #24, section 5).

import CHarfBuzz

enum ScriptRuns {
  /// Never Common or Inherited, unless the whole text is.
  static func scripts(of scalars: [UInt32]) -> [hb_script_t] {
    let functions = hb_unicode_funcs_get_default()
    var scripts = scalars.map { hb_unicode_script(functions, $0) }
    var current: hb_script_t?
    // A closing bracket takes the script of its opening one.
    var openings: [(mirror: UInt32, script: hb_script_t?)] = []
    for index in scripts.indices {
      if scripts[index] != HB_SCRIPT_COMMON, scripts[index] != HB_SCRIPT_INHERITED, scripts[index] != HB_SCRIPT_UNKNOWN {
        current = scripts[index]
        continue
      }
      let mirror = scripts[index] == HB_SCRIPT_COMMON ? hb_unicode_mirroring(functions, scalars[index]) : scalars[index]
      if mirror != scalars[index] {
        if let opening = openings.lastIndex(where: { $0.mirror == scalars[index] }) {
          current = openings[opening].script ?? current
          openings.removeSubrange(opening...)
        } else if openings.count < 64 {
          openings.append((mirror, current))
        }
      }
      if let current { scripts[index] = current }
    }
    guard current != nil else { return [hb_script_t](repeating: HB_SCRIPT_COMMON, count: scalars.count) }
    // What comes before the first real script belongs to it.
    if let first = scripts.firstIndex(where: { $0 != HB_SCRIPT_COMMON && $0 != HB_SCRIPT_INHERITED && $0 != HB_SCRIPT_UNKNOWN }) {
      for index in 0..<first { scripts[index] = scripts[first] }
    }
    return scripts
  }

  /// Scripts whose letters join: letter spacing would tear them apart (https://drafts.csswg.org/css-text-4/#cursive-script).
  static func isCursive(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x600 else { return false }
    switch hb_unicode_script(hb_unicode_funcs_get_default(), scalar) {
    case HB_SCRIPT_ARABIC, HB_SCRIPT_SYRIAC, HB_SCRIPT_MONGOLIAN, HB_SCRIPT_NKO, HB_SCRIPT_PHAGS_PA, HB_SCRIPT_MANDAIC,
      HB_SCRIPT_HANIFI_ROHINGYA:
      return true
    default: return false
    }
  }
}
