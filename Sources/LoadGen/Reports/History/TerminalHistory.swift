import LoadRun
package import LoadStudy

/// What is printed of a history: each figure as a line of bars over time, and where it changed.
package enum TerminalHistory {
  /// - Parameter bars: how many bars a line has at most; of more runs, several share one.
  package static func render(_ history: History, colour: Bool, width: Int = 96, bars: Int = 60) -> String {
    let paint = Paint(enabled: colour)
    let name = Legible.line(history.name, limit: 60)
    let span = [history.runs.first, history.runs.last].compactMap { $0.map { Legible.line($0.startedAt, limit: 30) } }
    var lines = [
      "  "
        + paint(
          "\(name.isEmpty ? "runs without a name" : name): \(Figure.count(history.runs.count)) run\(history.runs.count == 1 ? "" : "s")",
          .bold),
      "  " + paint(span.joined(separator: " to "), .dim),
    ]
    for series in history.series {
      let known = series.values.compactMap(\.self)
      guard let low = known.min(), let high = known.max() else { continue }
      lines += [
        "", "  \(paint(Legible.line(series.figure, limit: 40), .bold))  \(Figure.range(low, high, series.unit))",
        "    " + Self.bars(series.values, low, high, most: bars),
      ]
      for change in series.changes {
        lines += sentence(change, series, history).wrapped(width: width, indent: 4).map { paint($0, change.isWorse ? .red : .green) }
      }
      // A change has two runs on either side.
      let words = known.count < 4 ? "too few runs to tell a change from a single one that is off" : "no change that stays"
      if series.changes.isEmpty { lines.append("    " + paint(words, .dim)) }
    }
    if !history.leftOut.isEmpty {
      lines +=
        ["", "  " + paint("Left out", .bold)] + history.leftOut.flatMap { Legible.line($0, limit: 300).wrapped(width: width, indent: 4) }
    }
    return "\n" + lines.joined(separator: "\n") + "\n"
  }

  /// Between which runs it changed, by how much, and how sure that is.
  static func sentence(_ change: History.Change, _ series: History.Series, _ history: History) -> String {
    let (last, first) = (history.runs[change.last], history.runs[change.first])
    let interval = FigureComparison.interval(change.size, change.size, series.scale)
    let size =
      series.scale == .ratio
      ? "×\(FigureComparison.ratio(change.size.estimate ?? .nan))" : "\(FigureComparison.points(change.size.estimate ?? .nan)) pp"
    return "\(change.isWorse ? "worse" : "better") by \(size) (\(interval)), from \(Figure.value(change.before, series.unit)) to "
      + "\(Figure.value(change.after, series.unit)), between \(Legible.line(last.place, limit: 100)) (\(Legible.line(last.startedAt, limit: 30))) "
      + "and \(Legible.line(first.place, limit: 100)) (\(Legible.line(first.startedAt, limit: 30))); "
      + (change.pValue < 1e-6 ? "p < 0.000001" : "p \(Figure.number(change.pValue, digits: 2))")
  }

  /// One bar for each run, or for as many as share one their mean; a blank where there is no value.
  private static func bars(_ values: [Double?], _ low: Double, _ high: Double, most: Int) -> String {
    let levels = Array("▁▂▃▄▅▆▇█")
    let together = (values.count - 1) / max(1, most) + 1
    return String(
      stride(from: 0, to: values.count, by: together).map { begin -> Character in
        let known = values[begin..<min(begin + together, values.count)].compactMap(\.self)
        guard !known.isEmpty else { return " " }
        let mean = known.reduce(0, +) / Double(known.count)
        return levels[high > low ? min(levels.count - 1, max(0, Int((mean - low) / (high - low) * Double(levels.count)))) : 0]
      })
  }
}
