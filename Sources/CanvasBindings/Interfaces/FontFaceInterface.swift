// https://drafts.csswg.org/css-font-loading/: FontFace and document.fonts.

import CSSValues
import ScriptRuntime

/// A FontFace.
final class FontFaceData {
  enum Source {
    case bytes([UInt8])
    /// The entries of `src`, to be tried in order.
    case list([Entry])
  }

  enum Entry {
    case url(String)
    /// A font of the system, by name.
    case local(String)
  }

  enum Status: String { case unloaded, loading, loaded, error }

  var descriptors: FontFaceDescriptors
  let source: Source
  var status = Status.unloaded
  let loaded: PromiseCapability
  var font: (any ScriptFont)?
  var isInSet = false
  /// Whether the set waits for it: it was a member when its loading began.
  var isAwaited = false

  init(_ descriptors: FontFaceDescriptors, _ source: Source, _ environment: ScriptEnvironment) {
    self.descriptors = descriptors
    self.source = source
    loaded = PromiseCapability(environment)
  }
}

/// `document.fonts`: faces in order of addition (strong references: they are alive while they are in the set).
final class FontSetState {
  var faces: [HostObject] = []
  var wrapper: HostObject?
  var loadingCount = 0
  /// Whether one of the faces that are loading, or were just now, could not be loaded.
  var hasFailed = false
  var waiting: [PromiseCapability] = []
}

extension ScriptEnvironment {
  // MARK: - FontFace

  func defineFontFace(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<FontFaceData>(self, .fontFace, prototype)
    let members: [(String, WritableKeyPath<FontFaceDescriptors, String>)] = [
      ("family", \.family), ("style", \.style), ("weight", \.weight), ("stretch", \.stretch), ("unicodeRange", \.unicodeRange),
      ("featureSettings", \.featureSettings), ("variationSettings", \.variationSettings), ("display", \.display),
      ("ascentOverride", \.ascentOverride), ("descentOverride", \.descentOverride), ("lineGapOverride", \.lineGapOverride),
      ("sizeAdjust", \.sizeAdjust),
    ]
    for (name, path) in members {
      interface.text(
        name, get: { face in face.descriptors[keyPath: path] },
        set: { face, value in face.descriptors[keyPath: path] = value })
    }
    interface.text("status", get: { face in face.status.rawValue })
    interface.attribute("loaded", get: { (call) throws(Thrown) in call.receiver.loaded.promise })
    interface.promiseMethod("load", length: 0) { (call) throws(Thrown) in
      call.environment.loadFont(call.receiver, call.wrapper)
      return call.receiver.loaded.promise
    }
    return interface.finish(parent, length: 2) { (environment, arguments, newTarget) throws(Thrown) in
      var descriptors = FontFaceDescriptors(family: unquoted(try environment.realm.toText(arguments[0])))
      let source: FontFaceData.Source
      if let bytes = environment.bytes(of: arguments[1]) {
        source = .bytes(bytes)
      } else {
        source = .list(fontSources(try environment.realm.toText(arguments[1])))
      }
      let dictionary = try IDLDictionary(arguments[2], environment)
      for (name, path) in members.sorted(by: { $0.0 < $1.0 }) where name != "family" {
        if let value = try dictionary.text(name) { descriptors[keyPath: path] = value }
      }
      let face = FontFaceData(descriptors, source, environment)
      let wrapper = try environment.wrap(face, as: .fontFace, newTarget: newTarget, bytes: 512)
      if case .bytes(let bytes) = source { environment.finishFont(face, wrapper, bytes) }
      if case .list(let entries) = source, entries.isEmpty {
        // Nobody can have asked for `loaded` yet, so as in browsers the rejection is silent until somebody waits for it.
        face.status = .error
        face.loaded.markAsHandled()
        face.loaded.reject(environment.domException("SyntaxError", "The source of the FontFace has no url() or local()."))
        if environment.options.warns { environment.realm.warn("the source of a FontFace has no url() or local(): it stays unused", nil) }
      }
      return Value(wrapper)
    }
  }

  func loadFont(_ face: FontFaceData, _ wrapper: HostObject) {
    guard face.status == .unloaded, case .list(let entries) = face.source else { return }
    face.status = .loading
    if face.isInSet { awaitFont(face) }
    tryFont(face, wrapper, entries[...])
  }

  /// Makes the set wait for a face that is loading and a member of it.
  fileprivate func awaitFont(_ face: FontFaceData) {
    if face.isAwaited { return }
    face.isAwaited = true
    fontSet.loadingCount += 1
    if fontSet.loadingCount == 1 { announce("loading") }
  }

