import LoadRun
package import LoadStudy

/// The capacity for a pull request or a job's summary, in at most 80 lines.
package enum MarkdownCapacity {
  /// How many rates are told at most; more are counted.
  private static let mostRates = 40
  /// How many goals have a column at most.
  private static let mostGoals = 10

  package static func render(_ capacity: Capacity) -> String {
    let answer = CapacityAnswer(capacity)
    let head = "## \(capacity.exitCode == 0 ? "✅" : "❌") \(answer.word): \(Markdown.prose(answer.subject))"
    return ([head, answer.sentences.map { Markdown.prose($0) }.joined(separator: "<br>\n")] + [rates(capacity)]).joined(separator: "\n\n")
      + "\n"
  }

  private static func rates(_ capacity: Capacity) -> String {
    let rows = capacity.rates.prefix(mostRates).map { rate in
      [Figure.rate(rate.rate), rate.word.text, Figure.seconds(rate.seconds)]
        + rate.goals.prefix(mostGoals).map { Figure.range($0.lower, $0.upper, $0.unit) }
        + [rate.growthText, rate.word == .upper ? Markdown.code(rate.binding ?? "") : ""]
    }
    let head = ["rate", "", "tried for"] + capacity.goals.prefix(mostGoals).map { Markdown.code($0) } + ["backlog", ""]
    let table = Markdown.table(head, left: [1, head.count - 1], rows: rows)
    return table + (capacity.rates.count > mostRates ? "\n\n… and \(capacity.rates.count - mostRates) more, in capacity.json" : "")
  }
}
