// Words to glyphs. A face shapes as much of a word as it can; what it lacks is cut out at whole clusters and handed to the next face.

import CHarfBuzz

/// Glyphs of one shaping, in one face and size.
struct ShapedPiece {
  var instance: FaceInstance
  /// UTF-16 units.
  var range: Range<Int>
  var script: hb_script_t
  /// Set smaller, as a capital made up from a full-size one.
  var isReduced: Bool
  /// Of the shaper's glyphs.
  var glyphs: Range<Int>
}

/// Shapes the segments of one word after the other, then puts them into the line. Offsets are those of the whole text.
struct WordShaper: ~Copyable {
  private enum QueueItem {
    /// What is left in the queue up to the next such item goes to another face.
    case nextFace
    /// All faces once more, this time with base characters alone where no face has the variation that was asked for.
    case withoutVariations
    case range(Range<Int>)
  }

  private let buffer: OpaquePointer?
  private var text: [UInt16] = []
  private var style: ResolvedStyle?
  private var features: [hb_feature_t] = []
  private var queue: [QueueItem] = []
  private var queueStart = 0
  private var pieces: [ShapedPiece] = []
  private var infos: [hb_glyph_info_t] = []
  private var positions: [hb_glyph_position_t] = []

  init() { buffer = hb_buffer_create() }

  deinit { hb_buffer_destroy(buffer) }

  mutating func begin(_ text: [UInt16], style: ResolvedStyle) {
    self.text = text
    self.style = style
    features = ShapingFeatures.features(of: style.style)
  }

  /// Hands what was shaped since the last time to the line, in the order in which it is seen.
  mutating func finish(isRightToLeft: Bool, into line: inout LineBuilder) {
    if pieces.count > 1 {
      pieces.sort { isRightToLeft ? $0.range.lowerBound > $1.range.lowerBound : $0.range.lowerBound < $1.range.lowerBound }
    }
    for piece in pieces {
      line.append(piece, isRightToLeft: isRightToLeft, infos: infos[piece.glyphs], positions: positions[piece.glyphs])
    }
    pieces.removeAll(keepingCapacity: true)
    infos.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
  }

  // MARK: Faces

  private struct Progress {
    var fallback: FontFallback
    /// Whether the face at work is the last one, which must do.
    var isLast = false
    /// Whether a face has lacked a variation but not its base character.
    var lacksVariation = false
    var ignoresVariations = false
    /// Whether something is queued for the next face.
    var hasQueuedFace = false
  }

  mutating func shape(_ segment: TextSegment, in word: Range<Int>, isRightToLeft: Bool) {
    guard let style, !segment.range.isEmpty else { return }
    var progress = Progress(fallback: FontFallback(style: style, presentation: segment.presentation))
    var instance: FaceInstance?
    queue.removeAll(keepingCapacity: true)
    queueStart = 0
    queue.append(.nextFace)
    queue.append(.range(segment.range))
    while queueStart < queue.count {
      let item = queue[queueStart]
      queueStart += 1
      guard case .range(var range) = item else {
        if case .withoutVariations = item {
          progress = Progress(fallback: FontFallback(style: style, presentation: segment.presentation), ignoresVariations: true)
        }
        guard queueStart < queue.count else { break }
        instance = progress.fallback.next(for: missingCharacters())
        progress.hasQueuedFace = false
        continue
      }
      guard let instance else { return }
      progress.isLast = !progress.fallback.hasNext
      let forms = CapitalForms(style.style.variantCaps, face: instance.face, script: segment.script)
      let letters = forms.splitsByCase ? cutAtCaseChange(&range) : .none
      shape(range, in: word, instance, segment.script, forms.setting(of: letters), isRightToLeft: isRightToLeft)
      let piece = ShapedPiece(
        instance: instance, range: range, script: segment.script, isReduced: forms.setting(of: letters).isReduced, glyphs: 0..<0)
      take(piece, base: word.lowerBound, isRightToLeft: isRightToLeft, &progress)
    }
  }