  private func tryFont(_ face: FontFaceData, _ wrapper: HostObject, _ entries: ArraySlice<FontFaceData.Entry>) {
    switch entries.first {
    case nil:
      face.status = .error
      if face.isAwaited { fontSet.hasFailed = true }
      face.loaded.reject(domException("NetworkError", "A network error occurred."))
      fontDidSettle(face)
    case .local(let name)?:
      unowned(unsafe) let environment = self
      host.enqueueTask {
        if environment.use(environment.host.openLocalFont(name, face.descriptors), face, wrapper) {
          environment.fontDidSettle(face)
        } else {
          environment.tryFont(face, wrapper, entries.dropFirst())
        }
      }
    case .url(let url)?: loadFont(face, wrapper, url, else: entries.dropFirst())
    }
  }

  private func loadFont(
    _ face: FontFaceData, _ wrapper: HostObject, _ url: String, else others: ArraySlice<FontFaceData.Entry>
  ) {
    unowned(unsafe) let environment = self
    load(url) { result in
      if case .success(let resource) = result, environment.openFont(face, wrapper, resource.bytes) {
        environment.fontDidSettle(face)
      } else {
        if environment.options.warns {
          environment.realm.warn("font \(url.prefix(80)) could not be loaded", nil)
        }
        environment.tryFont(face, wrapper, others)
      }
    }
  }

  private func finishFont(_ face: FontFaceData, _ wrapper: HostObject, _ bytes: [UInt8]) {
    if !openFont(face, wrapper, bytes) {
      face.status = .error
      face.loaded.reject(domException("SyntaxError", "The bytes of the FontFace are no font."))
    }
  }

  private func openFont(_ face: FontFaceData, _ wrapper: HostObject, _ bytes: [UInt8]) -> Bool {
    use(host.openFont(bytes, face.descriptors), face, wrapper)
  }

  private func use(_ font: (any ScriptFont)?, _ face: FontFaceData, _ wrapper: HostObject) -> Bool {
    guard let font else { return false }
    face.font = font
    face.status = .loaded
    if face.isInSet { font.setActive(true) }
    face.loaded.resolve(Value(wrapper))
    return true
  }

  private func fontDidSettle(_ face: FontFaceData) {
    guard face.isAwaited else { return }
    fontSet.loadingCount -= 1
    guard fontSet.loadingCount == 0 else { return }
    announce("loadingdone")
    if fontSet.hasFailed { announce("loadingerror") }
    fontSet.hasFailed = false
    let waiting = fontSet.waiting
    fontSet.waiting = []
    for capability in waiting { capability.resolve(Value(fontSetObject())) }
  }

  /// Fires an event at `document.fonts` in a task of its own.
  private func announce(_ type: String) {
    unowned(unsafe) let environment = self
    host.enqueueTask { environment.dispatch(type, to: environment.fontSetObject()) }
  }

  // MARK: - FontFaceSet

  func fontSetObject() -> HostObject {
    if let wrapper = fontSet.wrapper { return wrapper }
    let made = wrap(fontSet, as: .fontFaceSet)
    addLinks(to: made)
    fontSet.wrapper = made
    return made
  }

