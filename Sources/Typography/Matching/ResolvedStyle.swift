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
    let isInstalled = if case .file = record.location { true } else { false }
    if faces[key] == nil {
      // Variable faces come in as many places as styles ask for.
      if faces.count >= 512 { faces.removeAll() }
      faces[key] = FontFace(data: data, index: index, variations: variations, isInstalled: isInstalled)
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
  private var candidates: [Candidate] = []
  /// Families of the list that were not looked up yet, the next one last.
  private var families: [FontFamily]
  private var hasLastResorts = false
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
    families = style.families.reversed()
    // The first face that can be opened and may set a space.
    var primary: FaceInstance?
    var index = 0
    while primary == nil {
      if index == candidates.count, !ResolvedStyle.lookUpNext(&candidates, &families, &hasLastResorts, style, sources) { break }
      while primary == nil, index < candidates.count {
        if candidates[index].record.allows(0x20) {
          primary = store.instance(of: candidates[index].record, style: style)
          candidates[index].opened = .some(primary)
        }
        index += 1
      }
    }
    primaryComesFirst = candidates.first?.record.allows(0x20) ?? true
    self.primary = primary
    metrics = primary?.metrics(size: size) ?? .zero
  }

  /// Adds the faces of the list's next family, or in the end those that texts are set in when nothing of the list is there; false
  /// when there is no more. Most texts need the first family only, and looking one up takes time.
  private static func lookUpNext(
    _ candidates: inout [Candidate], _ families: inout [FontFamily], _ hasLastResorts: inout Bool, _ style: TextStyle,
    _ sources: FontSources
  ) -> Bool {
    let found: [(name: String, faces: [FontRecord])]
    if let family = families.popLast() {
      found = sources.faces(of: family).map { [$0] } ?? []
    } else if !hasLastResorts {
      hasLastResorts = true
      found = sources.lastResorts()
    } else {
      return false
    }
    for family in found {
      candidates += FontMatching.bestFaces(family.faces, style: style).map { Candidate(record: $0, opened: nil) }
    }
    return true
  }

  private func instance(_ index: Int) -> FaceInstance? {
    if let opened = candidates[index].opened { return opened }
    let instance = store.instance(of: candidates[index].record, style: style)
    candidates[index].opened = .some(instance)
    return instance
  }

  /// The first face of the style's list that has all of a grapheme cluster, or the face for coloured emoji; nil when the cluster
  /// must be looked for elsewhere.
  func listedFace(for cluster: ArraySlice<UInt32>) -> FaceInstance? {
    guard let base = cluster.first else { return primary }
    if cluster.count == 1 {
      if let known = chosen[base] { return known }
      let face = findListedFace(for: [base], EmojiPresentation(of: cluster))
      if chosen.count > 20_000 { chosen.removeAll() }
      chosen[base] = .some(face)
      return face
    }
    let presentation = EmojiPresentation(of: cluster)
    let visible = cluster.filter { !isIgnorable($0) }
    if visible.count <= 1, presentation == .none { return listedFace(for: [visible.first ?? base]) }
    return findListedFace(for: visible, presentation)
  }

  private func findListedFace(for scalars: [UInt32], _ presentation: EmojiPresentation) -> FaceInstance? {
    // An expressly coloured emoji passes by faces without colours.
    var index = 0
    while true {
      if index == candidates.count {
        guard ResolvedStyle.lookUpNext(&candidates, &families, &hasLastResorts, style, sources) else { break }
        continue
      }
      defer { index += 1 }
      guard let instance = instance(index), covers(instance, scalars) else { continue }
      if presentation != .requested || instance.face.hasColor { return instance }
    }
    guard presentation != .none, let record = sources.emojiFallback(), let instance = fallbackInstance(record) else { return nil }
    return covers(instance, scalars) ? instance : nil
  }

  private func covers(_ instance: FaceInstance, _ scalars: [UInt32]) -> Bool {
    scalars.allSatisfy(instance.covers) || scalars.count > 1 && composed(scalars).allSatisfy(instance.covers)
  }

  /// Faces for the clusters of a word that no listed face has. As in browsers, a face found for one character serves all of the
  /// word that it can. What no face has whole goes to one with its base character, else to the primary one, whose glyph for
  /// missing characters shows that something is missing. Nil when there is no font at all.
  func fallbackFaces(for clusters: [ArraySlice<UInt32>]) -> [FaceInstance?] {
    var faces = [FaceInstance?](repeating: nil, count: clusters.count)
    let wanted = clusters.map { cluster in cluster.filter { !isIgnorable($0) } }
    var asked: Set<UInt32> = []
    var missing = clusters.count
    func offer(_ instance: FaceInstance) {
      for index in clusters.indices where faces[index] == nil && covers(instance, wanted[index]) {
        faces[index] = instance
        missing -= 1
      }
    }
    for (index, scalars) in wanted.enumerated() {
      for scalar in scalars where faces[index] == nil && missing > 0 && asked.insert(scalar).inserted {
        if let instance = plainFace() { offer(instance) }
        for record in sources.fallback(for: scalar) where faces[index] == nil {
          if let instance = fallbackInstance(record) { offer(instance) }
        }
      }
      if faces[index] == nil {
        if let first = scalars.first { sources.missing(first) }
        faces[index] = lastFace(for: scalars)
      }
    }
    return faces
  }

  private func lastFace(for scalars: [UInt32]) -> FaceInstance? {
    guard scalars.count > 1, let base = scalars.first else { return primary }
    if let listed = listedFace(for: [base]) { return listed }
    for record in sources.fallback(for: base) {
      if let instance = fallbackInstance(record), instance.covers(base) { return instance }
    }
    return primary
  }

  /// The upright regular face of the first family: browsers ask it before they look elsewhere for a bold or italic text, since
  /// it often has more characters. What it lacks in weight and slant is made up.
  private func plainFace() -> FaceInstance? {
    guard style.weight >= 600 || style.slant != .normal, let family = style.families.first,
      let faces = sources.faces(of: family)?.faces
    else { return nil }
    var plain = style
    plain.weight = 400
    plain.slant = .normal
    return FontMatching.bestFaces(faces, style: plain).first.flatMap { fallbackInstance($0) }
  }

  private func fallbackInstance(_ record: FontRecord) -> FaceInstance? {
    if let known = fallbackInstances.first(where: { $0.record.isSameFace(as: record) }) { return known }
    guard let instance = store.instance(of: record, style: style) else { return nil }
    fallbackInstances.append(instance)
    return instance
  }

  /// A character with its marks as one, as far as Unicode has it: a face may have é and no combining accent.
  private func composed(_ scalars: [UInt32]) -> [UInt32] {
    guard var base = scalars.first else { return scalars }
    var rest: [UInt32] = []
    for scalar in scalars.dropFirst() {
      var result: hb_codepoint_t = 0
      if rest.isEmpty, hb_unicode_compose(hb_unicode_funcs_get_default(), base, scalar, &result) != 0 {
        base = result
      } else {
        rest.append(scalar)
      }
    }
    return [base] + rest
  }

  /// Joiners, variation selectors and the like do not need a glyph.
  private func isIgnorable(_ scalar: UInt32) -> Bool {
    Unicode.Scalar(scalar)?.properties.isDefaultIgnorableCodePoint ?? false
  }
}
