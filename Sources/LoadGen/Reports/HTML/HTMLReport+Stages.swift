import LoadRun

extension HTMLReport {
  /// A table with a row for each stage of the load; empty where it has none.
  static func stages(_ summary: Summary) -> Markup {
    guard !summary.stages.isEmpty else { return .empty }
    var table = HTMLTable(
      columns: Summary.Stage.columns.enumerated().map { $0.offset < 2 ? .text($0.element) : .number($0.element) })
    for stage in summary.stages {
      table.rows.append(
        HTMLTable.Row(cells: stage.cells.enumerated().map { $0.offset == 1 ? "<code>\($0.element)</code>" : "\($0.element)" }))
    }
    return HTMLPage.section("Stage by stage", "\(table.markup)<p class=\"quiet\">\(Summary.Stage.meaning)</p>\n")
  }
}
