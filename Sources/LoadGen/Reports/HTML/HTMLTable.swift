/// A table whose first column names the rows.
struct HTMLTable: Sendable {
  struct Column: Sendable {
    let title: String
    let isNumber: Bool

    static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
    static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
  }

  let columns: [Column]
  var rows: [Row] = []

  struct Row: Sendable {
    /// As many as there are columns.
    let cells: [Markup]
    var style = ""
  }

  var markup: Markup {
    let head = columns.map { column -> Markup in
      "<th scope=\"col\"\(column.isNumber ? " class=\"number\"" : Markup.empty)>\(column.title)</th>"
    }
    let body = rows.map { row -> Markup in
      let cells = zip(columns, row.cells).enumerated().map { offset, cell -> Markup in
        let style: Markup = cell.0.isNumber ? " class=\"number\"" : .empty
        return offset == 0 ? "<th scope=\"row\"\(style)>\(cell.1)</th>" : "<td\(style)>\(cell.1)</td>"
      }
      return "<tr class=\"\(row.style)\">\(cells)</tr>\n"
    }
    return "<div class=\"scroll\"><table>\n<thead><tr>\(head)</tr></thead>\n<tbody>\n\(body)</tbody>\n</table></div>\n"
  }
}
