// https://drafts.csswg.org/css-font-loading/#fontfaceset-interface: document.fonts.

import CSSValues
import ScriptRuntime

/// `document.fonts`: faces in order of addition (strong references: they are alive while they are in the set).
final class FontSetState {
  var faces: [HostObject] = []
  var wrapper: HostObject?
  var loadingCount = 0
  /// Those whose loading has ended since it began to load.
  var loaded: [HostObject] = []
  var failed: [HostObject] = []
  /// The promise of `ready` while it is the current one.
  var readiness: PromiseCapability?
  /// Whether members may be unloaded, so that texts must be looked at.
  var mayLack = false
}

extension ScriptEnvironment {
  // MARK: - Loading

  /// Makes the set wait for a face that is loading and a member of it.
  func awaitFont(_ face: FontFaceData) {
    if face.isAwaited { return }
    face.isAwaited = true
    fontSet.loadingCount += 1
    guard fontSet.loadingCount == 1 else { return }
    // The old promise is kept, and a new one begun.
    fontSet.readiness = nil
    announce("loading", [])
  }

  /// Takes note that a face is loaded or cannot be.
  func fontDidSettle(_ face: FontFaceData, _ wrapper: HostObject) {
    guard face.isAwaited else { return }
    if face.status == .loaded { fontSet.loaded.append(wrapper) } else { fontSet.failed.append(wrapper) }
    fontSet.loadingCount -= 1
    guard fontSet.loadingCount == 0 else { return }
    announce("loadingdone", fontSet.loaded)
    if !fontSet.failed.isEmpty { announce("loadingerror", fontSet.failed) }
    fontSet.loaded = []
    fontSet.failed = []
    fontSet.readiness?.resolve(Value(fontSetObject()))
  }

  fileprivate var fontSetReadiness: PromiseCapability {
    if let known = fontSet.readiness { return known }
    let made = PromiseCapability(self)
    fontSet.readiness = made
    if fontSet.loadingCount == 0 { made.resolve(Value(fontSetObject())) }
    return made
  }

  /// Fires an event at `document.fonts` in a task of its own.
  private func announce(_ type: String, _ faces: [HostObject]) {
    unowned(unsafe) let environment = self
    host.enqueueTask {
      let event = environment.makeEvent(type, as: .fontFaceSetLoadEvent)
      event.captured[EventData.detail] = Value(environment.realm.makeArray(faces.map { Value($0) }))
      let target = environment.fontSetObject()
      environment.dispatch(event, to: Value(target), environment.links(of: target))
    }
  }

  /// Text that is measured or drawn makes its faces load, as in browsers; this time it has to do without them.
  func loadFonts(for font: String, _ text: [UInt16]) {
    guard fontSet.mayLack else { return }
    guard let font = FontShorthand.parse(font) else { return }
    for (face, wrapper) in fontSetMembers(for: font, String(decoding: text, as: UTF16.self)) { loadFont(face, wrapper) }
    fontSet.mayLack = fontSet.faces.contains { payload(of: $0, as: FontFaceData.self)?.status == .unloaded }
  }

  /// The faces that a text in a font is set in, as far as they are members:
  /// https://drafts.csswg.org/css-font-loading/#find-the-matching-font-faces.
  fileprivate func fontSetMembers(for font: CSSFont, _ text: String) -> [(face: FontFaceData, wrapper: HostObject)] {
    var found: [(face: FontFaceData, wrapper: HostObject)] = []
    for case .named(let name) in font.families {
      let name = asciiLowercased(name)
      let members = fontSet.faces.compactMap { wrapper -> (face: FontFaceData, wrapper: HostObject)? in
        guard let face = payload(of: wrapper, as: FontFaceData.self) else { return nil }
        return asciiLowercased(face.descriptors.family) == name ? (face, wrapper) : nil
      }
      guard !members.isEmpty else { continue }
      for index in host.bestFonts(for: font, among: members.map(\.face.descriptors)).sorted() where index < members.count {
        let ranges = FontDescriptor.unicodeRanges(members[index].face.descriptors[.unicodeRange]) ?? []
        let isUsed = text.unicodeScalars.contains { scalar in ranges.contains { $0.contains(scalar.value) } }
        if isUsed { found.append(members[index]) }
      }
    }
    return found
  }

  // MARK: - Interfaces

  func defineFontFaceSetLoadEvent(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<EventData>(self, .fontFaceSetLoadEvent, prototype)
    interface.attribute("fontfaces", get: { (call) throws(Thrown) in call.wrapper.captured[EventData.detail] })
    return interface.finish(parent, length: 1) { (environment, arguments, newTarget) throws(Thrown) in
      var faces: [Value] = []
      if let list = try IDLDictionary(arguments[1], environment).member("fontfaces") {
        let members = try environment.realm.sequence(list)
        faces = Array(members.values)
        for face in faces where hostObject(face).flatMap({ payload(of: $0, as: FontFaceData.self) }) == nil {
          throw environment.realm.typeError("Failed to construct 'FontFaceSetLoadEvent': Failed to convert value to 'FontFace'.")
        }
      }
      let detail = Value(environment.realm.makeArray(faces))
      return Value(try environment.constructEvent(arguments, newTarget, .fontFaceSetLoadEvent, detail: detail))
    }
  }

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
    interface.attribute("ready", get: { (call) throws(Thrown) in call.environment.fontSetReadiness.promise })
    interface.method("add", length: 1) { (call) throws(Thrown) in
      let (face, wrapper) = try call.face(0, "add")
      if !face.isInSet { call.receiver.faces.append(wrapper) }
      face.isInSet = true
      if face.status == .unloaded { call.receiver.mayLack = true }
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
      let faces = try call.matchingFaces("Failed to execute 'check' on 'FontFaceSet': ")
      return .boolean(faces.allSatisfy { $0.face.status == .loaded })
    }
    interface.promiseMethod("load", length: 1) { (call) throws(Thrown) in
      let faces = try call.matchingFaces("")
      let promises = faces.map { face, wrapper in
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

  /// The members that a `font` value and a text, the first two arguments, ask for.
  fileprivate func matchingFaces(_ prefix: String) throws(Thrown) -> [(face: FontFaceData, wrapper: HostObject)] {
    let text = try self.text(0), sample = try self.text(1, default: " ")
    guard let font = FontShorthand.parse(text) else {
      throw environment.domException("SyntaxError", "\(prefix)Could not resolve '\(text)' as a font.")
    }
    return environment.fontSetMembers(for: font, sample)
  }
}
