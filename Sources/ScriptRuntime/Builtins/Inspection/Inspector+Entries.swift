// Elements of arrays, entries of maps, and whatever else an object holds that is no property.

extension Inspector {
  mutating func entries(of object: ScriptObject, _ description: Description, depth: Int) throws(Thrown) -> [String] {
    switch object.kind {
    case .array: return try arrayEntries(object, depth: depth)
    case .typedArray: return try typedArrayEntries(unsafeDowncast(object, to: TypedArrayObject.self), depth: depth)
    case .map, .set:
      let collection = unsafeDowncast(object, to: CollectionObject.self)
      return try collectionEntries(
        collection, cursor: collection.table.start, count: collection.table.count,
        as: object.kind == .map ? .map : .set, depth: depth)
    case .mapIterator, .setIterator:
      let iterator = unsafeDowncast(object, to: CollectionIteratorObject.self)
      guard let collection = iterator.collection else { return [] }
      let shape: CollectionShape =
        switch iterator.iteration {
        case .keys: .keys
        case .values: object.kind == .setIterator ? .set : .values
        case .entries: .entries
        }
      return try collectionEntries(
        collection.cell, cursor: iterator.cursor, count: collection.cell.table.count, as: shape, depth: depth)
    case .arrayBuffer:
      let buffer = unsafeDowncast(object, to: ArrayBufferObject.self)
      return bufferContents(buffer) + ["byteLength: \(buffer.byteLength)"]
    case .dataView:
      let view = unsafeDowncast(object, to: DataViewObject.self)
      indentation += 2
      let buffer = try format(Value(view.buffer.cell), depth: depth)
      indentation -= 2
      return ["byteLength: \(view.byteLength ?? 0)", "byteOffset: \(view.fixedByteOffset)", "buffer: \(buffer)"]
    case .promise:
      guard let promise = object as? PromiseObject else { return [] }
      if promise.state == .pending { return ["<pending>"] }
      indentation += 2
      let result = try format(promise.result, depth: depth)
      indentation -= 2
      return [promise.state == .rejected ? "<rejected> \(result)" : result]
    case .weakMap, .weakSet: return ["<items unknown>"]
    case .weakReference:
      indentation += 2
      let target = try format(unsafeDowncast(object, to: WeakReferenceObject.self).dereference(), depth: depth)
      indentation -= 2
      return [target]
    default: return []
    }
  }

  private func more(_ count: Int) -> String { "... \(count) more item\(count > 1 ? "s" : "")" }

  private mutating func element(_ value: Value, depth: Int) throws(Thrown) -> String {
    indentation += 2
    defer { indentation -= 2 }
    return try format(value, depth: depth)
  }

  /// Elements, with runs of holes as one entry.
  private mutating func arrayEntries(_ object: ScriptObject, depth: Int) throws(Thrown) -> [String] {
    let length = try realm.length(of: object)
    var entries: [String] = []
    var index = 0
    while index < length, entries.count < options.maximumArrayLength {
      let key = realm.key(index: index)
      if let descriptor = try object.getOwnProperty(key, realm) {
        if descriptor.isAccessor {
          let text = try property(key, of: object, depth: depth)
          entries.append(String(text[(text.lastIndex(of: "[") ?? text.startIndex)...]))
        } else {
          entries.append(try element(descriptor.value ?? .undefined, depth: depth))
        }
        index += 1
        continue
      }
      let next = try nextElement(of: object, after: index, length)
      entries.append("<\(next - index) empty item\(next - index > 1 ? "s" : "")>")
      index = next
    }
    if index < length { entries.append(more(length - index)) }
    return entries
  }

  /// The first index after a hole at which something is; the length where nothing is.
  private func nextElement(of object: ScriptObject, after hole: Int, _ length: Int) throws(Thrown) -> Int {
    var index = hole + 1
    while index < min(length, Int(object.elementCount)) {
      if !object.denseElement(index).isEmpty { return index }
      index += 1
    }
    let sparse = object.rarity?.sparse.keys.map { Int($0) }.filter { $0 >= index }.min()
    return min(sparse ?? length, length)
  }

  private mutating func typedArrayEntries(_ array: TypedArrayObject, depth: Int) throws(Thrown) -> [String] {
    let count = min(array.count, options.maximumArrayLength)
    var entries: [String] = []
    for index in 0..<count { entries.append(try format(array.value(at: index, realm), depth: depth)) }
    if array.count > count { entries.append(more(array.count - count)) }
    return entries
  }

  private enum CollectionShape { case map, set, keys, values, entries }

  private mutating func collectionEntries(
    _ collection: CollectionObject, cursor start: OrderedValueTable.Cursor, count: Int, as shape: CollectionShape, depth: Int
  ) throws(Thrown) -> [String] {
    var cursor = start
    var entries: [String] = []
    var shown = 0
    while shown < options.maximumArrayLength, let (key, value) = collection.table.next(&cursor) {
      shown += 1
      switch shape {
      case .set, .keys: entries.append(try element(key, depth: depth))
      case .values: entries.append(try element(value, depth: depth))
      case .map: entries.append("\(try element(key, depth: depth)) => \(try element(value, depth: depth))")
      case .entries: entries.append("[ \(try element(key, depth: depth)), \(try element(value, depth: depth)) ]")
      }
    }
    if shape == .map || shape == .set, count > shown { entries.append(more(count - shown)) }
    return entries
  }

  private func bufferContents(_ buffer: ArrayBufferObject) -> [String] {
    guard let base = buffer.base else { return ["(detached)"] }
    let count = min(buffer.byteLength, options.maximumArrayLength)
    var bytes = (0..<count).map { index in
      let byte = base.load(fromByteOffset: index, as: UInt8.self)
      return (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined(separator: " ")
    let rest = buffer.byteLength - count
    if rest > 0 { bytes += " ... \(rest) more byte\(rest > 1 ? "s" : "")" }
    return ["[Uint8Contents]: <\(bytes)>"]
  }
}
