import LoadRun

extension MarkdownReport {
  /// A table with a row for each stage of the load; empty where it has none.
  static func stages(_ summary: Summary, _ fold: Fold) -> String {
    guard !summary.stages.isEmpty else { return "" }
    let table = fold.table(Summary.Stage.columns, left: [0, 1], of: summary.stages, "stages") { stage in
      stage.cells.enumerated().map { $0.offset == 1 ? Markdown.code($0.element) : Markdown.prose($0.element) }
    }
    return table + "\n\n" + Markdown.prose(Summary.Stage.meaning)
  }
}
