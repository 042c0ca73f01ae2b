import Foundation
package import LoadRun
import Shared

/// The highest rate at which all goals hold: what was found of trials in, the next trial or the answer out.
///
/// **Method:** the rate is doubled until it seems broken, and the gap to the one before is halved (in logarithms) until it is a few times the
/// asked width. From then on the answer's ends are proven: each is brought to half its distance from the estimate (`CapacityEstimate`), by a rate
/// that is tried for longer and longer until it is decided, the two ends in turn. So the answer is at any time as narrow as the time for it
/// was long. Ends that were tried but once are tried again. The bookkeeping is RFC 9971's (MLRsearch): trials at a rate add up, and the answer is
/// the greatest held rate below the least broken one, so that a target that holds more than it holds less is not believed. Where there is no estimate (no goal
/// is a percentile, or rates contradict each other) the widest gap between rates that were tried is halved instead.
///
/// Then the target is overloaded, and it is seen how it comes down to the answer (`Descent`); and rates above the answer are tried, to see how
/// much is missed there.
///
/// **Assumed:** a trial is of the target as it is for good: what warms up has done so (`Settling`). The chance of misjudging any rate at any of
/// its trials is below `alpha`: a tenth of it is for rates that find where the goals break, which lie far from there, and the rest for those that
/// are to be ends of the answer; of either the j-th rate has 6 ÷ (π j)², and of that its k-th trial 6 ÷ (π k)².
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
    /// Whether a longer warm-up is looked for in each trial.
    package var findsWarmUp = true
    package var alpha = 0.05

    package init(goals: [CapacityGoal]) { self.goals = goals }
  }

  /// A run to be made: at a constant mean rate, with these many seconds of load after the warm-up.
  package struct Trial: Sendable, Hashable {
    /// Counted from 1.
    package let number: Int
    package let rate: Double
    package let seconds: Double
    /// The rate that it comes down from, which is kept up for `Descent.overload` seconds more than the warm-up; `nil` for one that does not.
    package var descendsFrom: Double? = nil

    /// How long its load is after the warm-up, in seconds.
    package var load: Double { seconds + (descendsFrom == nil ? 0 : Descent.overload) }
  }

  /// Why there are no more trials.
  package enum End: String, Codable, Sendable, CaseIterable {
    /// The answer is as narrow as asked.
    case found
    /// The goals break at the lowest rate.
    case brokenAtLowest = "broken_at_lowest"
    /// They hold at the highest.
    case heldAtHighest = "held_at_highest"
    /// A rate could not be decided by as many trials as are made.
    case undecided
    /// There was no time for the next trial.
    case budget
    /// The next rate is one that the load generator could not send.
    case generator
    /// The target could not be loaded any more.
    case target
    case interrupted
  }

  /// A trial of fewer blocks of a second hardly tells how far orders that follow each other fare alike.
  package static let shortest = 50.0
  /// So long is a trial that is to find out where the goals break, and cannot be sure.
  private static let glance = 10.0
  /// The share of `alpha` for rates that are tried while there is no estimate.
  private static let glances = 0.1
  /// Where there is no estimate, a rate is left as undecided after so many trials.
  private static let mostTrials = 5
  /// How many times the asked width (in logarithms) rates lie apart that are near each other.
  private static let near = 4.0
  /// However wide the answer may be, an estimate between rates further apart is none, in logarithms.
  private static let nearest = 0.25
  /// How far above the answer it is looked how much is missed.
  private static let beyond = [0.05, 0.1]

  package let settings: Settings
  /// By rising rate.
  package private(set) var rates: [RateBook] = []
  /// The rates that were first tried while there was no estimate, in that order, and those that were to be ends of the answer.
  private var glanced: [Double] = []
  private var ends: [Double] = []
  package private(set) var spent = 0.0
  private var made = 0
  /// The rates that were tried once more as the answer's ends.
  private var confirmed: Set<Double> = []
  /// How the target came down from an overload; `nil` where that was not tried.
  package private(set) var descent: Descent?
  private var hasDescended = false
  /// The most orders per second that were completed while they piled up.
  package private(set) var saturation: Double?
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

  /// The rate at which a goal on a percentile is likely to break first, within the ends of the answer; `nil` where no such goal breaks, or
  /// rates contradict each other.
  package var estimate: Double? {
    guard isMonotone else { return nil }
    let found = settings.goals.compactMap { goal -> Double? in
      let points = rates.compactMap { book in
        book.beyond(goal).map { CapacityEstimate.Point(rate: book.rate, count: $0.count, share: $0.share) }
      }
      return rates.lazy.compactMap { $0.beyond(goal)?.left }.first.flatMap { CapacityEstimate(points, left: $0).rate }
    }
    return found.min().map { min(max($0, lower?.rate ?? 0), upper?.rate ?? .infinity) }
  }

  /// Whether a rate tells what comes right above the answer: it lies above what is broken, or is it, and at most some tenth above what is held.
  package static func isRightAbove(_ rate: Double, held: Double, broken: Double) -> Bool { rate >= broken && rate <= 1.11 * held }

  // MARK: What comes next

  /// The trial to be made; `nil` where there is none, for the reason that `end` has.
  package var next: Trial? {
    guard obstacle == nil, !isInterrupted else { return nil }
    return searched ?? followUp
  }

  /// Why there is no next trial; `nil` while there is one.
  package var end: End? {
    if isInterrupted { return .interrupted }
    if obstacle != nil { return .generator }
    guard next == nil else { return nil }
    guard nextRate == nil else { return .budget }
    if upper?.rate == settings.from { return .brokenAtLowest }
    if upper == nil, lower?.rate == settings.to { return .heldAtHighest }
    return lower != nil && upper != nil ? .found : .undecided
  }

  /// The next trial of the search itself; `nil` where there is none, or no time for it.
  private var searched: Trial? {
    guard let rate = nextRate else { return nil }
    let left = settings.budget - reserve - spent - settings.warmup
    let seconds = length(at: rate)
    // What is left is still worth something.
    return left >= min(seconds, Self.glance) ? Trial(number: made + 1, rate: rate, seconds: min(seconds, left)) : nil
  }

  /// What comes after the search.
  private var followUp: Trial? {
    let left = settings.budget - spent - settings.warmup
    return [descending, above].compactMap(\.self).first { $0.load <= left }
  }

  private var descending: Trial? {
    guard !hasDescended, let lower, let upper else { return nil }
    return Trial(number: made + 1, rate: lower.rate, seconds: Descent.seconds, descendsFrom: Descent.excess * upper.rate)
  }

  /// A rate above the broken one that tells how much is missed there.
  private var above: Trial? {
    guard let lower, let upper else { return nil }
    let untried = Self.beyond.lazy.map { lower.rate * (1 + $0) }.first { rate in
      rate > upper.rate && rate <= settings.to && !rates.contains { abs($0.rate / rate - 1) < 0.01 }
    }
    return untried.map { Trial(number: made + 1, rate: $0, seconds: Self.shortest) }
  }

  /// How much time is kept for seeing how the target comes down: none where that were more than a fifth of all.
  private var reserve: Double {
    let whole = settings.warmup + Descent.overload + Descent.seconds
    return !hasDescended && lower != nil && upper != nil && whole <= settings.budget / 5 ? whole : 0
  }

  private var nextRate: Double? {
    guard let first = rates.first, let greatest = rates.last else { return settings.from }
    if first.word == .upper { return nil }
    guard let above = rates.first(where: \.seemsBroken) else {
      if greatest.rate < settings.to { return min(2 * greatest.rate, settings.to) }
      return isOpen(greatest) ? greatest.rate : nil
    }
    guard let estimate else { return rateBetween ?? unconfirmed }
    let below = rates.last { $0.rate < above.rate }
    if let below, log(above.rate / below.rate) > near { return (above.rate * below.rate).squareRoot() }
    return nextEnd(around: estimate) ?? unconfirmed
  }

  /// An end of the answer that was tried but once.
  private var unconfirmed: Double? {
    [lower, upper].compactMap(\.self).first { !confirmed.contains($0.rate) && $0.lengths.count < 2 }?.rate
  }

  /// In logarithms.
  private var asked: Double { log(1 + settings.width) }
  private var near: Double { min(Self.near * asked, Self.nearest) }

  /// The rate that is to become an end of the answer: of the lower and the upper one the one that is tried for a shorter time next; `nil` where
  /// the answer is as narrow as asked, or cannot be made narrower.
  private func nextEnd(around estimate: Double) -> Double? {
    let (held, broken) = (lower.map { log(estimate / $0.rate) }, upper.map { log($0.rate / estimate) })
    if let held, let broken, held + broken <= asked * (1 + 1e-9) { return nil }
    let below = nearer(held, other: broken, to: estimate) { estimate * exp(-$0) }
    let above = nearer(broken, other: held, to: estimate) { estimate * exp($0) }
    return [below, above].compactMap(\.self).min { length(at: $0) < length(at: $1) }
  }

  /// - Parameters:
  ///   - distance: how far one end lies from the estimate, in logarithms; `nil` where there is none.
  ///   - other: the same of the other end.
  ///   - rate: the rate that lies as far from it on the same side.
  /// - Returns: a rate half as far, but no nearer than it takes; `nil` where the end is as near as that, or cannot be brought nearer.
  private func nearer(_ distance: Double?, other: Double?, to estimate: Double, rate: (Double) -> Double) -> Double? {
    // What the other end does not need of the width is left to this one.
    let enough = asked - min(max(other ?? .infinity, 0), asked / 2)
    if let distance, distance <= enough * (1 + 1e-9) { return nil }
    let new = max(distance.map { $0 / 2 } ?? near / 2, enough)
    // One that was tried already may be taken instead, where it lies hardly nearer: there, no number of orders decides. As a first end the nearest
    // of those does, so that there is one soon.
    let furthest = distance.map { min($0, 1.5 * new) } ?? .infinity
    let known = rates.filter { book in
      let far = abs(log(book.rate / estimate))
      return book.word == .undecided && !isStuck(book) && far > 0.7 * new && far < furthest
        && (book.rate < estimate) == (rate(new) < estimate)
    }
    if let found = known.min(by: { abs(log($0.rate / estimate)) < abs(log($1.rate / estimate)) }) { return found.rate }
    // Right where it is saturated a queue wanders so slowly that no time decides; a little further away it does not.
    var far = new
    while rates.contains(where: { isStuck($0) && abs(log($0.rate / rate(far))) < asked / 4 }) { far += asked / 2 }
    // What hardly brings it nearer is not worth a trial.
    guard distance.map({ far < 0.9 * $0 }) ?? true else { return nil }
    return min(max(rate(far), settings.from), settings.to)
  }

  /// Whether a rate was tried several times, and it is still not known how long it would take to decide it.
  private func isStuck(_ book: RateBook) -> Bool { book.word == .undecided && book.lengths.count > 2 && book.needed == nil }

  private func isOpen(_ book: RateBook) -> Bool {
    book.word == .undecided && book.lengths.count < Self.mostTrials && book.rate < upper?.rate ?? .infinity && book.rate > lower?.rate ?? 0
  }

  /// Where there is no estimate: what is open, or the middle of the widest gap; `nil` where the answer is as narrow as asked.
  private var rateBetween: Double? {
    if let open = rates.first(where: isOpen) { return open.rate }
    return upper.flatMap { widestGap(below: $0.rate) }
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

  /// First a short one, while it is looked where the goals break; then twice as long as before, or as long as it takes where that is known.
  private func length(at rate: Double) -> Double {
    guard let book = rates.first(where: { $0.rate == rate }), let last = book.lengths.last else {
      return estimate == nil ? Self.glance : Self.shortest
    }
    if last < Self.shortest { return Self.shortest }
    let needed = book.needed.map { Double($0) / rate * 1.1 } ?? 4 * last
    return min(max(2 * last, needed), 8 * last, max(2 * last, settings.budget / 4))
  }

  // MARK: What was found

  /// Takes what the last `next` found.
  /// - Returns: what the trial says by itself; `nil` where it says nothing of its rate.
  @discardableResult
  package mutating func add(_ summary: Summary) -> RateBook.Look? {
    guard let trial = next else { return nil }
    made += 1
    spent += summary.run.duration
    if let from = trial.descendsFrom {
      hasDescended = true
      // What the load generator cannot send is no overload.
      guard summary.generator.valid, let lower else { return nil }
      descent = Descent(summary, from: from, to: lower, goals: settings.goals)
      note(saturation: descent?.completed)
      return nil
    }
    if !summary.generator.valid {
      obstacle = summary.generator.reasons.first ?? "the load generator itself may have changed a verdict"
      return nil
    }
    let place = rates.firstIndex { $0.rate >= trial.rate } ?? rates.count
    if place == rates.count || rates[place].rate != trial.rate {
      if estimate == nil { glanced.append(trial.rate) } else { ends.append(trial.rate) }
      rates.insert(RateBook(rate: trial.rate), at: place)
    } else if rates[place].word != .undecided {
      confirmed.insert(trial.rate)
    }
    let look = rates[place].add(
      summary, goals: settings.goals, error: error(trial.rate, look: rates[place].lengths.count + 1), findsWarmUp: settings.findsWarmUp)
    if look.grows { note(saturation: look.completed) }
    return look
  }

  private mutating func note(saturation completed: Double?) {
    if let completed { saturation = max(saturation ?? 0, completed) }
  }

  package mutating func interrupt() { isInterrupted = true }

  private func error(_ rate: Double, look: Int) -> Double {
    func share(_ index: Int) -> Double { 6 / (Double.pi * Double.pi * Double(index * index)) }
    if let place = ends.firstIndex(of: rate) { return (1 - Self.glances) * settings.alpha * share(place + 1) * share(look) }
    return Self.glances * settings.alpha * share((glanced.firstIndex(of: rate) ?? 0) + 1) * share(look)
  }
}