  func defineFontFaceSet(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<FontSetState>(self, .fontFaceSet, prototype)
    interface.number("size") { set in Double(set.faces.count) }
    interface.text("status", get: { set in set.loadingCount > 0 ? "loading" : "loaded" })
    interface.attribute(
      "ready",
      get: { (call) throws(Thrown) in
        let capability = PromiseCapability(call.environment)
        if call.receiver.loadingCount > 0 {
          call.receiver.waiting.append(capability)
        } else {
          capability.resolve(Value(call.wrapper))
        }
        return capability.promise
      })
    interface.method("add", length: 1) { (call) throws(Thrown) in
      let (face, wrapper) = try call.face(0, "add")
      if !call.receiver.faces.contains(where: { $0 === wrapper }) { call.receiver.faces.append(wrapper) }
      face.isInSet = true
      face.font?.setActive(true)
      if face.status == .loading { call.environment.awaitFont(face) }
      return Value(call.wrapper)
    }
    interface.method("delete", length: 1) { (call) throws(Thrown) in
      let (face, wrapper) = try call.face(0, "delete")
      let had = face.isInSet
      call.receiver.faces.removeAll { $0 === wrapper }
      face.isInSet = false
      face.font?.setActive(false)
      return .boolean(had)
    }
    interface.method("clear", length: 0) { (call) throws(Thrown) in
      for wrapper in call.receiver.faces {
        let face = payload(of: wrapper, as: FontFaceData.self)
        face?.isInSet = false
        face?.font?.setActive(false)
      }
      call.receiver.faces = []
      return .undefined
    }
    interface.method("has", length: 1) { (call) throws(Thrown) in
      let (_, wrapper) = try call.face(0, "has")
      return .boolean(call.receiver.faces.contains { $0 === wrapper })
    }
    interface.method("forEach", length: 1) { (call) throws(Thrown) in
      for wrapper in call.receiver.faces {
        _ = try call.realm.call(call[0], this: call[1], [Value(wrapper), Value(wrapper), Value(call.wrapper)])
      }
      return .undefined
    }
    for name in ["values", "keys"] {
      interface.method(name, length: 0) { (call) throws(Thrown) in
        try call.realm.invoke(
          Value(call.realm.makeArray(call.receiver.faces.map { Value($0) })), call.environment.keys["values"])
      }
    }
    interface.method("entries", length: 0) { (call) throws(Thrown) in
      let pairs = call.receiver.faces.map { Value(call.realm.makeArray([Value($0), Value($0)])) }
      return try call.realm.invoke(Value(call.realm.makeArray(pairs)), call.environment.keys["values"])
    }
    interface.iterator("values")
    interface.method("check", length: 1) { (call) throws(Thrown) in
      let faces = try call.matchingFaces(0)
      return .boolean(faces.allSatisfy { payload(of: $0, as: FontFaceData.self)?.status == .loaded })
    }
    interface.promiseMethod("load", length: 1) { (call) throws(Thrown) in
      let faces = try call.matchingFaces(0)
      let promises = faces.compactMap { wrapper -> Value? in
        guard let face = payload(of: wrapper, as: FontFaceData.self) else { return nil }
        call.environment.loadFont(face, wrapper)
        return face.loaded.promise
      }
      let constructor = try call.realm.get(Value(call.realm.globalObject), call.environment.keys["Promise"])
      return try call.realm.invoke(constructor, call.environment.keys["all"], [Value(call.realm.makeArray(promises))])
    }
    interface.eventHandler("loading")
    interface.eventHandler("loadingdone")
    interface.eventHandler("loadingerror")
    return interface.finish(parent)
  }
}

extension Call where Receiver == FontSetState {
  fileprivate func face(_ index: Int, _ name: String) throws(Thrown) -> (FontFaceData, HostObject) {
    guard let wrapper = hostObject(self[index]), let face = payload(of: wrapper, as: FontFaceData.self) else {
      throw realm.typeError("Failed to execute '\(name)' on 'FontFaceSet': parameter 1 is not of type 'FontFace'.")
    }
    return (face, wrapper)
  }

  /// The faces of the families that a `font` value names.
  fileprivate func matchingFaces(_ index: Int) throws(Thrown) -> [HostObject] {
    let text = try self.text(index)
    guard let font = FontShorthand.parse(text) else {
      throw environment.domException("SyntaxError", "Could not resolve '\(text)' as a font.")
    }
    let families = font.families.compactMap { family -> String? in
      if case .named(let name) = family { return asciiLowercased(name) }
      return nil
    }
    return receiver.faces.filter { wrapper in
      payload(of: wrapper, as: FontFaceData.self).map { families.contains(asciiLowercased($0.descriptors.family)) } ?? false
    }
  }
}

/// A family name without the quotes around it.
private func unquoted(_ text: String) -> String {
  let bytes = Array(text.utf8)
  guard bytes.count >= 2, let first = bytes.first, first == bytes.last, first == 0x22 || first == 0x27 else { return text }
  return String(decoding: bytes[1..<(bytes.count - 1)], as: UTF8.self)
}

/// The arguments of all `url(…)` and `local(…)` in a `src` descriptor.
private func fontSources(_ text: String) -> [FontFaceData.Entry] {
  let bytes = Array(text.utf8)
  var entries: [FontFaceData.Entry] = []
  var index = 0
  func begins(_ word: String) -> Bool {
    index + word.utf8.count <= bytes.count
      && asciiLowercased(String(decoding: bytes[index..<(index + word.utf8.count)], as: UTF8.self)) == word
  }
  while index < bytes.count {
    let isLocal = begins("local(")
    guard isLocal || begins("url(") else {
      index += 1
      continue
    }
    index += isLocal ? 6 : 4
    while index < bytes.count, bytes[index] <= 32 { index += 1 }
    let quote: UInt8? = index < bytes.count && (bytes[index] == 0x22 || bytes[index] == 0x27) ? bytes[index] : nil
    if quote != nil { index += 1 }
    let start = index
    while index < bytes.count, bytes[index] != quote ?? UInt8(ascii: ")") { index += 1 }
    var argument = bytes[start..<index]
    while quote == nil, let last = argument.last, last <= 32 { argument = argument.dropLast() }
    let name = String(decoding: argument, as: UTF8.self)
    entries.append(isLocal ? .local(name) : .url(name))
  }
  return entries
}
