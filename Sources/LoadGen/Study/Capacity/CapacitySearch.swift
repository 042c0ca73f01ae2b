package import LoadRun
import Shared

/// The highest rate at which all goals hold: what was found of trials in, the next trial or the answer out.
///
/// **Method:** the rate is doubled until it is broken, and the gap between the greatest rate that is held and the least above it that is broken is
/// halved (in logarithms) until it is as narrow as asked. A rate that is neither is tried for longer, and then left as undecided between
/// its neighbours. Both ends of the answer are tried once more. The bookkeeping is RFC 9971's (MLRsearch): trials at a rate add up, and the answer
/// is the greatest held rate below the least broken one, so that a target that holds more than it holds less is not believed.
///
/// **Assumed:** a trial is of the target as it is for good: what warms up has done so after `warmup`. The chance of misjudging any rate at any of
/// its trials is below `alpha`: of it the j-th rate has 6 ÷ (π j)², and of that its k-th trial 6 ÷ (π k)².
package struct CapacitySearch: Sendable {
  package struct Settings: Sendable {
    package var goals: [CapacityGoal]
    /// Orders per second.
    package var from = 10.0
    package var to = 5_000.0
    /// How far the broken rate may lie above the held one, as a fraction of it.
    package var width = 0.05
    /// How long all trials may take together, in seconds.
    package var budget = 600.0
    /// In seconds.
    package var warmup = 5.0
    package var alpha = 0.05

    package init(goals: [CapacityGoal]) { self.goals = goals }
  }

  /// A run to be made: at a constant mean rate, with these many seconds of load after the warm-up.
  package struct Trial: Sendable, Hashable {
    /// Counted from 1.
    package let number: Int
    package let rate: Double
    package let seconds: Double
  }

  /// Why there are no more trials.
  package enum End: String, Codable, Sendable, CaseIterable {
    /// The answer is as narrow as asked.
    case found
    /// The goals break at the lowest rate.
    case brokenAtLowest = "broken_at_lowest"
    /// They hold at the highest.
    case heldAtHighest = "held_at_highest"
    /// There was no time for the next trial.
    case budget
    /// The next rate is one that the load generator could not send.
    case generator
    /// The target could not be loaded any more.
    case target
    case interrupted
  }

  /// So many blocks of a second are the fewest of which it can be told how far orders that follow each other fare alike; some are cut off.
  package static let shortest = 25.0
  /// After so many trials at a rate it is left as undecided.
  private static let mostTrials = 5

  package let settings: Settings
  /// By rising rate.
  package private(set) var rates: [RateBook] = []
  /// In the order in which the rates were first tried.
  private var order: [Double] = []
  package private(set) var spent = 0.0
  private var made = 0
  /// The rates that were tried once more as the answer's ends.
  private var confirmed: Set<Double> = []
  /// Why a trial was not valid.
  package private(set) var obstacle: String?
  private var isInterrupted = false

  package init(_ settings: Settings) { self.settings = settings }

  // MARK: What is known

  /// The least rate that is broken.
  package var upper: RateBook? { rates.first { $0.word == .upper } }

  /// The greatest rate that is held, below the least that is broken.
  package var lower: RateBook? {
    let most = upper?.rate ?? .infinity
    return rates.last { $0.word == .lower && $0.rate < most }
  }

  /// Whether a higher rate is held than one that is broken.
  package var isMonotone: Bool {
    guard let upper else { return true }
    return !rates.contains { $0.word == .lower && $0.rate > upper.rate }
  }

  // MARK: What comes next

  /// The trial to be made; `nil` where there is none, for the reason that `end` has.
  package var next: Trial? {
    guard obstacle == nil, !isInterrupted, let rate = nextRate else { return nil }
    let trial = Trial(number: made + 1, rate: rate, seconds: length(at: rate))
    return spent + settings.warmup + trial.seconds <= settings.budget ? trial : nil
  }

  /// Why there is no next trial; `nil` while there is one.
  package var end: End? {
    if isInterrupted { return .interrupted }
    if obstacle != nil { return .generator }
    guard nextRate == nil else { return next == nil ? .budget : nil }
    if upper?.rate == settings.from { return .brokenAtLowest }
    return upper == nil ? .heldAtHighest : .found
  }

  private var nextRate: Double? {
    guard let first = rates.first else { return settings.from }
    // What is open is tried again, but for what was tried often enough.
    if let open = rates.first(where: isOpen) { return open.rate }
    if first.word == .upper { return nil }
    guard let upper else { return rateAbove }
    if let gap = widestGap(below: upper.rate) { return gap }
    return [lower, upper].compactMap(\.self).first { !confirmed.contains($0.rate) && $0.lengths.count < 2 }?.rate
  }

  private func isOpen(_ book: RateBook) -> Bool {
    book.word == .undecided && book.lengths.count < Self.mostTrials && book.rate < upper?.rate ?? .infinity
      && book.rate > lower?.rate ?? 0
  }

  private var rateAbove: Double? {
    guard let greatest = rates.last, greatest.rate < settings.to else { return nil }
    return min(2 * greatest.rate, settings.to)
  }

  /// The middle of the widest gap between rates that have been tried, from the held to the broken one; `nil` where none is wider than asked.
  private func widestGap(below upper: Double) -> Double? {
    let from = lower?.rate ?? settings.from
    let known = rates.map(\.rate).filter { $0 >= from && $0 <= upper }
    // With an undecided rate in between, each side of it is to be half as wide.
    let isSplit = known.count > 2
    let asked = isSplit ? (1 + settings.width).squareRoot() : 1 + settings.width
    let gap = zip(known, known.dropFirst()).max { $0.1 / $0.0 < $1.1 / $1.0 }
    guard let gap, gap.1 / gap.0 > asked * (1 + 1e-9) else { return nil }
    return (gap.0 * gap.1).squareRoot()
  }

  /// Twice as long as before, or as long as it takes where that is known.
  private func length(at rate: Double) -> Double {
    guard let book = rates.first(where: { $0.rate == rate }), let last = book.lengths.last else { return Self.shortest }
    let needed = book.needed.map { Double($0) / rate * 1.1 } ?? 0
    return min(max(2 * last, needed), 8 * last, max(2 * last, settings.budget / 4))
  }

  // MARK: What was found

  /// Takes what the last `next` found.
  package mutating func add(_ summary: Summary) {
    guard let trial = next else { return }
    made += 1
    spent += summary.run.duration
    if !summary.generator.valid {
      obstacle = summary.generator.reasons.first ?? "the load generator itself may have changed a verdict"
      return
    }
    let place = rates.firstIndex { $0.rate >= trial.rate } ?? rates.count
    if place == rates.count || rates[place].rate != trial.rate {
      rates.insert(RateBook(rate: trial.rate), at: place)
      order.append(trial.rate)
    } else if rates[place].word != .undecided {
      confirmed.insert(trial.rate)
    }
    let number = (order.firstIndex(of: trial.rate) ?? 0) + 1
    rates[place].add(summary, goals: settings.goals, error: error(rate: number, look: rates[place].lengths.count + 1))
  }

  package mutating func interrupt() { isInterrupted = true }

  private func error(rate number: Int, look: Int) -> Double {
    func share(_ index: Int) -> Double { 6 / (Double.pi * Double.pi * Double(index * index)) }
    return settings.alpha * share(number) * share(look)
  }
}
