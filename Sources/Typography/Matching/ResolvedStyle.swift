// A style with its faces found. Faces are opened when a character first needs them.

import CHarfBuzz

/// Opens faces, each once. Used by one library only.
final class FaceStore {
  private struct Key: Hashable {
    let name: String
    let index: UInt32
    let variations: [FontVariation]
  }

  private var files: [String: FontData] = [:]
  /// Files that have gone or are damaged; they were warned of.
  private var unusableFiles: Set<String> = []
  private var faces: [Key: FontFace] = [:]
  private let warn: (String) -> Void

  init(warn: @escaping (String) -> Void) { self.warn = warn }

  /// Nil, after a warning, when the file has gone or is damaged.
  func instance(of record: FontRecord, style: TextStyle, isFallback: Bool = false) -> FaceInstance? {
    guard let (data, index) = load(record.location) else { return nil }
    let variations =
      record.isVariable ? FaceInstance.variations(of: data, index: index, record: record, style: style) : []
    // Two fonts added from memory may carry the same name.
    let key = Key(name: "\(data.name) \(UInt(bitPattern: data.blob))", index: index, variations: variations)
    if faces[key] == nil {
      // Variable faces come in as many places as styles ask for.
      if faces.count >= 512 { faces.removeAll() }
      faces[key] = FontFace(data: data, index: index, variations: variations, isInstalled: record.isInstalled)
    }
    guard let face = faces[key] else { return nil }
    return FaceInstance(face: face, record: record, style: style, isFallback: isFallback)
  }

  private func load(_ location: FaceLocation) -> (FontData, UInt32)? {
    switch location {
    case .memory(let data, let index): return (data, index)
    case .file(let path, let index):
      if let data = files[path] { return (data, index) }
      if unusableFiles.contains(path) { return nil }
      do {
        let data = try FontData(path: path)
        files[path] = data
        return (data, index)
      } catch {
        unusableFiles.insert(path)
        warn("the font file \(path) cannot be used")
        return nil
      }
    }
  }
}

final class ResolvedStyle {
  let style: TextStyle
  /// Distinguishes styles in the cache of shaped texts.
  let id: Int
  let size: Double
  /// Interned by HarfBuzz for the life of the process; nil for the default.
  let hbLanguage: OpaquePointer?
  let metrics: FontMetrics
  /// The first available font (https://drafts.csswg.org/css-fonts-4/#first-available-font); nil when there is no font at all.
  let primary: FaceInstance?
  /// Whether the primary face is the first of the list, and serves all of Unicode.
  let primaryComesFirst: Bool
  /// Whether words may be shaped by themselves: always, unless kerning or ligatures were asked for that reach over spaces.
  private(set) lazy var isShapedByWords = findWhetherWordsAreSeparate()
  private let sources: FontSources
  private let store: FaceStore
  private var candidates: [Candidate] = []
  /// Families of the list that were not looked up yet, the next one last.
  private var families: [FontFamily]
  private var hasLastResorts = false
  private var fallbackInstances: [FaceInstance] = []

  private struct Candidate {
    let record: FontRecord
    /// Nil until asked for; then what came of it.
    var opened: FaceInstance??
  }

  init(_ style: TextStyle, id: Int, sources: FontSources, store: FaceStore) {
    self.style = style
    self.id = id
    self.sources = sources
    self.store = store
    size = ResolvedStyle.settled(style.size)
    hbLanguage = style.language.flatMap { hb_language_from_string($0, -1) }
    families = style.families.reversed()
    // The first face that can be opened and may set a space.
    var primary: FaceInstance?
    var index = 0
    while primary == nil {
      if index == candidates.count {
        guard ResolvedStyle.lookUpNext(&candidates, &families, &hasLastResorts, style, sources) else { break }
        continue
      }
      if candidates[index].record.allows(0x20) {
        primary = store.instance(of: candidates[index].record, style: style)
        candidates[index].opened = .some(primary)
      }
      index += 1
    }
    primaryComesFirst = candidates.first?.record.unicodeRanges == nil && candidates.first?.opened != nil
    self.primary = primary
    metrics = primary?.metrics(size: size) ?? .zero
  }

