import LoadRun
import LoadStudy
import Shared

extension HTMLCapacity {
  /// What all trials at a rate say of it, by rising rate.
  static func rates(_ capacity: Capacity) -> Markup {
    guard !capacity.rates.isEmpty else { return .empty }
    var table = HTMLTable(
      columns: [.text("rate"), .text("is"), .number("trials"), .number("tried for")] + goalColumns(capacity)
        + [.number("backlog"), .long("what stands against it")], style: "capacity")
    for rate in capacity.rates.prefix(mostRows) {
      let told: [Markup] = [
        "\(mark(rate.word)) \(Figure.rate(rate.rate))", "<span class=\"\(rate.word.style)\">\(rate.word.text)</span>",
        "\(Figure.count(rate.trials))", "\(Figure.seconds(rate.seconds))",
      ]
      table.rows.append(HTMLTable.Row(cells: told + goalCells(rate.goals, capacity) + ["\(rate.growthText)", against(rate)]))
    }
    return HTMLPage.section("Rates", "\(table.markup)\(more(capacity.rates.count, "rates"))")
  }

  /// The runs that were made, each with its own report.
  static func trials(_ capacity: Capacity) -> Markup {
    guard !capacity.trials.isEmpty else { return .empty }
    var table = HTMLTable(
      columns: [.text("trial"), .number("rate"), .number("load")] + goalColumns(capacity)
        + [.number("backlog"), .text("by itself"), .text("seed"), .long("note")], style: "capacity")
    for trial in capacity.trials.prefix(mostRows) {
      // The place is where it was written; the page and the trials are moved together.
      let name: Markup =
        trial.place == nil ? "\(trial.number)" : "<a href=\"trials/\(trial.number)/report.html\">\(trial.number), its report</a>"
      table.rows.append(
        HTMLTable.Row(
          cells: [name, "\(Figure.rate(trial.rate))", "\(Figure.seconds(trial.seconds))"]
            + goalCells(trial.goals, capacity)
            + [
              "\(Capacity.growthText(trial.growth))", "\(trial.verdict.rawValue)",
              "<bdi>\(Legible.line(trial.seed, limit: 40))</bdi>", "\(note(trial))",
            ]))
    }
    return HTMLPage.section("Trials", "\(table.markup)\(more(capacity.trials.count, "trials"))")
  }

  /// What is out of the ordinary about a trial; empty where nothing is.
  private static func note(_ trial: Capacity.Trial) -> String {
    [
      trial.descendsFrom.map { "came down from \(Figure.rate($0))" },
      trial.isWarmingUp
        ? "still warming up: it counts for nothing" : trial.warmUp > 0 ? "warm-up \(Figure.seconds(trial.warmUp)) longer" : nil,
    ].compactMap(\.self).joined(separator: "; ")
  }

  private static func goalColumns(_ capacity: Capacity) -> [HTMLTable.Column] {
    capacity.goals.prefix(mostGoals).map { .number(Legible.line($0, limit: 60)) }
  }

  /// As many cells as there are columns of goals, whatever is known of each.
  private static func goalCells(_ goals: [Capacity.Goal], _ capacity: Capacity) -> [Markup] {
    capacity.goals.prefix(mostGoals).map { expression in
      guard let goal = goals.named(expression) else { return "–" }
      return "\(mark(goal.word)) \(HTMLPage.ranged(Figure.range(goal.lower, goal.upper, goal.unit)))"
    }
  }

  /// What is broken, or not yet sure.
  private static func against(_ rate: Capacity.Rate) -> Markup {
    guard rate.word != .lower, let binding = rate.binding else { return .empty }
    let certainty = rate.goals.named(binding)?.certainty.map { Legible.line($0.words, limit: 300) } ?? ""
    let how: Markup = certainty.isEmpty ? .empty : "<span class=\"below quiet\">\(certainty)</span>"
    return binding.hasSameBytes(as: CapacityGoal.backlog)
      ? "orders pile up" : "<code><bdi>\(Legible.line(binding, limit: 80))</bdi></code>\(how)"
  }

  private static func more(_ count: Int, _ what: String) -> Markup {
    count > mostRows ? "<p class=\"quiet\">… and \(Figure.count(count - mostRows)) more \(what), in capacity.json.</p>\n" : .empty
  }

  private static func mark(_ word: RateBook.Word) -> Markup {
    let sign =
      switch word {
      case .lower: "✓"
      case .upper: "✗"
      case .undecided: "?"
      }
    return "<span class=\"mark \(word.style)\" role=\"img\" aria-label=\"\(word.text)\">\(sign)</span>"
  }
}

extension RateBook.Word {
  /// The style class of what is drawn or written of it.
  var style: String {
    switch self {
    case .lower: "good"
    case .upper: "bad"
    case .undecided: "warn"
    }
  }
}
