// Which fonts there are, and why a style got the one it got.

import CHarfBuzz

/// A family and its faces.
public struct FontFamilyDescription: Equatable, Sendable {
  public var name: String
  public var faces: [FontFaceDescription]
  /// What can be set in its regular face, or the nearest to it: Unicode's names of scripts, those with most characters first.
  public var scripts: [String]
}

/// A face, as a person would want to see it.
public struct FontFaceDescription: Equatable, Sendable {
  public var styleName: String
  /// 1...1000; a range for variable fonts.
  public var weight: ClosedRange<Double>
  /// Per cent.
  public var stretch: ClosedRange<Double>
  /// "normal", "italic" or "oblique".
  public var style: String
  /// The path of its file, or the name it was added under.
  public var source: String
  /// Added by the program, not found on the system.
  public var isAdded: Bool
  /// The axes of a variable face: tags of four characters with their limits.
  public var axes: [FontAxis]
}

/// One dimension of a variable face.
public struct FontAxis: Equatable, Sendable {
  public var tag: String
  public var range: ClosedRange<Double>
}

/// What came of one entry of a style's family list.
public struct FontMatchExplanation: Equatable, Sendable {
  /// As it stands in the list; the last entries, which nobody asked for, are called "(last resort)".
  public var requested: String
  /// Nil when no such family was found. Differs from `requested` for generic families and aliases.
  public var family: String?
  public var face: FontFaceDescription?
  public var isEmboldened: Bool
  public var isSlanted: Bool
}

extension FontLibrary {
  /// All families that texts can name, sorted; added ones first.
  public func describeFamilies() -> [FontFamilyDescription] {
    var added: [String: [FontRecord]] = [:]
    for record in sources.userFonts.all { added[record.family, default: []].append(record) }
    let own = added.sorted { $0.key < $1.key }.map { (name: $0.key, faces: $0.value) }
    return (own + (sources.system?.allFamilies() ?? [])).map { family in
      let regular = FontMatching.bestFaces(family.faces, style: TextStyle()).first
      return FontFamilyDescription(
        name: family.name, faces: family.faces.map(FontFaceDescription.init),
        scripts: regular.map { ScriptCoverage.scripts(of: $0.location) } ?? [])
    }
  }

  /// The style's families in order, each with the face it stands for.
  public func explainMatch(_ style: TextStyle) -> [FontMatchExplanation] {
    var explanations = style.families.map { family in
      let found = sources.faces(of: family)
      let requested =
        switch family {
        case .named(let name): name
        case .generic(let generic): generic.rawValue
        }
      return explanation(requested, found, style)
    }
    explanations += sources.lastResorts().map { explanation("(last resort)", $0, style) }
    return explanations
  }

  private func explanation(
    _ requested: String, _ found: (name: String, faces: [FontRecord])?, _ style: TextStyle
  ) -> FontMatchExplanation {
    let record = found.flatMap { FontMatching.bestFaces($0.faces, style: style).first }
    return FontMatchExplanation(
      requested: requested, family: record?.family, face: record.map(FontFaceDescription.init),
      isEmboldened: record.map { FaceInstance.needsEmboldening($0, style) } ?? false,
      isSlanted: record.map { FaceInstance.needsSlant($0, style) } ?? false)
  }
}

extension FontFaceDescription {
  init(_ record: FontRecord) {
    let source: String, isAdded: Bool
    switch record.location {
    case .file(let path, let index): (source, isAdded) = (index == 0 ? path : "\(path)#\(index)", false)
    case .memory(let data, let index): (source, isAdded) = (index == 0 ? data.name : "\(data.name)#\(index)", true)
    }
    self.init(
      styleName: record.styleName, weight: record.weight, stretch: record.stretch, style: record.style.rawValue, source: source,
      isAdded: isAdded, axes: record.isVariable ? FontFaceDescription.axes(of: record.location) : [])
  }

  private static func axes(of location: FaceLocation) -> [FontAxis] {
    let data: FontData?, faceIndex: UInt32
    switch location {
    case .file(let path, let index): (data, faceIndex) = (try? FontData(path: path), index)
    case .memory(let held, let index): (data, faceIndex) = (held, index)
    }
    guard let data, let face = hb_face_create(data.blob, faceIndex) else { return [] }
    defer { hb_face_destroy(face) }
    return FontFace.axes(of: face).map { FontAxis(tag: $0.tag.text, range: $0.range) }
  }
}
