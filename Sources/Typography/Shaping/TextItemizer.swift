// Cuts a text into pieces that one face, script, direction and size can set.

import CHarfBuzz

/// A piece of text for one call of the shaper.
struct TextItem {
  /// UTF-16 units.
  var range: Range<Int>
  var level: Int8
  var script: hb_script_t
  var instance: FaceInstance
  var capitals: CapitalForms
  /// Set smaller, small letters as capitals.
  var isReduced: Bool
  /// Small letters, where capitals are made up: browsers set them apart from what they follow, without kerning.
  var hasSmallLetters = false

  var isRightToLeft: Bool { level & 1 == 1 }
}

struct TextItemizer {
  let style: ResolvedStyle

  /// The pieces in the order of the characters; empty when there is no font.
  func items(_ text: [UInt16]) -> [TextItem] {
    guard let primary = style.primary, !text.isEmpty else { return [] }
    if isSimple(text, primary) {
      let item = TextItem(
        range: 0..<text.count, level: 0, script: HB_SCRIPT_LATIN, instance: primary, capitals: .features([]), isReduced: false)
      return words([item], text)
    }
    let decoded = DecodedText(text)
    let levels =
      BidirectionalLevels.areNeeded(text, direction: style.style.direction)
      ? BidirectionalLevels.levels(of: decoded.scalars, direction: style.style.direction) : nil
    return words(items(decoded, levels: levels, scripts: ScriptRuns.scripts(of: decoded.scalars), primary: primary), text)
  }

  /// Cuts items at spaces where the face would kern them: browsers set text word by word, so that spaces keep their width,
  /// unless kerning or fine typography was asked for expressly.
  private func words(_ items: [TextItem], _ text: [UInt16]) -> [TextItem] {
    let isPlain = style.style.textRendering == .auto || style.style.textRendering == .optimizeSpeed
    guard style.style.kerning == .auto, isPlain, text.contains(where: TextItemizer.isSpace) else { return items }
    guard items.contains(where: { $0.instance.kernsSpaces }) else { return items }
    var words: [TextItem] = []
    for item in items {
      guard item.instance.kernsSpaces else {
        words.append(item)
        continue
      }
      var start = item.range.lowerBound
      func append(to end: Int) {
        guard end > start else { return }
        var word = item
        word.range = start..<end
        words.append(word)
        start = end
      }
      for index in item.range where TextItemizer.isSpace(text[index]) {
        append(to: index)
        append(to: index + 1)
      }
      append(to: item.range.upperBound)
    }
    return words
  }

  private static func isSpace(_ unit: UInt16) -> Bool { unit == 0x20 || unit == 0x3000 }

  /// ASCII that the first font has: no need to look closer.
  private func isSimple(_ text: [UInt16], _ primary: FaceInstance) -> Bool {
    guard style.style.direction == .leftToRight, style.style.variantCaps == .normal, style.primaryComesFirst else { return false }
    for unit in text where unit < 0x20 || unit > 0x7E || !primary.covers(UInt32(unit)) { return false }
    return true
  }

