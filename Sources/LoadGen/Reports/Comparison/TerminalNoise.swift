import LoadRun
package import LoadStudy

/// What is printed of how much equal runs differ: which margin a comparison on this machine can hold.
package enum TerminalNoise {
  package static func render(_ noise: MachineNoise, colour: Bool, width: Int = 96) -> String {
    let paint = Paint(enabled: colour)
    var table = TextTable([.left, .right, .right] + MachineNoise.lengths.map { _ in .right })
    table.add(["", "pairs' spread", "called different"] + MachineNoise.lengths.map { "margin of \($0)" })
    for figure in noise.figures {
      func size(_ value: Double?) -> String {
        guard let value else { return "–" }
        return figure.scale == .ratio ? Figure.share(value) : "\(FigureComparison.points(value, signed: false)) pp"
      }
      table.add(
        [Legible.line(figure.figure, limit: 40), size(figure.deviation), "\(figure.different) of \(figure.comparisons)"]
          + figure.margins.map { size($0.margin) })
    }
    let lines = table.lines(indent: 4)
    let words =
      "Called different: comparisons of \(MachineNoise.pairsEach) of these pairs each, at 95 % and without a margin; one in twenty is to be "
      + "expected. Margin of n: with n pairs, equal programs are found equivalent within it in 95 of 100 comparisons here, all gates together; a "
      + "smaller one will often be undecided."
    return "\n  " + paint("\(Figure.count(noise.pairs)) pairs of equal runs", .bold) + "\n\n" + paint(lines[0], .dim) + "\n"
      + lines.dropFirst().joined(separator: "\n") + "\n\n"
      + words.wrapped(width: width, indent: 2).map { paint($0, .dim) }.joined(separator: "\n")
      + "\n"
  }
}
