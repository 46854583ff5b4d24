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
  var adjustments = FontAdjustments.none

  /// Whether it is one of the system's, not brought along.
  var isInstalled: Bool { if case .file = location { true } else { false } }

  /// Whether both are the same face of the same file or data.
  func isSameFace(as other: FontRecord) -> Bool {
    switch (location, other.location) {
    case (.file(let path, let index), .file(let otherPath, let otherIndex)): path == otherPath && index == otherIndex
    case (.memory(let data, let index), .memory(let otherData, let otherIndex)): data === otherData && index == otherIndex
    default: false
    }
  }

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
  public var adjustments: FontAdjustments

  public init(
    weight: ClosedRange<Double>? = nil, stretch: ClosedRange<Double>? = nil, slant: FontSlant? = nil,
    unicodeRanges: [ClosedRange<UInt32>]? = nil, adjustments: FontAdjustments = .none
  ) {
    self.adjustments = adjustments
    self.weight = weight
    self.stretch = stretch
    self.slant = slant
    self.unicodeRanges = unicodeRanges
  }
}

/// What an @font-face rule changes about a face once it is chosen.
public struct FontAdjustments: Equatable, Sendable {
  public var features: [FontFeature] = []
  public var variations: [FontVariation] = []
  /// Fractions of the em; nil leaves what the face says.
  public var ascent: Double?
  public var descent: Double?
  public var lineGap: Double?
  /// The length of an em as a fraction of the font size.
  public var size = 1.0
  /// Whether the rule calls the face upright, so that its axes for slant stay where they are.
  var staysUpright = false

  public static let none = FontAdjustments()

  public init() {}
}