  private func items(_ text: DecodedText, levels: [Int8]?, scripts: [hb_script_t], primary: FaceInstance) -> [TextItem] {
    var items: [TextItem] = []
    let faces = clusterFaces(text, scripts: scripts, primary: primary)
    var clusterIndex = 0
    var lastCapitals: (instance: FaceInstance, script: hb_script_t, forms: CapitalForms)?
    var start = 0
    for length in text.clusterLengths {
      let cluster = start..<(start + length)
      let instance = faces[clusterIndex]
      clusterIndex += 1
      for index in cluster {
        let script = scripts[index]
        if lastCapitals == nil || lastCapitals?.instance !== instance || lastCapitals?.script != script {
          lastCapitals = (instance, script, CapitalForms(style.style.variantCaps, face: instance.face, script: script))
        }
        let capitals = lastCapitals?.forms ?? .features([])
        let scalar = Unicode.Scalar(text.scalars[index]) ?? "\u{FFFD}"
        let isFirst = index == cluster.lowerBound
        let isReduced = isFirst ? capitals.reduces(scalar) : items.last?.isReduced ?? false
        let hasSmallLetters =
          isFirst ? !capitals.areFeatures && scalar.properties.changesWhenUppercased : items.last?.hasSmallLetters ?? false
        let range = text.offsets[index]..<text.offsets[index + 1]
        if let last = items.last, last.instance === instance, last.script == script, last.level == levels?[index] ?? 0,
          last.isReduced == isReduced, last.hasSmallLetters == hasSmallLetters
        {
          items[items.count - 1].range = last.range.lowerBound..<range.upperBound
        } else {
          items.append(
            TextItem(
              range: range, level: levels?[index] ?? 0, script: script, instance: instance, capitals: capitals,
              isReduced: isReduced, hasSmallLetters: hasSmallLetters))
        }
      }
      start += length
    }
    return items
  }

  /// A face for each grapheme cluster. What the style's list does not have is looked for word by word.
  private func clusterFaces(_ text: DecodedText, scripts: [hb_script_t], primary: FaceInstance) -> [FaceInstance] {
    var faces: [FaceInstance] = []
    faces.reserveCapacity(text.clusterLengths.count)
    var missing: [(index: Int, cluster: ArraySlice<UInt32>)] = []
    var missingScript = HB_SCRIPT_COMMON
    func findMissing() {
      guard !missing.isEmpty else { return }
      for (entry, face) in zip(missing, style.fallbackFaces(for: missing.map(\.cluster))) {
        faces[entry.index] = face ?? primary
      }
      missing.removeAll(keepingCapacity: true)
    }
    var start = 0
    for (index, length) in text.clusterLengths.enumerated() {
      let cluster = text.scalars[start..<(start + length)]
      let script = scripts[start]
      if cluster.first == 0x20 || script != missingScript { findMissing() }
      let face = style.listedFace(for: cluster)
      if face == nil {
        missing.append((index, cluster))
        missingScript = script
      }
      faces.append(face ?? primary)
      start += length
    }
    findMissing()
    return faces
  }
}

/// Characters with their places in the UTF-16 text, and grapheme clusters.
struct DecodedText {
  /// Unpaired surrogates are U+FFFD.
  private(set) var scalars: [UInt32] = []
  /// Where each scalar begins, and the end of the text.
  private(set) var offsets: [Int] = []
  /// How many scalars each grapheme cluster has.
  private(set) var clusterLengths: [Int] = []

  init(_ text: [UInt16]) {
    scalars.reserveCapacity(text.count)
    offsets.reserveCapacity(text.count + 1)
    var needsClusters = false
    var index = 0
    while index < text.count {
      offsets.append(index)
      let unit = UInt32(text[index])
      if unit & 0xFC00 == 0xD800, index + 1 < text.count, text[index + 1] & 0xFC00 == 0xDC00 {
        scalars.append(0x10000 + (unit & 0x3FF) << 10 + UInt32(text[index + 1] & 0x3FF))
        index += 2
      } else {
        scalars.append(unit & 0xF800 == 0xD800 ? 0xFFFD : unit)
        index += 1
      }
      // Below the combining marks every character stands alone.
      if unit >= 0x300 { needsClusters = true }
    }
    offsets.append(text.count)
    clusterLengths = needsClusters ? DecodedText.clusterLengths(scalars) : [Int](repeating: 1, count: scalars.count)
  }

  private static func clusterLengths(_ scalars: [UInt32]) -> [Int] {
    var view = String.UnicodeScalarView()
    for scalar in scalars { view.append(Unicode.Scalar(scalar) ?? "\u{FFFD}") }
    return String(view).map { $0.unicodeScalars.count }
  }
}