  /// The characters that wait for the next face.
  private func missingCharacters() -> [UInt32] {
    // The first face needs no reason.
    guard queueStart > 1 || style?.primaryComesFirst != true else { return [] }
    var characters: [UInt32] = []
    for item in queue[queueStart...] {
      guard case .range(let range) = item else { break }
      var index = range.lowerBound
      while index < range.upperBound { characters.append(WordBoundaries.next(in: text, at: &index, limit: range.upperBound)) }
    }
    return characters
  }

  /// Shortens a range to its first letters that are all small, or not; the rest comes next.
  private mutating func cutAtCaseChange(_ range: inout Range<Int>) -> CapitalForms.Letters {
    var letters = CapitalForms.Letters.none
    var index = range.lowerBound
    while index < range.upperBound {
      var after = index
      let scalar = Unicode.Scalar(WordBoundaries.next(in: text, at: &after, limit: range.upperBound)) ?? "\u{FFFD}"
      // Marks go with the letters before them.
      if scalar.properties.canonicalCombiningClass == .notReordered {
        let found: CapitalForms.Letters = scalar.properties.changesWhenUppercased ? .small : .others
        if letters != .none, found != letters {
          queueStart -= 1
          queue[queueStart] = .range(index..<range.upperBound)
          range = range.lowerBound..<index
          return letters
        }
        letters = found
      }
      index = after
    }
    return letters
  }

  // MARK: HarfBuzz

  private mutating func shape(
    _ range: Range<Int>, in word: Range<Int>, _ instance: FaceInstance, _ script: hb_script_t, _ setting: CapitalForms.Setting,
    isRightToLeft: Bool
  ) {
    guard let style else { return }
    hb_buffer_clear_contents(buffer)
    if setting.mapping == .none {
      // The whole word is given, so that letters at an item's edge join with their neighbours.
      text.withUnsafeBufferPointer { units in
        guard let start = units.baseAddress else { return }
        hb_buffer_add_utf16(
          buffer, start + word.lowerBound, Int32(clamping: word.count), UInt32(clamping: range.lowerBound - word.lowerBound),
          Int32(clamping: range.count))
      }
    } else {
      addMapped(range, from: word.lowerBound, setting.mapping)
    }
    hb_buffer_set_direction(buffer, isRightToLeft ? HB_DIRECTION_RTL : HB_DIRECTION_LTR)
    hb_buffer_set_script(buffer, script)
    hb_buffer_set_language(buffer, style.hbLanguage ?? hb_language_get_default())
    var all = setting.features + instance.record.adjustments.features.map { ShapingFeatures.feature($0.tag, $0.value) }
    all = all.isEmpty ? features : all + features
    if HanKerning.mayApply(to: text, range) {
      all += HanKerning.features(for: text, range, in: word, classes: instance.hanKerning, chosen: all)
    }
    hb_shape(instance.face.hbFont, buffer, all, UInt32(all.count))
  }

