import LoadRun

/// How many rows each table of a report has at most. The rest is said in one more row, with where it is.
struct Fold: Sendable, Equatable {
  let rows: Int

  /// Where everything is that a report leaves out.
  static let elsewhere = "in report.html and summary.json"

  /// A table of the first rows.
  /// - Parameters:
  ///   - items: the most important first.
  ///   - what: what one more of them is called, in the plural.
  ///   - row: the cells of one item, as many as the heading has.
  func table<Item>(_ heading: [String], left: Set<Int> = [0], of items: [Item], _ what: String, row: (Item) -> [String]) -> String {
    var rows = items.prefix(self.rows).map(row)
    if let rest = rest(items.count, what) {
      let place = left.filter { $0 > 0 }.min() ?? 0
      rows.append(heading.indices.map { $0 == place ? rest : "" })
    }
    return Markdown.table(heading, left: left, rows: rows)
  }

  /// The first items in one line, with dots between them.
  func line<Item>(_ items: [Item], _ what: String, most: Int, _ text: (Item) -> String) -> String {
    var parts = items.prefix(most).map(text)
    if items.count > most { parts.append("and \(Figure.count(items.count - most)) more \(what), \(Self.elsewhere)") }
    return parts.joined(separator: " · ")
  }

  /// What is left out of so many; `nil` where nothing is.
  func rest(_ count: Int, _ what: String) -> String? {
    count > rows ? "… and \(Figure.count(count - rows)) more \(what), \(Self.elsewhere)" : nil
  }
}
