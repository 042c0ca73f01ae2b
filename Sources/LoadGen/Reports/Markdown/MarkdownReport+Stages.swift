import LoadRun

extension MarkdownReport {
  /// A table with a row for each stage of the load; empty where it has none.
  static func stages(_ summary: Summary) -> String {
    guard !summary.stages.isEmpty else { return "" }
    let rows = summary.stages.map { stage in
      stage.cells.enumerated().map { $0.offset == 1 ? Markdown.code($0.element) : Markdown.prose($0.element) }
    }
    return "### Stages\n\n" + Markdown.table(Summary.Stage.columns, left: [0, 1], rows: rows)
      + "\n\n" + Markdown.prose(Summary.Stage.meaning)
  }
}
