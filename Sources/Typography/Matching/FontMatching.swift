// The choice of a face within a family: https://drafts.csswg.org/css-fonts-4/#font-style-matching.

enum FontMatching {
  /// The faces of `records` that fit the style best: several when they share the family's one best description
  /// (composite faces with different `unicode-range`s), the last added first. Empty only for an empty list.
  static func bestFaces(_ records: [FontRecord], style: TextStyle) -> [FontRecord] {
    // 4.1 stretch, 4.2 style, 4.3 weight: each narrows the set to its nearest value.
    let stretched = nearest(records, range: \.stretch, to: style.stretch) { distance(fromStretch: $0, to: style.stretch) }
    let slanted = nearestStyle(stretched, to: style.slant)
    let weighted = nearest(slanted, range: \.weight, to: style.weight) { distance(fromWeight: $0, to: style.weight) }
    return weighted.reversed()
  }

  /// Keeps the records whose range comes nearest by `distance`, which is asked for values outside the range only.
  private static func nearest(
    _ records: [FontRecord], range: KeyPath<FontRecord, ClosedRange<Double>>, to desired: Double,
    _ distance: (Double) -> Double
  ) -> [FontRecord] {
    func score(_ record: FontRecord) -> Double {
      let range = record[keyPath: range]
      if range.contains(desired) { return -1 }
      return distance(desired < range.lowerBound ? range.lowerBound : range.upperBound)
    }
    guard let least = records.map(score).min() else { return [] }
    return records.filter { score($0) == least }
  }

  /// Narrow texts look at narrower faces first, wide ones at wider.
  private static func distance(fromStretch value: Double, to desired: Double) -> Double {
    let isPreferredSide = desired <= 100 ? value < desired : value > desired
    return abs(value - desired) + (isPreferredSide ? 0 : 10_000)
  }

  private static func distance(fromWeight value: Double, to desired: Double) -> Double {
    let difference = abs(value - desired)
    switch desired {
    case 400...500:
      // First up to 500, then down, then up.
      if value > desired, value <= 500 { return difference }
      return difference + (value < desired ? 10_000 : 20_000)
    case ..<400: return difference + (value < desired ? 0 : 10_000)
    default: return difference + (value > desired ? 0 : 10_000)
    }
  }

  private static func nearestStyle(_ records: [FontRecord], to slant: FontSlant) -> [FontRecord] {
    let order: [FaceStyle] =
      switch slant {
      case .normal: [.normal, .oblique, .italic]
      case .italic: [.italic, .oblique, .normal]
      case .oblique(let degrees): degrees > 0 ? [.oblique, .italic, .normal] : [.normal, .oblique, .italic]
      }
    for style in order {
      let matching = records.filter { $0.style == style }
      if !matching.isEmpty { return matching }
    }
    return records
  }
}

extension FontDescriptors {
  /// The places of those faces of one family that suit a style best, as they would be chosen once they are added.
  public static func best(for style: TextStyle, among faces: [FontDescriptors]) -> [Int] {
    let records = faces.enumerated().map { index, face in
      let faceStyle: FaceStyle =
        switch face.slant {
        case nil, .normal?: .normal
        case .italic?: .italic
        case .oblique?: .oblique
        }
      // The place stands in for where the face is.
      return FontRecord(
        family: "", weight: face.weight ?? 400...400, stretch: face.stretch ?? 100...100, style: faceStyle,
        location: .file(path: "", index: UInt32(clamping: index)), isVariable: false, unicodeRanges: face.unicodeRanges, styleName: "")
    }
    return FontMatching.bestFaces(records, style: style).compactMap { record in
      if case .file(_, let index) = record.location { Int(index) } else { nil }
    }
  }
}
