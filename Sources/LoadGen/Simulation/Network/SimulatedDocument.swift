import Shared

/// A JSON document made from values at paths, as a server would write it.
struct SimulatedDocument {
  private indirect enum Node {
    /// A value as JSON text.
    case raw(String)
    case object([(key: String, value: Node)])
  }

  private var root = Node.object([])

  /// - Parameter raw: the value as JSON text.
  mutating func set(_ path: FieldPath, _ raw: String) { Self.set(&root, path.keys[...], raw) }

  mutating func set(_ path: FieldPath, string: String) { set(path, Self.quoted(string)) }

  /// A figure's number, all of it at the first of its places.
  mutating func set(_ figure: Dialect.Figure, _ raw: String) {
    set(figure.field, raw)
    for addend in figure.addends { set(addend, "0") }
  }

  private static func set(_ node: inout Node, _ keys: ArraySlice<String>, _ raw: String) {
    guard let key = keys.first else { return node = .raw(raw) }
    var members: [(key: String, value: Node)] = []
    if case .object(let present) = node { members = present }
    let place = members.firstIndex { $0.key == key } ?? members.count
    if place == members.count { members.append((key, .object([]))) }
    set(&members[place].value, keys.dropFirst(), raw)
    node = .object(members)
  }

  var text: String { Self.text(root) }

  private static func text(_ node: Node) -> String {
    switch node {
    case .raw(let text): text
    case .object(let members): "{" + members.map { "\(quoted($0.key)): \(text($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  private static func quoted(_ text: String) -> String { "\"\(JSONEscape.text(text))\"" }
}
