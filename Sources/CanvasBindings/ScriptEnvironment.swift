// The world that a canvas script finds: the interfaces, the default canvas, the document, timers.
//
// Everything is made when it is first touched, so that a short script pays for little.

import CanvasCore
import ScriptRuntime
import ScriptSyntax

/// What a script's environment starts with.
public struct ScriptEnvironmentOptions {
  /// Size of the default canvas in canvas units.
  public var width = Canvas.defaultWidth
  public var height = Canvas.defaultHeight
  public var devicePixelRatio = 1.0
  public var userAgent = "canvasrun"
  /// The address of the script, which relative URLs resolve against; for `location` and `URL`.
  public var scriptURL = "file:///"
  /// Whether mistakes that do not stop a script are told to the user.
  public var warns = false
  /// Whether scripts find `canvasrunTesting`, with which tests bring about what otherwise only hardware does.
  public var exposesTestHooks = false

  public init() {}
}

/// Joins one realm with the canvas engine. Whoever runs the script keeps this object as long as the realm.
public final class ScriptEnvironment {
  public let realm: Realm
  public let host: any HostServices
  public let canvasEnvironment: CanvasEnvironment
  public let options: ScriptEnvironmentOptions
  /// The default canvas.
  public let canvas: Canvas

  let keys: MemberKeys
  let wrappers = WrapperMap()
  let colors = ColorStringCache()
  // Strong references to cells are roots of the collector.
  private var interfaces: [Interface?] = Array(repeating: nil, count: InterfaceID.allCases.count)
  private var canvasWrapper: HostObject?
  private(set) var documentWrapper: HostObject?
  /// Listeners of the window.
  let windowLinks: NodeLinks
  let promiseConstructor: Value
  var blobURLs: [String: BlobData] = [:]
  var nextBlobNumber = 1
  /// Contexts that were handed out, as far as they are examined for misspelt properties in the end.
  var examinedContexts: [HostObject] = []
  let fontSet = FontSetState()
  let filterResources = FilterResources()
  var filterWarnings: Set<String> = []
  /// How far the page is with its `load` event.
  enum LoadState { case running, waiting, fired }
  var loadState = LoadState.running
  /// Images whose files have not come yet; the `load` event waits for those asked for before it.
  var imagesUnderWay = 0
  /// The element that has the focus.
  var focusedWrapper: HostObject?

  /// Puts all globals into `realm`.
  public init(
    realm: Realm, host: any HostServices, canvasEnvironment: CanvasEnvironment,
    options: ScriptEnvironmentOptions = ScriptEnvironmentOptions()
  ) {
    self.realm = realm
    self.host = host
    self.canvasEnvironment = canvasEnvironment
    self.options = options
    keys = MemberKeys(realm)
    windowLinks = NodeLinks(realm)
    promiseConstructor = (try? realm.get(Value(realm.globalObject), realm.key("Promise"))) ?? .undefined
    canvas = Canvas(width: options.width, height: options.height, environment: canvasEnvironment)
    canvasEnvironment.resolveFilter = { [unowned self] in resolveFilter($0) }
    if options.warns {
      canvasEnvironment.warn = { [unowned self] in warn($0) }
    }
    installGlobals()
  }

  // MARK: - Interfaces

  /// The constructor and prototype of an interface, made now if it was not needed before.
  @inline(__always)
  func interface(_ id: InterfaceID) -> Interface {
    if let made = interfaces[id.rawValue] { return made }
    return makeInterface(id)
  }

  @inline(never)
  private func makeInterface(_ id: InterfaceID) -> Interface {
    let parent = id.parent.map { interface($0) }
    let prototype =
      id == .domException ? makeErrorSubclassPrototype() : realm.makeObject(prototype: parent?.prototype ?? objectPrototype)
    let made = define(id, prototype: prototype, parent: parent?.constructor)
    interfaces[id.rawValue] = made
    return made
  }

  private var objectPrototype: ScriptObject? { try? realm.makeObject().getPrototype(realm) }

