import Shared

/// A JSON document made from values at paths, or Prometheus text made from figures, as a server would write it.
struct SimulatedDocument {
  private indirect enum Node {
    /// A value as JSON text.
    case raw(String)
    case object([(key: String, value: Node)])
  }

  private var root = Node.object([])
  /// Of Prometheus text.
  private var lines: [String] = []

  /// - Parameter raw: the value as JSON text.
  mutating func set(_ path: FieldPath, _ raw: String) { Self.set(&root, path.keys[...], raw) }

  mutating func set(_ path: FieldPath, string: String) { set(path, Self.quoted(string)) }

  /// A figure's number, all of it at the first of its places.
  mutating func set(_ figure: Dialect.Figure, _ raw: String) {
    guard figure.series.isEmpty else { return set(series: figure, raw) }
    set(figure.field, raw)
    for addend in figure.addends { set(addend, "0") }
  }

  /// A line of Prometheus text for each of a figure's places. A histogram's mean is written as the sum of one order's time.
  private mutating func set(series figure: Dialect.Figure, _ raw: String) {
    let isMean = if case .average = figure.quantity { figure.isOfHistogram } else { false }
    for (place, series) in figure.series.enumerated() {
      let matchers = series.matchers.filter { !$0.isNegated }.map { matcher in
        Dialect.SeriesSelector.Matcher(matcher.label, .text(matcher.pattern.example))
      }
      lines.append("\(Dialect.SeriesSelector(series.name, matchers)) \(place == 0 ? raw : isMean ? "1" : "0")\n")
    }
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

  /// Prometheus text, where a figure of such was set; otherwise JSON.
  var text: String { lines.isEmpty ? Self.text(root) : lines.joined() }

  private static func text(_ node: Node) -> String {
    switch node {
    case .raw(let text): text
    case .object(let members): "{" + members.map { "\(quoted($0.key)): \(text($0.value))" }.joined(separator: ", ") + "}"
    }
  }

  private static func quoted(_ text: String) -> String { "\"\(JSONEscape.text(text))\"" }
}

extension Dialect.LabelPattern {
  /// A value that it matches.
  fileprivate var example: String {
    guard case .choice(let choices) = self else { return description }
    return String(
      decoding: (choices.first ?? []).compactMap { part -> UInt8? in
        switch part {
        case .byte(let byte): byte
        case .anyCharacter: UInt8(ascii: "0")
        case .anything: nil
        }
      }, as: UTF8.self)
  }
}
