// The SVG filters that `ctx.filter = "url(…)"` refers to.
// https://html.spec.whatwg.org/multipage/canvas.html#filters

import CanvasCore
import Drawing
import Geometry
import SVGFilters
import ScriptRuntime

/// Files that filters have asked for. Kept for the run: drawings ask again and again.
final class FilterResources {
  var documents: [String: (root: MarkupElement?, isSameOrigin: Bool)] = [:]
  var images: [String: (image: ImageSnapshot?, isSameOrigin: Bool)] = [:]
}

extension ScriptEnvironment {
  /// Finds a filter in the document (`#id`), or in a file (`file.svg#id`), which is loaded at once.
  func resolveFilter(_ reference: FilterReference) -> ResolvedFilter? {
    let parts = reference.url.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
    let address = String(parts.first ?? ""), id = parts.count > 1 ? percentDecodedText(String(parts[1])) : ""
    guard !id.isEmpty else {
      warnOnce("the filter url(\(reference.url.prefix(80))) names no element and was ignored")
      return nil
    }
    var isOriginClean = true
    let element: MarkupElement?
    if address.isEmpty {
      element = elements(below: documentObject(), Selector(id: id), limit: 1).first.flatMap { wrapper in
        payload(of: wrapper, as: ElementNode.self)?.localName == "filter" ? markup(of: wrapper, depth: 0) : nil
      }
    } else {
      let document = filterDocument(address)
      isOriginClean = document.isSameOrigin
      element = document.root?.element(withID: id)
    }
    let box = Rect(x: 0, y: 0, width: Double(reference.canvasSize.width), height: Double(reference.canvasSize.height))
    let context = FilterContext(box: box, fillColor: reference.fillColor, strokeColor: reference.strokeColor) { href in
      let found = self.filterImage(href, base: address)
      if !found.isSameOrigin { isOriginClean = false }
      return found.image
    }
    guard let element, let graph = FilterBuilder.build(element, context) else {
      warnOnce("the filter url(\(reference.url.prefix(80))) was not found and was ignored")
      return nil
    }
    return ResolvedFilter(graph: graph, isOriginClean: isOriginClean)
  }

  /// The element and what is below it, as filters see them.
  private func markup(of wrapper: HostObject, depth: Int) -> MarkupElement? {
    guard let node = payload(of: wrapper, as: ElementNode.self) else { return nil }
    let children = depth < 8 ? links(of: wrapper).children.compactMap { markup(of: $0.cell, depth: depth + 1) } : []
    return MarkupElement(name: node.localName, attributes: node.attributes, children: children)
  }

  // MARK: - Files

  private func filterDocument(_ address: String) -> (root: MarkupElement?, isSameOrigin: Bool) {
    if let known = filterResources.documents[address] { return known }
    let loaded = loadAtOnce(address)
    let document = (loaded.flatMap { XMLDocument.parse($0.bytes) }, loaded?.isSameOrigin ?? true)
    filterResources.documents[address] = document
    return document
  }

  /// The picture of feImage. Addresses in a file are relative to that file.
  private func filterImage(_ href: String, base: String) -> (image: ImageSnapshot?, isSameOrigin: Bool) {
    if href.hasPrefix("#") {
      warnOnce("feImage cannot show elements; \(href.prefix(80)) was ignored")
      return (nil, true)
    }
    var address = href
    let isRelative = !href.hasPrefix("/") && !href.prefix(12).contains(":")
    if isRelative, !base.hasPrefix("data:"), let slash = base.lastIndex(of: "/") { address = base[...slash] + href }
    if let known = filterResources.images[address] { return known }
    let loaded = loadAtOnce(address)
    let image = (loaded.flatMap { host.decodeImage($0.bytes) }, loaded?.isSameOrigin ?? true)
    filterResources.images[address] = image
    return image
  }

  private func loadAtOnce(_ address: String) -> LoadedResource? {
    if let data = DataURL.parse(address) { return LoadedResource(bytes: data.bytes, mimeType: data.mimeType) }
    if let blob = blobURLs[address] { return LoadedResource(bytes: blob.bytes, mimeType: blob.type) }
    switch host.readResource(address) {
    case .success(let resource): return resource
    case .failure(let failure):
      warnOnce("filter \(address.prefix(80)): \(failure.message)")
      return nil
    }
  }

  private func percentDecodedText(_ text: String) -> String {
    String(decoding: percentDecoded(Array(text.utf8)), as: UTF8.self)
  }

  /// Filters are looked for at each drawing; the user is told once.
  private func warnOnce(_ message: String) {
    guard options.warns, filterWarnings.insert(message).inserted else { return }
    warn(message)
  }
}
