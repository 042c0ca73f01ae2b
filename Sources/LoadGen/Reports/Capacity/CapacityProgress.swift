import LoadRun
package import LoadStudy

/// What is said after each trial of a search: what came of it, and between which rates the answer lies.
package struct CapacityProgress {
  package let text: String

  package init(_ search: CapacitySearch, _ trial: CapacitySearch.Trial) {
    let book = search.rates.first { $0.rate == trial.rate }
    let word: String =
      switch book?.word {
      case .lower: "held"
      case .upper: "broken (\(Legible.line(book?.binding ?? "", limit: 60)))"
      case .undecided: "not sure yet"
      case nil: "not valid"
      }
    let known: String =
      switch (search.lower?.rate, search.upper?.rate) {
      case (let lower?, let upper?): "; the answer lies between \(Figure.rate(lower)) and \(Figure.rate(upper))"
      case (let lower?, nil): "; at least \(Figure.rate(lower))"
      case (nil, let upper?): "; less than \(Figure.rate(upper))"
      case (nil, nil): ""
      }
    text = "trial \(trial.number), \(Figure.rate(trial.rate)) for \(Figure.seconds(trial.seconds)): \(word)\(known)"
  }
}
