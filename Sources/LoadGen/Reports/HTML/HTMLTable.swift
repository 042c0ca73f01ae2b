import LoadRun

/// A table whose first column names the rows. On a narrow screen each row becomes a block, in which every cell names its column.
struct HTMLTable: Sendable {
  /// The heading of a column, and how its cells are set.
  struct Column: Sendable {
    let title: String
    let kind: Kind
    /// What stands in the table's head instead of the title.
    private var heading: Markup?

    enum Kind: Sendable {
      case text, number, long, drawn
    }

    private init(_ title: String, _ kind: Kind, heading: Markup? = nil) { (self.title, self.kind, self.heading) = (title, kind, heading) }

    static func text(_ title: String) -> Column { Column(title, .text) }
    static func number(_ title: String) -> Column { Column(title, .number) }
    /// Text of any length, which gets a line of its own where space is short.
    static func long(_ title: String) -> Column { Column(title, .long) }
    /// Drawings of one axis, which is drawn as `heading`.
    static func drawn(_ title: String, heading: Markup) -> Column { Column(title, .drawn, heading: heading) }

    fileprivate var head: Markup { heading ?? "\(title)" }

    fileprivate var style: Markup {
      switch kind {
      case .text: .empty
      case .number: " class=\"number\""
      case .long: " class=\"long\""
      case .drawn: " class=\"drawn\""
      }
    }
  }

  let columns: [Column]
  /// A style class, in addition to that of all tables.
  var style = ""
  var rows: [Row] = []

  /// One row, and its style class.
  struct Row: Sendable {
    /// As many as there are columns.
    let cells: [Markup]
    var style = ""
  }

  var markup: Markup {
    let head = columns.map { column -> Markup in "<th scope=\"col\"\(column.style)>\(column.head)</th>" }
    let body = rows.map { row -> Markup in
      let cells = zip(columns, row.cells).enumerated().map { offset, cell -> Markup in
        let (column, content) = cell
        return offset == 0
          ? "<th scope=\"row\"\(column.style)>\(content)</th>" : "<td\(column.style) data-label=\"\(column.title)\">\(content)</td>"
      }
      return "<tr class=\"\(row.style)\">\(cells)</tr>\n"
    }
    return
      "<div class=\"scroll\"><table class=\"rows \(style)\">\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)</tbody>\n</table></div>\n"
  }
}