  private func makeErrorSubclassPrototype() -> ScriptObject {
    let sample = realm.makeError(.error, "").value.asObject
    return realm.makeObject(prototype: try? sample?.getPrototype(realm))
  }

  /// A new object of an interface.
  func wrap(_ payload: AnyObject, as id: InterfaceID, bytes: Int = 0) -> HostObject {
    if id.isReadOnlyGeometry { (payload as? GeometryBox)?.isReadOnly = true }
    return HostObject(realm: realm, prototype: interface(id).prototype, payload: payload, payloadBytes: bytes)
  }

  /// The object that `new` makes: its prototype comes from what `new` was applied to, so that classes can extend interfaces.
  func wrap(_ payload: AnyObject, as id: InterfaceID, newTarget: ScriptObject, bytes: Int = 0) throws(Thrown) -> HostObject {
    if id.isReadOnlyGeometry { (payload as? GeometryBox)?.isReadOnly = true }
    let prototype = try newTarget.get(keys.prototype, receiver: Value(newTarget), realm).asObject
    return HostObject(realm: realm, prototype: prototype ?? interface(id).prototype, payload: payload, payloadBytes: bytes)
  }

  // MARK: - Singletons

  /// The element behind the global `canvas`.
  func defaultCanvasElement() -> HostObject {
    if let canvasWrapper { return canvasWrapper }
    let element = makeElement(CanvasElement(canvas: canvas), as: .canvasElement)
    canvasWrapper = element
    links(of: documentBody).append(element, to: documentBody, self)
    return element
  }

  func documentObject() -> HostObject {
    if let documentWrapper { return documentWrapper }
    let made = makeDocument()
    documentWrapper = made
    return made
  }

  // MARK: - Warnings

  /// Tells the user about something that was ignored, with the place in the script.
  func warn(_ message: String) {
    guard options.warns else { return }
    // An error knows where it was made.
    let location = (realm.makeError(.error, "").value.asObject as? ErrorObject)?.stackEntries.first?.location
    realm.warn(message, location)
  }

  /// Warns about a value that should have been a number and is none.
  func warnUnlessNumber(_ value: Value, _ name: String) {
    if case .number = value { return }
    guard options.warns else { return }
    warn("\(realm.describeForMessage(value)) is no number, which \(name) wants")
  }

  /// Warns about properties that a script has put on its contexts, which nearly always are slips: `ctx.lineStyle = "red"`.
  /// - Parameter sources: the scripts that have run, in which the places are looked for.
  public func warnAboutUnknownProperties(in sources: [SourceText]) {
    guard options.warns else { return }
    for context in examinedContexts {
      let name = realm.constructorName(of: context)
      let known = memberNames(of: context)
      for key in (try? context.ownKeys(realm)) ?? [] where key.isString && !key.isIndex {
        guard let text = realm.value(of: key).asString?.text else { continue }
        realm.warn(ContextMembers.unknownMember(text, of: name, known: known), Self.firstAssignment(to: text, in: sources))
      }
    }
  }

  private static func firstAssignment(to member: String, in sources: [SourceText]) -> ScriptPosition? {
    for source in sources {
      if let found = source.memberAssignments().assignments.first(where: { $0.member == member }) {
        return ScriptPosition(source: source, offset: Int(found.range.start))
      }
    }
    return nil
  }

  private func memberNames(of object: HostObject) -> [String] {
    guard let prototype = try? object.getPrototype(realm) else { return [] }
    return ((try? prototype.ownKeys(realm)) ?? []).compactMap { realm.value(of: $0).asString?.text }
  }

  // MARK: - Calling the script

  /// Calls a function from a task; what it throws goes to the host.
  func callback(_ function: ScriptObject, this: Value = .undefined, _ arguments: [Value] = []) {
    do {
      _ = try realm.call(Value(function), this: this, arguments)
    } catch {
      host.reportUncaught(error)
    }
  }
}
