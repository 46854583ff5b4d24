// Items to glyphs in their places, by HarfBuzz.

import CHarfBuzz
import Drawing
import Geometry

/// Owns the HarfBuzz buffer that all texts pass through; use from one thread.
final class Shaper {
  private let buffer: OpaquePointer?

  init() { buffer = hb_buffer_create() }

  deinit { hb_buffer_destroy(buffer) }

  /// Sets a text in one line.
  func shape(_ text: [UInt16], style: ResolvedStyle) -> ShapedText {
    let items = TextItemizer(style: style).items(text)
    var line = LineBuilder(style: style, text: text)
    let features = Shaper.features(of: style.style)
    for index in BidirectionalLevels.visualOrder(items.map(\.level)) {
      let item = items[index]
      var itemFeatures = features
      itemFeatures += item.capitals.tags.map { Shaper.feature($0, 1) }
      itemFeatures += HanKerning.features(for: item, text)
      itemFeatures += item.instance.record.adjustments.features.map { Shaper.feature($0.tag, $0.value) }
      // The style's own settings come last, so that they win.
      itemFeatures += style.style.features.map { Shaper.feature($0.tag, $0.value) }
      shape(item, text, itemFeatures, language: style.language)
      var count: UInt32 = 0
      guard let infos = hb_buffer_get_glyph_infos(buffer, &count),
        let positions = hb_buffer_get_glyph_positions(buffer, &count)
      else { continue }
      line.append(
        item, infos: UnsafeBufferPointer(start: infos, count: Int(count)),
        positions: UnsafeBufferPointer(start: positions, count: Int(count)))
    }
    return line.finished()
  }

  private func shape(_ item: TextItem, _ text: [UInt16], _ features: [hb_feature_t], language: OpaquePointer?) {
    hb_buffer_clear_contents(buffer)
    if item.isReduced {
      addCapitals(item, text, language: language)
    } else {
      // The whole text is given, so that letters at an item's edge join with their neighbours.
      hb_buffer_add_utf16(
        buffer, text, Int32(clamping: text.count), UInt32(clamping: item.range.lowerBound), Int32(clamping: item.range.count))
    }
    hb_buffer_set_direction(buffer, item.isRightToLeft ? HB_DIRECTION_RTL : HB_DIRECTION_LTR)
    hb_buffer_set_script(buffer, item.script)
    hb_buffer_set_language(buffer, language ?? hb_language_get_default())
    hb_shape(item.instance.face.hbFont, buffer, features, UInt32(features.count))
  }

  /// Adds the item's characters in upper case, each under the offset it came from.
  private func addCapitals(_ item: TextItem, _ text: [UInt16], language: OpaquePointer?) {
    let piece = DecodedText(Array(text[item.range]))
    for (index, scalar) in piece.scalars.enumerated() {
      let cluster = UInt32(clamping: item.range.lowerBound + piece.offsets[index])
      guard let character = Unicode.Scalar(scalar), character.properties.changesWhenUppercased else {
        hb_buffer_add(buffer, scalar, cluster)
        continue
      }
      for upper in character.properties.uppercaseMapping.unicodeScalars { hb_buffer_add(buffer, upper.value, cluster) }
    }
    hb_buffer_set_content_type(buffer, HB_BUFFER_CONTENT_TYPE_UNICODE)
  }

  // MARK: Features

  private static func feature(_ tag: FontTag, _ value: UInt32) -> hb_feature_t {
    hb_feature_t(tag: tag.value, value: value, start: 0, end: UInt32.max)
  }

  private static func features(of style: TextStyle) -> [hb_feature_t] {
    var features: [hb_feature_t] = []
    if style.kerning == .none { features += [feature(.kern, 0), feature(.vkrn, 0)] }
    // Spaced letters must not join (https://drafts.csswg.org/css-text-3/#letter-spacing-property). In browsers speed costs
    // ligatures as well, and only them.
    if style.letterSpacing != 0 || style.textRendering == .optimizeSpeed {
      features += [feature(.liga, 0), feature(.clig, 0)]
    }
    return features
  }
}
