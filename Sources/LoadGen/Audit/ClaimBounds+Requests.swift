import Shared

/// Checks of what a target says of the requests that it has answered (docs/measurement.md, "Prometheus text").
extension ClaimBounds {
  func requestChecks(_ figures: Dialect.RequestFigures) -> [AuditCheck] {
    guard let requests else { return [] }
    var checks: [AuditCheck] = []
    if let counter = figures.counter {
      let family = RequestFamily(counter.name, figures, requests, scrapes) { $0.counter }
      for group in family.groups { checks.append(countCheck(group, family, requests)) }
    }
    if let histogram = figures.histogram {
      let family = RequestFamily(histogram.name, figures, requests, scrapes) { $0.histogram }
      for group in family.groups {
        checks.append(durationCheck(group, family, requests))
        if let sum = sumCheck(group, family, requests) { checks.append(sum) }
      }
    }
    return checks
  }

  /// Compares how many requests were counted of each status with those that must and may have been.
  private func countCheck(_ group: RequestFamily.Group, _ family: RequestFamily, _ requests: RequestTallies) -> AuditCheck {
    var check = emptyCheck(group, family, "requests by the status of their answer")
    guard isCheckable(group, &check, family) else { return check }
    forEachStatus(group, family, requests) { status, ours in
      addCounts(
        group, family, ours: ours, "\(family.name)\(group.labels(status))", to: &check, surely: { $0.counts.lower },
        of: { family.count($0, group, status).flatMap { Claim(sum: $0) } })
    }
    return check
  }

  /// Compares how many requests are in each bucket, and in all of a histogram, with those that must and may be.
  private func durationCheck(_ group: RequestFamily.Group, _ family: RequestFamily, _ requests: RequestTallies) -> AuditCheck {
    var check = emptyCheck(group, family, "requests that took at most each limit")
    guard isCheckable(group, &check, family) else { return check }
    forEachStatus(group, family, requests) { status, ours in
      addCounts(
        group, family, ours: ours, "\(family.name)_count\(group.labels(status))", to: &check, surely: { $0.counts.lower },
        of: { family.count($0, group, status).flatMap { Claim(sum: $0) } })
      for limit in family.limits(group, status) {
        addCounts(
          group, family, ours: ours, "\(family.name)_bucket\(group.labels(status, limit: limit.text))", to: &check,
          surely: { tally in
            family.figures.endsWithAnswer ? tally.spread.counts { longest($0) <= limit.seconds } : DifferenceArray()
          },
          of: { family.bucket($0, group, status, limit.seconds).flatMap { Claim(sum: $0) } })
      }
    }
    return check
  }

  /// Compares the sum of all durations of requests with the time from their sending to their answers. `nil` where a duration may go on after
  /// that.
  private func sumCheck(_ group: RequestFamily.Group, _ family: RequestFamily, _ requests: RequestTallies) -> AuditCheck? {
    guard family.figures.endsWithAnswer else { return nil }
    var check = sumCheck(group, family, requests, dividedBy: 1)
    if check.verdict == .contradicted {
      check.explanation = "Where durations are rounded up, or their clock is coarse, say so under assumptions.granularity"
      // Anything small enough would be right.
      let isFarOff = check.outside.contains { sample in
        sample.bounds.upper.map { sample.value - sample.bounds.lower > 5 * ($0 - sample.bounds.lower) } ?? false
      }
      for (parts, unit) in [(1e3, "milliseconds"), (1e6, "microseconds"), (1e9, "nanoseconds")]
      where isFarOff && sumCheck(group, family, requests, dividedBy: parts).verdict == .consistent {
        check.explanation = "Told in \(unit) it would be right"
        break
      }
    }
    return check
  }

  /// - Parameter parts: how many of what is told make a second, where the dialect says that it is told in seconds.
  private func sumCheck(
    _ group: RequestFamily.Group, _ family: RequestFamily, _ requests: RequestTallies, dividedBy parts: Double
  ) -> AuditCheck {
    var check = AuditCheck(
      name: "\(group.words) sum: \(family.name)", meaning: "no longer than from sending to answer, all together", unit: .seconds)
    check.source = .series
    guard isCheckable(group, &check, family), let first = base?.index else { return check }
    let restarted = restarts.ofProcess()
    forEachStatus(group, family, requests) { status, ours in
      let sums = longest(ours)
      guard let start = family.sum(first, group, status) else { return }
      for index in scrapes.indices where index > first && restarted[index] == nil {
        guard let sum = family.sum(index, group, status) else { continue }
        let most = self.longest(sums[index], of: family.count(index, group, status) ?? 0)
        let isKnown = !group.isShared && exclusivity != .denied
        // Each of the two was printed with some loss.
        let (told, before, loss) = (sum.value / parts, start.value / parts, max(sum.value.ulp, start.value.ulp) * 64)
        check.add(
          AuditCheck.Sample(
            at: scrapes[index].window.received, claim: sum, range: told - loss...told + loss,
            bounds: Bounds(lower: isAfterBase(index) ? before : 0, upper: isKnown ? before + most : nil),
            aboveIsUnexplained: exclusivity == .inferred, subject: "\(family.name)_sum\(group.labels(status))"))
      }
    }
    if check.resolution == nil { check.unboundedBecause = group.unbounded(exclusivity) }
    return check
  }

