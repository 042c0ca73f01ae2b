import LoadStudy

/// The percentiles of each duration beside each other: where in the distribution it became slower.
struct ShiftTable {
  /// A duration, and for each of `ComparedFigure.percentiles` how it changed.
  struct Row {
    let duration: String
    let cells: [FigureComparison?]
  }

  /// Those durations that both sides have.
  let rows: [Row]

  init(_ comparison: Comparison) {
    let byName = Dictionary(comparison.figures.map { ($0.figure, $0) }, uniquingKeysWith: { first, _ in first })
    rows = ComparedFigure.durations.compactMap { duration in
      let cells = ComparedFigure.percentiles.map { byName["\(duration).p(\($0))"] }
      return cells.contains { $0 != nil } ? Row(duration: duration, cells: cells) : nil
    }
  }
}