  /// Adds the faces of the list's next family, or in the end those that text is set in when nothing else is there; false when
  /// there is no more. Most texts need the first family only, and looking one up takes time.
  private static func lookUpNext(
    _ candidates: inout [Candidate], _ families: inout [FontFamily], _ hasLastResorts: inout Bool, _ style: TextStyle,
    _ sources: FontSources
  ) -> Bool {
    let region = HanRegion(language: style.language)
    let found: [(name: String, faces: [FontRecord])]
    if let family = families.popLast() {
      found = sources.faces(of: family, in: region).map { [$0] } ?? []
    } else if !hasLastResorts {
      hasLastResorts = true
      found = sources.lastResorts(in: region)
    } else {
      return false
    }
    for family in found {
      candidates += FontMatching.bestFaces(family.faces, style: style).map { Candidate(record: $0, opened: nil) }
    }
    return true
  }

  /// Browsers keep hundredths of a size, and cut what they rasterise glyph by glyph to whole 64ths.
  private static func settled(_ size: Double) -> Double {
    guard size > 0 else { return 0 }
    let hundredths = (Float(min(size, TextStyle.largestSize)) * 100).rounded(.down) / 100
    return Double(hundredths > 256 ? hundredths : (hundredths * 64).rounded(.down) / 64)
  }

  // MARK: Faces

  /// Whether there is a listed face of this number: those of the list's families, then those of the last resort. The one before it
  /// is known to be there.
  func hasCandidate(_ index: Int) -> Bool {
    while index >= candidates.count {
      guard ResolvedStyle.lookUpNext(&candidates, &families, &hasLastResorts, style, sources) else { return false }
    }
    return true
  }

  func candidate(_ index: Int) -> FaceInstance? {
    if let opened = candidates[index].opened { return opened }
    let instance = store.instance(of: candidates[index].record, style: style)
    candidates[index].opened = .some(instance)
    return instance
  }

  /// Whether a listed face may be used for any of the characters.
  func candidate(_ index: Int, servesAnyOf scalars: [UInt32]) -> Bool {
    let record = candidates[index].record
    return record.unicodeRanges == nil || scalars.contains(where: record.allows)
  }

  /// The faces that have a character, when no listed face has: the best first.
  func systemFallbacks(for scalar: UInt32) -> [FaceInstance] {
    if let plain = plainFace(), plain.covers(scalar) { return [plain] }
    return sources.fallback(for: scalar, language: style.language).compactMap { record in
      guard let instance = fallbackInstance(record), instance.covers(scalar) else { return nil }
      return instance
    }
  }

  func emojiFallback() -> FaceInstance? { sources.emojiFallback().flatMap(fallbackInstance) }

  /// What is tried last for characters that the system has no font for: a face that may have some of them.
  func lastResort() -> FaceInstance? {
    guard let faces = sources.faces(of: .generic(.systemUI))?.faces else { return nil }
    return FontMatching.bestFaces(faces, style: style).first.flatMap(fallbackInstance)
  }

  /// Says that no font has a character.
  func reportMissing(_ scalar: UInt32) { sources.missing(scalar) }

  /// The upright regular face of the first family: browsers ask it before they look elsewhere for a bold or italic text, since
  /// it often has more characters. What it lacks in weight and slant is made up.
  private func plainFace() -> FaceInstance? {
    guard style.weight >= 600 || style.slant != .normal, let family = style.families.first,
      let faces = sources.plainFaces(of: family)?.faces
    else { return nil }
    var plain = style
    plain.weight = 400
    plain.slant = .normal
    return FontMatching.bestFaces(faces, style: plain).first.flatMap { fallbackInstance($0) }
  }

  private func fallbackInstance(_ record: FontRecord) -> FaceInstance? {
    if let known = fallbackInstances.first(where: { $0.record.isSameFace(as: record) }) { return known }
    guard let instance = store.instance(of: record, style: style, isFallback: true) else { return nil }
    fallbackInstances.append(instance)
    return instance
  }

  private func findWhetherWordsAreSeparate() -> Bool {
    let isFine = style.textRendering == .optimizeLegibility || style.textRendering == .geometricPrecision
    let hasKerning = style.kerning == .normal || isFine && style.kerning == .auto
    guard hasKerning || isFine, let face = primary?.face else { return true }
    return !(hasKerning && face.positionsSpaces || isFine && face.substitutesSpaces)
  }
}