  /// Adds characters in the other case, each under the offset it came from.
  private func addMapped(_ range: Range<Int>, from base: Int, _ mapping: CapitalForms.Mapping) {
    var index = range.lowerBound
    while index < range.upperBound {
      let cluster = UInt32(clamping: index - base)
      let scalar = WordBoundaries.next(in: text, at: &index, limit: range.upperBound)
      guard let character = Unicode.Scalar(scalar) else {
        hb_buffer_add(buffer, 0xFFFD, cluster)
        continue
      }
      for mapped in mapping.mapped(character, language: style?.style.language).unicodeScalars {
        hb_buffer_add(buffer, mapped.value, cluster)
      }
    }
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE)
  }

  // MARK: Clusters

  /// Keeps the clusters that the face has, and queues the others. `piece` lacks its glyphs, and has the range that was shaped.
  private mutating func take(_ piece: ShapedPiece, base: Int, isRightToLeft: Bool, _ progress: inout Progress) {
    var length: UInt32 = 0
    guard let glyphs = hb_buffer_get_glyph_infos(buffer, &length), let places = hb_buffer_get_glyph_positions(buffer, &length),
      length > 0
    else { return }
    let count = Int(length)
    // Consecutive clusters of the same fate stay together.
    var sliceStart = 0, sliceIsShaped = true
    var first = 0
    while first < count {
      let cluster = glyphs[first].cluster
      var end = first + 1
      while end < count, glyphs[end].cluster == cluster { end += 1 }
      let range = characters(first..<end, of: glyphs, count: count, piece.range, base: base, isRightToLeft)
      let isShaped = self.isShaped(first..<end, glyphs, range, piece.instance, &progress)
      if isShaped != sliceIsShaped, first > sliceStart {
        finishSlice(sliceStart..<first, sliceIsShaped, glyphs, places, count: count, piece, base: base, isRightToLeft, &progress)
        sliceStart = first
      }
      sliceIsShaped = isShaped
      first = end
    }
    finishSlice(sliceStart..<count, sliceIsShaped, glyphs, places, count: count, piece, base: base, isRightToLeft, &progress)
  }

  /// The characters of some glyphs, which make up whole clusters.
  private func characters(
    _ slice: Range<Int>, of glyphs: UnsafePointer<hb_glyph_info_t>, count: Int, _ range: Range<Int>, base: Int,
    _ isRightToLeft: Bool
  ) -> Range<Int> {
    let start: Int, end: Int
    if isRightToLeft {
      start = base + Int(glyphs[slice.upperBound - 1].cluster)
      end = slice.lowerBound == 0 ? range.upperBound : base + Int(glyphs[slice.lowerBound - 1].cluster)
    } else {
      start = base + Int(glyphs[slice.lowerBound].cluster)
      end = slice.upperBound == count ? range.upperBound : base + Int(glyphs[slice.upperBound].cluster)
    }
    return start..<max(start, end)
  }

  private mutating func finishSlice(
    _ slice: Range<Int>, _ isShaped: Bool, _ glyphs: UnsafePointer<hb_glyph_info_t>, _ places: UnsafePointer<hb_glyph_position_t>,
    count: Int, _ piece: ShapedPiece, base: Int, _ isRightToLeft: Bool, _ progress: inout Progress
  ) {
    let range = characters(slice, of: glyphs, count: count, piece.range, base: base, isRightToLeft)
    if !isShaped, !progress.isLast || progress.lacksVariation {
      if !progress.hasQueuedFace {
        queue.append(progress.isLast ? .withoutVariations : .nextFace)
        progress.hasQueuedFace = true
      }
      if !range.isEmpty { queue.append(.range(range)) }
      return
    }
    if !isShaped { reportMissing(range) }
    let start = infos.count
    for index in slice {
      var info = glyphs[index]
      info.cluster += UInt32(clamping: base)
      infos.append(info)
      positions.append(places[index])
    }
    var kept = piece
    kept.range = range
    kept.glyphs = start..<infos.count
    pieces.append(kept)
  }

  private func isShaped(
    _ cluster: Range<Int>, _ glyphs: UnsafePointer<hb_glyph_info_t>, _ range: Range<Int>, _ instance: FaceInstance,
    _ progress: inout Progress
  ) -> Bool {
    for index in cluster where glyphs[index].codepoint == 0 { return false }
    guard range.lowerBound < range.upperBound else { return true }
    if text[range.lowerBound] == 0x3000, !progress.isLast, glyphs[cluster.lowerBound].codepoint == instance.space?.glyph {
      // Made from a narrower space: another face may have the real one.
      return false
    }
    if range.count > 1, !progress.ignoresVariations, ClusterCoverage.lacksVariation(text, range, instance.face) {
      progress.lacksVariation = true
      return false
    }
    return ClusterCoverage.isAllowed(text, range, instance.record)
  }

  private func reportMissing(_ range: Range<Int>) {
    guard range.lowerBound < range.upperBound else { return }
    var index = range.lowerBound
    style?.reportMissing(WordBoundaries.next(in: text, at: &index, limit: range.upperBound))
  }
}
