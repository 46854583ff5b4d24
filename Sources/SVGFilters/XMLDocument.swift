// XML files to elements, by expat.

import CExpat

/// Reads XML. Entities of the file's own are not expanded beyond what expat allows, and no other file is read.
public enum XMLDocument {
  /// Elements deeper than this are left out.
  private static let maximumDepth = 256
  private static let maximumCount = 100_000

  /// The root element; nil where the file is not well-formed.
  public static func parse(_ bytes: [UInt8]) -> MarkupElement? {
    guard bytes.count <= Int(Int32.max), let parser = unsafe XML_ParserCreate(nil) else { return nil }
    defer { unsafe XML_ParserFree(parser) }
    let collector = Collector()
    // Safe: the collector outlives the parser's only call below.
    unsafe XML_SetUserData(parser, Unmanaged.passUnretained(collector).toOpaque())
    unsafe XML_SetElementHandler(
      parser,
      { context, name, attributes in
        guard let context = unsafe context, let name = unsafe name else { return }
        var list: [(name: String, value: String)] = []
        // Safe: expat gives names and values in turn, ended by a null.
        var next = unsafe attributes
        while let place = unsafe next, let key = unsafe place.pointee, let value = unsafe (place + 1).pointee {
          unsafe list.append((String(cString: key), String(cString: value)))
          unsafe next = place + 2
        }
        unsafe Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue().begin(String(cString: name), list)
      },
      { context, _ in
        guard let context = unsafe context else { return }
        unsafe Unmanaged<Collector>.fromOpaque(context).takeUnretainedValue().end()
      })
    // Safe: the buffer is read inside the call only.
    let status = unsafe bytes.withUnsafeBytes { buffer in
      unsafe XML_Parse(
        parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(truncatingIfNeeded: buffer.count), 1)
    }
    return status == XML_STATUS_OK ? collector.root : nil
  }

  /// Builds the tree while expat reads.
  private final class Collector {
    var root: MarkupElement?
    private var open: [MarkupElement] = []
    private var skippedDepth = 0
    private var count = 0

    func begin(_ name: String, _ attributes: [(name: String, value: String)]) {
      guard skippedDepth == 0, open.count < XMLDocument.maximumDepth, count < XMLDocument.maximumCount else {
        skippedDepth += 1
        return
      }
      count += 1
      open.append(MarkupElement(name: name, attributes: attributes))
    }

    func end() {
      if skippedDepth > 0 {
        skippedDepth -= 1
        return
      }
      guard let element = open.popLast() else { return }
      if open.isEmpty {
        root = element
      } else {
        open[open.count - 1].children.append(element)
      }
    }
  }
}
