import LoadRun

extension TerminalReport {
  /// A row for each stage of the load; empty where it has none. The column of orders due is left to the wider reports.
  static func stages(_ summary: Summary, _ paint: Paint, _ width: Int) -> [String] {
    guard !summary.stages.isEmpty else { return [] }
    func narrow(_ cells: [String]) -> [String] { [cells[0], Legible.line(cells[1], limit: 24)] + cells[3...] }
    var table = TextTable([.right, .left] + Array(repeating: .right, count: Summary.Stage.columns.count - 3))
    table.add(narrow([""] + Summary.Stage.columns.dropFirst()))
    for stage in summary.stages {
      var cells = narrow(stage.cells)
      if stage.errors > 0, let last = cells.popLast() { cells.append(paint(last, .red)) }
      table.add(cells)
    }
    return [title("Stages", paint)] + table.lines(indent: 4).enumerated().map { $0.offset == 0 ? paint($0.element, .dim) : $0.element }
      + Summary.Stage.meaning.wrapped(width: width, indent: 4).map { paint($0, .dim) }
  }
}
