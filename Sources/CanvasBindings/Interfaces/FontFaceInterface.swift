// https://drafts.csswg.org/css-font-loading/#fontface-interface

import CSSValues
import ScriptRuntime

/// A FontFace.
final class FontFaceData {
  enum Source {
    case bytes([UInt8])
    /// The entries of `src`, to be tried in order.
    case list([FontSource])
  }

  enum Status: String { case unloaded, loading, loaded, error }

  var descriptors: FontFaceDescriptors
  /// The family as scripts read it.
  var familyText: String
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
    familyText = FontDescriptor.serializedFamily(descriptors.family)
    loaded = PromiseCapability(environment)
  }
}

extension ScriptEnvironment {
  func defineFontFace(_ prototype: ScriptObject, _ parent: ScriptObject?) -> Interface {
    let interface = InterfaceBuilder<FontFaceData>(self, .fontFace, prototype)
    interface.text(
      "family", get: { face in face.familyText },
      set: { face, value in
        face.descriptors.family = value
        face.familyText = value
        face.font?.update(face.descriptors)
      })
    for (name, descriptor) in ScriptEnvironment.descriptorNames {
      interface.attribute(
        name, get: { (call) throws(Thrown) in call.realm.text(call.receiver.descriptors[descriptor]) },
        set: { (call, value) throws(Thrown) in
          let text = try call.realm.toText(value)
          guard let serialized = descriptor.serialized(text) else {
            throw call.environment.domException(
              "SyntaxError", "Failed to set the '\(name)' property on 'FontFace': Failed to set '\(text)' as a property value.")
          }
          call.receiver.descriptors[descriptor] = serialized
          call.receiver.font?.update(call.receiver.descriptors)
        })
    }
    interface.text("status", get: { face in face.status.rawValue })
    interface.attribute("loaded", get: { (call) throws(Thrown) in call.receiver.loaded.promise })
    interface.promiseMethod("load", length: 0) { (call) throws(Thrown) in
      call.environment.loadFont(call.receiver, call.wrapper)
      return call.receiver.loaded.promise
    }
    return interface.finish(parent, length: 2) { (environment, arguments, newTarget) throws(Thrown) in
      Value(try environment.constructFontFace(arguments, newTarget))
    }
  }

  /// Attributes and dictionary members in alphabetical order. `width` is another name for `stretch`, and wins.
  private static let descriptorNames: [(String, FontDescriptor)] =
    (FontDescriptor.allCases.map { ($0.rawValue, $0) } + [("width", .stretch)]).sorted { $0.0 < $1.0 }

  private func constructFontFace(_ arguments: Arguments, _ newTarget: ScriptObject) throws(Thrown) -> HostObject {
    var descriptors = FontFaceDescriptors(family: try realm.toText(arguments[0]))
    var mistake: String?
    let source: FontFaceData.Source
    if let bytes = bytes(of: arguments[1]) {
      source = .bytes(bytes)
    } else {
      let text = try realm.toText(arguments[1])
      let entries = FontSource.parse(text)
      if entries.isEmpty { mistake = "The source provided ('\(text)') could not be parsed as a value list." }
      source = .list(entries)
    }
    switch arguments[2] {
    case .undefined, .null, .empty, .object: break
    default: throw realm.typeError("Failed to construct 'FontFace': The provided value is not of type 'FontFaceDescriptors'.")
    }
    let dictionary = try IDLDictionary(arguments[2], self)
    for (name, descriptor) in ScriptEnvironment.descriptorNames {
      guard let text = try dictionary.text(name) else { continue }
      if let serialized = descriptor.serialized(text) {
        descriptors[descriptor] = serialized
      } else {
        mistake = "Failed to set '\(text)' as a property value."
        warn("'\(text)' is no \(name) of a FontFace: it stays unused")
      }
    }
    let face = FontFaceData(descriptors, source, self)
    let wrapper = try wrap(face, as: .fontFace, newTarget: newTarget, bytes: 512)
    if let mistake {
      face.status = .error
      // Nobody can have asked for `loaded` yet, so as in browsers the rejection is silent until somebody waits for it.
      face.loaded.markAsHandled()
      face.loaded.reject(domException("SyntaxError", mistake))
      if case .list(let entries) = source, entries.isEmpty {
        warn("the source of a FontFace has no url() or local() that can be used: it stays unused")
      }
    } else if case .bytes(let bytes) = source {
      openFont(face, wrapper, bytes)
    }
    return wrapper
  }

  private func openFont(_ face: FontFaceData, _ wrapper: HostObject, _ bytes: [UInt8]) {
    if use(host.openFont(bytes, face.descriptors), face, wrapper) { return }
    face.status = .error
    face.loaded.markAsHandled()
    face.loaded.reject(domException("SyntaxError", "Invalid font data in ArrayBuffer."))
    warn("the bytes of a FontFace are no font: it stays unused")
  }

  // MARK: - Loading

  func loadFont(_ face: FontFaceData, _ wrapper: HostObject) {
    guard face.status == .unloaded, case .list(let entries) = face.source else { return }
    face.status = .loading
    if face.isInSet { awaitFont(face) }
    tryFont(face, wrapper, entries[...])
  }

  private func tryFont(_ face: FontFaceData, _ wrapper: HostObject, _ entries: ArraySlice<FontSource>) {
    unowned(unsafe) let environment = self
    switch entries.first {
    case nil:
      face.status = .error
      face.loaded.reject(domException("NetworkError", "A network error occurred."))
      fontDidSettle(face, wrapper)
    case .local(let name)?:
      host.enqueueTask {
        if environment.use(environment.host.openLocalFont(name, face.descriptors), face, wrapper) {
          environment.fontDidSettle(face, wrapper)
        } else {
          environment.tryFont(face, wrapper, entries.dropFirst())
        }
      }
    case .url(let url)?:
      load(url) { result in
        if case .success(let resource) = result,
          environment.use(environment.host.openFont(resource.bytes, face.descriptors), face, wrapper)
        {
          environment.fontDidSettle(face, wrapper)
          return
        }
        if environment.options.warns { environment.realm.warn("font \(url.prefix(80)) could not be loaded", nil) }
        environment.tryFont(face, wrapper, entries.dropFirst())
      }
    }
  }

  private func use(_ font: (any ScriptFont)?, _ face: FontFaceData, _ wrapper: HostObject) -> Bool {
    guard let font else { return false }
    face.font = font
    face.status = .loaded
    if face.isInSet { font.setActive(true) }
    face.loaded.resolve(Value(wrapper))
    return true
  }
}
