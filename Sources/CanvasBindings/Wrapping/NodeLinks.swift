// The script values that belong to an event target: listeners, handlers, parent, children. A cell, so that the collector sees them.

import ScriptRuntime

/// One registered listener.
struct EventListener {
  let type: String
  /// A function, or an object with `handleEvent`.
  let callback: Ref<ScriptObject>
  let isCapturing: Bool
  let isOnce: Bool
}

/// What ties a node or another event target to other script objects.
final class NodeLinks: HeapCell {
  var listeners: [EventListener] = []
  /// `on…` attributes by event type.
  var handlers: [String: Ref<ScriptObject>] = [:]
  var parent: Ref<HostObject>?
  var children: [Ref<HostObject>] = []
  /// Objects that are the same at each access (`style`, the context of a canvas), by name.
  var companions: [String: Ref<ScriptObject>] = [:]

  init(_ realm: Realm) { super.init(heap: realm.heap) }

  override func visitChildren(_ marker: Marker) {
    for listener in listeners { marker.visit(listener.callback) }
    for handler in handlers.values { marker.visit(handler) }
    marker.visit(parent)
    for child in children { marker.visit(child) }
    for companion in companions.values { marker.visit(companion) }
  }

  override var byteSize: Int { 160 + listeners.count * 48 + children.count * 8 + companions.count * 40 }
}

extension ScriptEnvironment {
  /// Gives an event target its links.
  func addLinks(to object: HostObject) {
    object.captured = [.internal(Ref(NodeLinks(realm)))]
  }

  /// The links of a wrapper that `addLinks` was called for; fresh ones, which lead nowhere, for any other.
  func links(of object: HostObject) -> NodeLinks {
    if case .internal(let reference)? = object.captured.first, let links = reference.cell as? NodeLinks { return links }
    let links = NodeLinks(realm)
    object.captured.insert(.internal(Ref(links)), at: 0)
    return links
  }
}

extension NodeLinks {
  /// Makes `child` the last child of `parent`, whose links these are; it leaves its former parent.
  func append(_ child: HostObject, to parent: HostObject, _ environment: ScriptEnvironment) {
    insert(child, at: nil, in: parent, environment)
  }

  /// Inserts before the child at `index` (nil: at the end).
  func insert(_ child: HostObject, before reference: HostObject? = nil, at index: Int? = nil, in parent: HostObject, _ environment: ScriptEnvironment) {
    let childLinks = environment.links(of: child)
    childLinks.detach(child, environment)
    let place = reference.flatMap { node in children.firstIndex { $0.cell === node } } ?? index ?? children.count
    children.insert(Ref(child), at: min(place, children.count))
    childLinks.parent = Ref(parent)
  }

  /// Takes `child`, whose links these are, from its parent.
  func detach(_ child: HostObject, _ environment: ScriptEnvironment) {
    guard let parent = parent?.cell else { return }
    environment.links(of: parent).children.removeAll { $0.cell === child }
    self.parent = nil
  }
}
