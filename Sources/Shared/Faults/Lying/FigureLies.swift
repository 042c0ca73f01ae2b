/// What is known at one reading of the figures, and what is told. A pure value.
public struct FigureLies {
  public var now: FigureBasis
  public var meanServiceTime: Duration
  /// What held so long ago.
  public var past: (Duration) -> FigureBasis
  /// What is told again, by how long it is told; absent where it is read anew.
  public var cached: [Duration: FigureBasis]
  /// What had been counted so long after the first order; absent where that time has not come.
  public var counted: [Duration: Tallies]
  public var times: CompletedTimes

  public init(
    now: FigureBasis, meanServiceTime: Duration, past: @escaping (Duration) -> FigureBasis, cached: [Duration: FigureBasis],
    counted: [Duration: Tallies], times: CompletedTimes
  ) {
    self.now = now
    self.meanServiceTime = meanServiceTime
    self.past = past
    self.cached = cached
    self.counted = counted
    self.times = times
  }

  /// What is told, of each figure that is lied about. Lies about all figures come first, and the others begin from what those tell.
  /// - Parameter index: of the reading, counted from the first order on.
  public func told(_ lies: [Struck<FaultPlan.FigureLie>], reading index: UInt64) -> ToldReading {
    let striking = lies.filter { $0.strikes(index) }
    var basis = now
    var told: ToldFigures = [:]
    for lie in striking where lie.fault.scope == .all {
      guard let changed = changed(basis, by: lie, index) else { continue }
      basis = changed
      for quantity in Dialect.Quantity.allCases { told[quantity] = value(quantity, of: basis).map(ToldFigure.number) ?? .nothing }
    }
    for lie in striking {
      for quantity in Dialect.Quantity.allCases where lie.fault.scope.contains(quantity) {
        let current = told[quantity] ?? value(quantity, of: basis).map(ToldFigure.number) ?? .nothing
        apply(lie.fault.fault, to: quantity, current, basis, &told)
      }
    }
    let drift = striking.reduce(Duration.zero) { sum, lie in
      if case .drift(let more) = lie.fault.fault { sum + more } else { sum }
    }
    return ToldReading(
      figures: told, basis: basis, drift: drift,
      isShifted: striking.contains { $0.fault.scope == .histograms && $0.fault.fault == .shifted },
      requests: ToldRequests(striking.map(\.fault)))
  }

  private func value(_ quantity: Dialect.Quantity, of basis: FigureBasis) -> Double? {
    basis.value(quantity, meanServiceTime: meanServiceTime)
  }

  /// `nil` where the lie changes no basis.
  private func changed(_ basis: FigureBasis, by lie: Struck<FaultPlan.FigureLie>, _ index: UInt64) -> FigureBasis? {
    switch lie.fault.fault {
    case .perProcess(let count): basis.part(lie.draw(index, below: count), of: count)
    case .reset(let time): counted[time].map { basis.since($0) }
    case .stale(let time): past(time)
    case .cached(let time): cached[time]
    default: nil
    }
  }

  private func apply(
    _ fault: FigureFault, to quantity: Dialect.Quantity, _ current: ToldFigure, _ basis: FigureBasis, _ told: inout ToldFigures
  ) {
    func tell(_ number: Double?) {
      told[quantity] = number.map { .number(quantity.isDuration ? $0 : $0.rounded()) } ?? .nothing
    }
    func tell(_ change: (Double) -> Double) { if let number = current.number { tell(change(number)) } }
    func average(_ reckon: (Dialect.Quantity.Span) -> Double?) { if case .average(let span) = quantity { tell(reckon(span)) } }
    switch fault {
    case .offset(let count): tell { max(0, $0 + Double(count)) }
    case .scaled(let percent): tell { $0 * (1 + percent / 100) }
    case .fixed(let number): told[quantity] = .number(number)
    case .never: tell(0)
    case .twice: tell { $0 * 2 }
    case .countedAs(let status):
      guard quantity != .count(status), let number = current.number else { return }
      let others = told[.count(status)]?.number ?? value(.count(status), of: basis) ?? 0
      told[.count(status)] = .number(others + number)
      tell(0)
    case .truncated: tell { $0.rounded(.down) }
    case .rounded: tell { $0.rounded() }
    case .unit(let unit): tell { $0 * unit.perSecond }
    case .span(let other): tell(basis.tallies.average(other))
    case .window(let time): average { basis.average($0, since: past(time).tallies) }
    case .pendingAsZero: average { basis.averageWithOpen($0) }
    case .median: average { times.median($0) }
    case .withoutSlowest(let share): average { times.average($0, without: share) }
    case .stale(let time): tell(value(quantity, of: past(time)))
    case .null: told[quantity] = .null
    case .nan: told[quantity] = .nan
    case .word: told[quantity] = .word
    case .gone: told[quantity] = .gone
    // Of all figures, of sums, of histograms, or of requests: what they change is no single figure.
    case .perProcess, .reset, .cached, .drift, .shifted, .skipped, .milliseconds: break
    }
  }
}
