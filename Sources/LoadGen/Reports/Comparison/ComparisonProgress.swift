package import LoadStudy
import LoadRun

/// A line after each pair: what is decided, and how far the rest is from it.
package struct ComparisonProgress: Sendable {
  package let text: String

  package init(_ comparison: Comparison, pairs: Int, length: ABCourse.Length) {
    let most =
      switch length {
      case .pairs(let count): "of \(Figure.count(count))"
      case .untilDecided(let most): "of at most \(Figure.count(most))"
      }
    let gates = comparison.gates.map { gate in
      let name = Legible.line(gate.figure, limit: 40)
      guard gate.verdict == .undecided else { return "\(name) \(gate.verdict.rawValue) \(gate.changeText)" }
      let more = gate.morePairs.map { ", about \(Figure.count($0)) more" } ?? ""
      return "\(name) \(gate.changeText)\(gate.intervalText == "–" ? "" : " (\(gate.intervalText))")\(more)"
    }
    text = "pair \(Figure.count(pairs)) \(most): \(gates.joined(separator: " · "))"
  }
}
