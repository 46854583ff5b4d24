// What is known of a face before it is opened.

/// A face that could be used, with the properties that matching looks at.
struct FontRecord: Sendable {
  /// How the family is written; matching ignores case.
  var family: String
  var weight: ClosedRange<Double>
  /// Per cent.
  var stretch: ClosedRange<Double>
  var style: FaceStyle
  var location: FaceLocation
  /// Whether the file has variation axes, so that the ranges above can be reached.
  var isVariable: Bool
  /// The characters it may be used for; nil is all. From the `unicode-range` descriptor.
  var unicodeRanges: [ClosedRange<UInt32>]?
  /// What the file calls the style, for people.
  var styleName: String

  func allows(_ scalar: UInt32) -> Bool {
    guard let unicodeRanges else { return true }
    return unicodeRanges.contains { $0.contains(scalar) }
  }
}

enum FaceStyle: String, Sendable {
  case normal, italic, oblique
}

/// Where a face's bytes are.
enum FaceLocation: Sendable {
  case file(path: String, index: UInt32)
  case memory(FontData, index: UInt32)
}

/// The descriptors of an @font-face rule. Nil members are read from the file.
public struct FontDescriptors: Sendable {
  public var weight: ClosedRange<Double>?
  /// Per cent.
  public var stretch: ClosedRange<Double>?
  public var slant: FontSlant?
  public var unicodeRanges: [ClosedRange<UInt32>]?

  public init(
    weight: ClosedRange<Double>? = nil, stretch: ClosedRange<Double>? = nil, slant: FontSlant? = nil,
    unicodeRanges: [ClosedRange<UInt32>]? = nil
  ) {
    self.weight = weight
    self.stretch = stretch
    self.slant = slant
    self.unicodeRanges = unicodeRanges
  }
}