  /// - Parameters:
  ///   - surely: of how many requests it is sure that they were counted there.
  ///   - claim: what a reading says, by its index; `nil` where it says nothing.
  private func addCounts(
    _ group: RequestFamily.Group, _ family: RequestFamily, ours: [Ours], _ subject: String, to check: inout AuditCheck,
    surely: (RequestTallies.Tally) -> DifferenceArray<Int>, of claim: (Int) -> Claim?
  ) {
    guard let first = base?.index, let start = claim(first) else { return }
    var (lower, upper) = (DifferenceArray<Int>(), DifferenceArray<Int>())
    for own in ours {
      if own.areSure { lower.merge(surely(own.tally)) }
      upper.merge(own.tally.counts.upper)
    }
    let bounds = zip(lower.values(count: scrapes.count), upper.values(count: scrapes.count)).map { Bounds<Int>(lower: $0, upper: $1) }
    let restarted = restarts.ofProcess()
    for index in scrapes.indices where index > first {
      let before = restarted[index].map { self.before($0, bounds) } ?? ClaimBase.remainder(start.orders, bounds[first])
      let lower = self.lower(before, bounds[index], at: index)
      guard let claim = claim(index) else {
        if scrapes[index].claims.isUnreadable, lower > 0 {
          check.add(
            AuditCheck.Vanished(at: scrapes[index].window.received, found: .noDocument, reason: "\(lower) requests must have been counted"))
        }
        continue
      }
      let isBounded = !group.isShared && exclusivity != .denied
      check.add(
        AuditCheck.Sample(
          at: scrapes[index].window.received, claim: claim,
          bounds: Bounds(
            lower: lower,
            upper: isBounded ? max(0, before.upperBound) + Claim.Orders(bounds[index].upper ?? 0) : nil),
          aboveIsUnexplained: exclusivity == .inferred, subject: subject))
    }
    if check.resolution == nil { check.unboundedBecause = group.unbounded(exclusivity) }
  }

  private func emptyCheck(_ group: RequestFamily.Group, _ family: RequestFamily, _ meaning: String) -> AuditCheck {
    var check = AuditCheck(name: "\(group.words): \(family.name)", meaning: meaning, unit: .requests)
    check.source = .series
    return check
  }

  /// Whether anything can be said about a group; if not, the check says why.
  private func isCheckable(_ group: RequestFamily.Group, _ check: inout AuditCheck, _ family: RequestFamily) -> Bool {
    check.vacuity = group.vacuity ?? (base == nil ? "what \(family.name) was before the first order is not known" : nil)
    return check.vacuity == nil
  }

  /// Some of our own requests that count for a status.
  private struct Ours {
    let tally: RequestTallies.Tally
    /// Whether the server surely counts what it answers to them: others may answer in its place, or it may leave their route out.
    let areSure: Bool
  }

  /// Hands over each status that the series of a group tell, with our own requests that count for it.
  private func forEachStatus(
    _ group: RequestFamily.Group, _ family: RequestFamily, _ requests: RequestTallies,
    _ body: (RequestFamily.Statuses, [Ours]) -> Void
  ) {
    let own = requests.tallies.filter { group.places & 1 << RequestRoutes.Subset($0.key.route) != 0 }
    for statuses in family.statuses(group, own.keys.map(\.code)) {
      let ours = own.filter { $0.key.code == 0 || statuses.has($0.key.code) }.map { key, tally in
        Ours(tally: tally, areSure: !RequestFamily.codesOfOthers.contains(key.code) && group.surelyHas(key.route))
      }
      body(statuses, ours)
    }
  }

  /// How long all requests may have taken that each reading may count, in nanoseconds: one that was never answered, up to that reading.
  private func longest(_ ours: [Ours]) -> [Int128] {
    var (answered, unanswered, sent) = (DifferenceArray<Int128>(), DifferenceArray<Int>(), DifferenceArray<Int128>())
    for tally in ours.map(\.tally) {
      answered.merge(tally.longest)
      unanswered.merge(tally.unanswered)
      sent.merge(tally.unansweredSent)
    }
    let (sums, counts) = (answered.values(count: scrapes.count), unanswered.values(count: scrapes.count))
    return sent.values(count: scrapes.count).enumerated().map { index, sent in
      sums[index] + Int128(counts[index]) * Int128(scrapes[index].window.received.nanoseconds) - sent
    }
  }

  /// How long a duration that we measured may be by the server's clock, in seconds.
  private func longest(_ nanoseconds: Int64) -> Double {
    Double(nanoseconds) / 1e9 * (1 + assumptions.clockRate) + assumptions.granularity.seconds
  }

  private func longest(_ sum: Int128, of count: Claim.Orders) -> Double {
    Double(sum) / 1e9 * (1 + assumptions.clockRate) + assumptions.granularity.seconds * max(0, count.double)
  }
}
