import Shared

/// Averages that are not over all completed orders, or no means.
extension CauseSearch {
  /// Averages over the last orders alone, or over all but the slowest, or the median in the place of the mean.
  func ordered() -> [Supposition] { windows() + withoutSlowest() + median() }

  private func median() -> [Supposition] {
    supposingOther(.median, "the median in the place of the mean") { _, durations, window, completed in
      durations.sorted(window, completed: completed).map { least, most in
        Bounds(lower: Double(least[(least.count - 1) / 2]), upper: Double(most[most.count / 2]))
      }
    }
  }

  private func windows() -> [Supposition] {
    let lengths = [0.1, 0.2, 0.5, 1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 300].map { Duration.milliseconds(Int64($0 * 1_000)) }
    let byTime = lengths.flatMap { length in
      supposingOther(.window, "over the latest orders only (about those of the last \(length.text))") { _, durations, window, _ in
        durations.mean(last: length, window)
      }
    }
    let numbers = [5, 10, 20, 25, 50, 100, 200, 250, 500, 1_000, 2_000, 5_000, 10_000]
    return byTime
      + numbers.flatMap { number in
        supposingOther(.window, "over the latest orders only (about \(number) of them)") { all, durations, window, completed in
          guard number < all else { return nil }
          guard completed > number else { return Bounds(lower: 0, upper: nil) }
          return durations.mean(last: number, window)
        }
      }
  }

  private func withoutSlowest() -> [Supposition] {
    [1.0, 2, 5, 10, 20, 25, 50].flatMap { percent in
      supposingOther(.withoutSlowest, "without the slowest \(Int(percent))% of the orders") { _, durations, window, completed in
        durations.sorted(window, completed: completed).map { least, most in
          let left = max(1, completed - Int((Double(completed) * percent / 100).rounded(.up)))
          func mean(_ durations: [Int64]) -> Double { Double(durations.prefix(left).reduce(0, +)) / Double(left) }
          return Bounds(lower: mean(least), upper: mean(most))
        }
      }
    }
  }

  /// Suppositions that each suspected average, and both at once, are something else.
  /// - Parameter bounds: those of what it is supposed to be, in nanoseconds, given how many completed orders there are in all, their
  ///   durations, a reading's window, and how many had completed by then, as the target says. `nil` where it cannot be.
  private func supposingOther(
    _ kind: Cause.Kind, _ words: String,
    _ bounds: (_ all: Int, _ durations: CompletedDurations, _ window: ScrapeWindow, _ completed: Int) -> Bounds<Double>?
  ) -> [Supposition] {
    guard let base = run.scrapes[0].claims[.count(.completed)], base.value == 0 else { return [] }
    return ownAverages.compactMap { figures in
      var checks: [AuditCheck] = []
      for figure in figures {
        guard case .average(let span) = figure.quantity, let durations = CompletedDurations(evidence, span, run.assumptions) else {
          return nil
        }
        let precision = PrintedPrecision(run.scrapes.lazy.compactMap { $0.claims[figure.quantity] })
        var check = AuditCheck(name: figure.name, meaning: words, unit: .seconds)
        for index in readings {
          let scrape = run.scrapes[index]
          guard let completed = scrape.claims[.count(.completed)]?.value, completed >= 1, completed < 1e9 else { continue }
          guard let claim = scrape.claims[figure.quantity] else { return nil }
          guard let bounds = bounds(durations.count, durations, scrape.window, Int(completed)) else { return nil }
          let range = precision.range(of: claim, figure.printing)
          let (lower, upper) = (bounds.lower / 1e9, bounds.upper.map { $0 / 1e9 })
          // Most are wrong: their first reading that cannot be ends it.
          if range.upperBound < lower || upper.map({ range.lowerBound > $0 }) ?? false { return nil }
          check.add(
            AuditCheck.Sample(at: scrape.window.received, claim: claim, range: range, bounds: Bounds(lower: lower, upper: upper)))
        }
        checks.append(check)
      }
      return Supposition(
        cause: Cause(kind: kind, figures: Self.names(figures), words: "\(Self.list(figures)) \(figures.isOrAre) \(words)"),
        runs: [run.without(figures)], checks: checks, broken: self.checks(of: figures))
    }
  }
}
