// console.table: rows and columns in a frame of box-drawing characters.

extension Realm {
  /// The table of an object's members. `columns` may name the ones to show.
  func table(_ data: Value, columns: Value) throws(Thrown) -> String {
    guard let object = data.asObject else { return try inspect(data) }
    var wanted: [PropertyKey]?
    if let list = columns.asObject {
      var keys: [PropertyKey] = []
      for index in 0..<min(try length(of: list), 1000) { keys.append(try toPropertyKey(try get(columns, key(index: index)))) }
      wanted = keys
    }
    var content = TableContent(realm: self, wanted: wanted)
    switch object.kind {
    case .map, .set:
      let collection = unsafeDowncast(object, to: CollectionObject.self)
      var cursor = collection.table.start
      var index = 0
      content.indexTitle = "(iteration index)"
      content.hasKeys = object.kind == .map
      while index < 10_000, let (key, value) = collection.table.next(&cursor) {
        try content.addRow(String(index), key: object.kind == .map ? key : nil, value)
        index += 1
      }
    default:
      for key in try object.ownKeys(self).prefix(10_000) where !key.isSymbol {
        guard let descriptor = try object.getOwnProperty(key, self), descriptor.isEnumerable == true else { continue }
        try content.addRow(describe(key), key: nil, descriptor.value ?? .undefined)
      }
    }
    return content.text
  }
}

/// The cells of a table.
private struct TableContent {
  let realm: Realm
  let wanted: [PropertyKey]?
  var indexTitle = "(index)"
  var hasKeys = false
  private var columns: [PropertyKey] = []
  private var rows: [(index: String, key: String, cells: [PropertyKey: String], value: String?)] = []
  private var hasValues = false

  init(realm: Realm, wanted: [PropertyKey]?) {
    self.realm = realm
    self.wanted = wanted
    columns = wanted ?? []
  }

  private func cell(_ value: Value) throws(Thrown) -> String {
    var options = InspectionOptions()
    // Small objects are opened, and arrays, which show no more than three elements.
    if let object = value.asObject, object.kind != .array, try object.ownKeys(realm).lazy.filter({ !$0.isSymbol }).count > 2 {
      options.depth = -1
    } else {
      options.depth = 0
    }
    options.maximumArrayLength = 3
    options.breakLength = Int.max / 2
    return try realm.inspect(value, options: options)
  }

  mutating func addRow(_ index: String, key: Value?, _ value: Value) throws(Thrown) {
    var cells: [PropertyKey: String] = [:]
    var plain: String?
    if let object = value.asObject, key == nil {
      let members: [PropertyKey]
      if let wanted { members = wanted } else { members = try object.ownKeys(realm) }
      for member in members where !member.isSymbol {
        guard let descriptor = try object.getOwnProperty(member, realm), descriptor.isEnumerable == true else { continue }
        if wanted == nil, !columns.contains(member) {
          guard columns.count < 200 else { continue }
          columns.append(member)
        }
        cells[member] = try cell(descriptor.value ?? .undefined)
      }
    } else {
      plain = try cell(value)
      hasValues = true
    }
    rows.append((index, try key.map { value throws(Thrown) in try cell(value) } ?? "", cells, plain))
    try realm.safePoint()
  }

  var text: String {
    var titles = [indexTitle]
    if hasKeys { titles.append("Key") }
    titles += columns.map { realm.describe($0) }
    if hasValues { titles.append("Values") }
    let lines = rows.map { row in
      [row.index] + (hasKeys ? [row.key] : []) + columns.map { row.cells[$0] ?? "" } + (hasValues ? [row.value ?? ""] : [])
    }
    let widths = titles.indices.map { column in
      2 + ([titles] + lines).reduce(0) { max($0, Inspector.width($1[column])) }
    }
    func rule(_ left: String, _ middle: String, _ right: String) -> String {
      left + widths.map { String(repeating: "─", count: $0) }.joined(separator: middle) + right
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).map { cell, width in
        " " + cell + String(repeating: " ", count: width - 1 - Inspector.width(cell))
      }
      return "│" + padded.joined(separator: "│") + "│"
    }
    return ([rule("┌", "┬", "┐"), line(titles), rule("├", "┼", "┤")] + lines.map(line) + [rule("└", "┴", "┘")])
      .joined(separator: "\n")
  }
}
