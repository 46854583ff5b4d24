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
  private var faces: [Key: FontFace] = [:]
  private let warn: (String) -> Void

  init(warn: @escaping (String) -> Void) { self.warn = warn }

  /// Nil, after a warning, when the file has gone or is damaged.
  func instance(of record: FontRecord, style: TextStyle) -> FaceInstance? {
    guard let (data, index) = load(record.location) else { return nil }
    let variations =
      record.isVariable ? FaceInstance.variations(of: data, index: index, record: record, style: style) : []
    // Two fonts added from memory may carry the same name.
    let key = Key(name: "\(data.name) \(UInt(bitPattern: data.blob))", index: index, variations: variations)
    if faces[key] == nil {
      // Variable faces come in as many places as styles ask for.
      if faces.count >= 512 { faces.removeAll() }
      faces[key] = FontFace(data: data, index: index, variations: variations)
    }
    guard let face = faces[key] else { return nil }
    return FaceInstance(face: face, record: record, style: style)
  }

  private func load(_ location: FaceLocation) -> (FontData, UInt32)? {
    switch location {
    case .memory(let data, let index): return (data, index)
    case .file(let path, let index):
      if let data = files[path] { return (data, index) }
      do {
        let data = try FontData(path: path)
        files[path] = data
        return (data, index)
      } catch {
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
  let language: OpaquePointer?
  let metrics: FontMetrics
  /// The first available font (https://drafts.csswg.org/css-fonts-4/#first-available-font); nil when there is no font at all.
  let primary: FaceInstance?
  /// Whether no face of the list comes before the primary one: one for a part of Unicode, say.
  let primaryComesFirst: Bool
  private let sources: FontSources
  private let store: FaceStore
  private var candidates: [Candidate]
  private var chosen: [UInt32: FaceInstance?] = [:]
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
    size = style.size > 0 ? min(style.size, TextStyle.largestSize) : 0
    language = style.language.flatMap { hb_language_from_string($0, -1) }
    var candidates: [Candidate] = []
    let families = style.families.compactMap { sources.faces(of: $0) } + sources.lastResorts()
    for family in families {
      candidates += FontMatching.bestFaces(family.faces, style: style).map { Candidate(record: $0, opened: nil) }
    }
    // The first face that can be opened and may set a space.
    var primary: FaceInstance?
    for index in candidates.indices where primary == nil && candidates[index].record.allows(0x20) {
      let instance = store.instance(of: candidates[index].record, style: style)
      candidates[index].opened = .some(instance)
      primary = instance
    }
    primaryComesFirst = candidates.first?.record.allows(0x20) ?? true
    self.candidates = candidates
    self.primary = primary
    metrics = primary?.face.metrics.scaled(to: size) ?? .zero
  }

  private func instance(_ index: Int) -> FaceInstance? {
    if let opened = candidates[index].opened { return opened }
    let instance = store.instance(of: candidates[index].record, style: style)
    candidates[index].opened = .some(instance)
    return instance
  }

  /// The face for a grapheme cluster: the first that has all of it, else the first that has its base character, else the
  /// primary one, whose glyph for missing characters shows that something is missing. Nil when there is no font at all.
  func face(for cluster: ArraySlice<UInt32>) -> FaceInstance? {
    guard let base = cluster.first else { return primary }
    if cluster.count == 1 {
      if let known = chosen[base] { return known }
      let face = findFace(for: [base]) ?? primary
      if chosen.count > 20_000 { chosen.removeAll() }
      chosen[base] = .some(face)
      return face
    }
    let visible = cluster.filter { !isIgnorable($0) }
    if visible.count <= 1 { return face(for: [visible.first ?? base]) }
    return findFace(for: visible) ?? findFace(for: composed(visible)) ?? face(for: [base])
  }

  private func findFace(for scalars: [UInt32]) -> FaceInstance? {
    guard let base = scalars.first else { return nil }
    func covers(_ instance: FaceInstance) -> Bool { scalars.allSatisfy(instance.covers) }
    for index in candidates.indices {
      if let instance = instance(index), covers(instance) { return instance }
    }
    if let known = fallbackInstances.first(where: covers) { return known }
    for record in sources.fallback(for: base) {
      let family = sources.faces(of: .named(record.family))?.faces ?? []
      // The family's face that fits the style, or the one that is known to have the character.
      for candidate in FontMatching.bestFaces(family, style: style) + [record] {
        guard let instance = store.instance(of: candidate, style: style), covers(instance) else { continue }
        fallbackInstances.append(instance)
        return instance
      }
    }
    return nil
  }

  /// The first two characters as one, where Unicode has it: a face may have é and no combining accent.
  private func composed(_ scalars: [UInt32]) -> [UInt32] {
    var result: hb_codepoint_t = 0
    guard scalars.count >= 2, hb_unicode_compose(hb_unicode_funcs_get_default(), scalars[0], scalars[1], &result) != 0 else {
      return scalars
    }
    return [result] + scalars.dropFirst(2)
  }

  /// Joiners, variation selectors and the like do not need a glyph.
  private func isIgnorable(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isDefaultIgnorableCodePoint ?? false
  }
}
