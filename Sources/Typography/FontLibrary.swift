// The front door: fonts are added here and texts shaped.

import CHarfBuzz
import Glibc

/// The fonts that one run can name. Not for use from two threads at once.
public final class FontLibrary {
  let sources: FontSources
  private let warn: (String) -> Void
  private var store: FaceStore
  private let shaper = Shaper()
  private var styles: [TextStyle: ResolvedStyle] = [:]
  private var lastStyle: ResolvedStyle?
  private var nextStyleID = 0
  private var cache = ShapingCache()
  private var hasWarnedOfMissingFonts = false
  /// How often fonts were added or removed.
  public private(set) var generation = 0

  /// Starts nothing: the system's fonts are looked up when the first text is shaped. `warn` receives each sentence once.
  public init(includesSystemFonts: Bool = true, warn: @escaping (String) -> Void = { _ in }) {
    sources = FontSources(includesSystemFonts: includesSystemFonts)
    self.warn = warn
    store = FaceStore(warn: warn)
    let includesSystemFonts = includesSystemFonts
    var warned: Set<String> = []
    sources.missing = { scalar in
      guard let remedy = MissingCharacters.remedy(for: scalar, includesSystemFonts: includesSystemFonts) else { return }
      if warned.insert(remedy).inserted { warn("no font has \(MissingCharacters.description(of: scalar)): \(remedy)") }
    }
  }

  // MARK: Shaping

  /// Sets `text` in one line. White space is taken as it is: callers replace control characters first.
  public func shape(_ text: [UInt16], style: TextStyle) -> ShapedText {
    let style = resolved(style)
    guard text.count <= ShapingCache.longestText else { return shaper.shape(text, style: style) }
    let key = ShapingCache.Key(text: text, styleID: style.id)
    if let known = cache[key] { return known }
    let shaped = shaper.shape(text, style: style)
    cache.insert(shaped, for: key)
    return shaped
  }

  public func shape(_ text: String, style: TextStyle) -> ShapedText {
    shape(Array(text.utf16), style: style)
  }

  /// The metrics of the style's first available font.
  public func metrics(of style: TextStyle) -> FontMetrics {
    resolved(style).metrics
  }

  func resolved(_ style: TextStyle) -> ResolvedStyle {
    if let lastStyle, lastStyle.style == style { return lastStyle }
    if let known = styles[style] {
      lastStyle = known
      return known
    }
    // Animations may use a new size in every frame.
    if styles.count >= 512 { styles.removeAll() }
    nextStyleID += 1
    let made = ResolvedStyle(style, id: nextStyleID, sources: sources, store: store)
    styles[style] = made
    lastStyle = made
    if made.primary == nil, !hasWarnedOfMissingFonts {
      hasWarnedOfMissingFonts = true
      warn("no fonts were found: text is not drawn; install some, or name a file with --font")
    }
    return made
  }

  // MARK: Adding fonts

  /// Adds a font file. Without `family` every face is added under its own family name, else its first face under that name.
  /// Added fonts go before the system's.
  @discardableResult
  public func addFontFile(
    _ path: String, family: String? = nil, descriptors: FontDescriptors = FontDescriptors()
  ) throws(FontError) -> UserFontID {
    let id = try sources.userFonts.add(FontData(path: path), family: family, descriptors: descriptors)
    forgetMatches()
    return id
  }

  /// Adds a font held in memory (TrueType, OpenType, collections, WOFF, WOFF2); `name` stands for it in messages.
  @discardableResult
  public func addFontData(
    _ bytes: [UInt8], name: String, family: String? = nil, descriptors: FontDescriptors = FontDescriptors()
  ) throws(FontError) -> UserFontID {
    let id = try sources.userFonts.add(FontData(bytes: bytes, name: name), family: family, descriptors: descriptors)
    forgetMatches()
    return id
  }

  /// Adds every font file directly in a folder, in the order of their names. Returns how many were added.
  @discardableResult
  public func addFontDirectory(_ path: String) throws(FontError) -> Int {
    guard let directory = opendir(path) else { throw .unreadable(path: path) }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      let lowercase = name.lowercased()
      if [".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2"].contains(where: lowercase.hasSuffix) { names.append(name) }
    }
    var count = 0
    for name in names.sorted() {
      do {
        try addFontFile("\(path)/\(name)")
        count += 1
      } catch {
        warn("\(path)/\(name) is no font that can be used")
      }
    }
    return count
  }

  /// Adds a font of the system under another family's name; nil where none has `name` as its full or PostScript name.
  public func addSystemFont(named name: String, family: String, descriptors: FontDescriptors = FontDescriptors()) -> UserFontID? {
    guard let (path, index) = sources.system?.file(ofFontNamed: name), let data = try? FontData(path: path) else { return nil }
    let id = try? sources.userFonts.add(data, index: index, family: family, descriptors: descriptors)
    forgetMatches()
    return id
  }

  public func removeFont(_ id: UserFontID) {
    sources.userFonts.remove(id)
    forgetMatches()
  }

  private func forgetMatches() {
    generation += 1
    styles.removeAll()
    lastStyle = nil
    cache.removeAll()
  }
}
