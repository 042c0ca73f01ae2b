/// How far apart polls are to come so that, in sum, they take less of the target's time than the creates do.
///
/// A value without a clock. What counts is service time, from a request's sending to its answer, or to now while there is none. With n orders
/// that are followed, a gap g, and polls of mean service time p, polls cost n · p / g at any time: the gap is the one at which that is two thirds of
/// what creates have cost lately. It is never shorter than the policy's first gap, and becomes at most twice as long, or half as long, within
/// itself: so it grows like a backoff once there are no more creates. Where orders are asked for but once each a longer gap would save nothing: it
/// stays.
struct PollBudget {
  /// Steps of the gap that is asked for now: see `PollPolicy.adaptedGap`.
  private(set) var steps: UInt8 = 0

  private let policy: PollPolicy
  private var creates = ServiceTime()
  private var polls = ServiceTime()
  /// The gap that is right, in nanoseconds; `steps` tell the next longer one that can be asked for.
  private var gap: Double
  /// What was spent lately.
  private var lately = Spending()
  /// All that had been spent when it was last looked at.
  private var last: (at: Instant, all: Spending)?

  /// The part of the creates' cost that polls may take.
  private static let share = 2.0 / 3
  /// A look that comes so long after the last, in nanoseconds, leaves half of what was known before.
  private static let memory = 10e9
  /// Orders that are asked for once more are neglected where they cost less than this part of what creates do.
  private static let negligible = 1.0 / 16

  init(_ policy: PollPolicy) {
    self.policy = policy
    gap = Double(policy.first)
  }

  /// What is asked for now, in nanoseconds, before any jitter.
  var asked: Int64 { policy.adaptedGap(steps) }

  mutating func began(_ what: RequestKind, at sent: Instant) {
    guard policy.isAdaptive else { return }
    switch what {
    case .create: creates.began(at: sent)
    case .poll, .listPoll: polls.began(at: sent)
    default: break
    }
  }

  /// It was answered, or given up.
  mutating func ended(_ what: RequestKind, sent: Instant, at now: Instant) {
    guard policy.isAdaptive else { return }
    switch what {
    case .create: creates.ended(sent: sent, at: now)
    case .poll, .listPoll: polls.ended(sent: sent, at: now)
    default: break
    }
  }

  /// Looks which gap is right, as often as the shortest gap is long at most.
  /// - Parameters:
  ///   - due: polls that come within one gap: one of each order that is followed.
  ///   - repeats: those among them that are not an order's first.
  /// - Returns: whether another gap is asked for from now on; the first time, too.
  mutating func look(at now: Instant, due: Int, repeats: Int) -> Bool {
    guard policy.isAdaptive else { return false }
    guard let last else {
      self.last = (now, Spending(creates, polls, at: now))
      return true
    }
    guard now - last.at >= policy.first else { return false }
    let elapsed = Double(now - last.at)
    let all = Spending(creates, polls, at: now)
    lately.forget(Self.memory / (Self.memory + elapsed))
    lately.add(all, since: last.all, elapsed)
    self.last = (now, all)
    let right = lately.gap(of: due, share: Self.share)
    let change = elapsed < gap ? exponential2(elapsed / gap) : 2
    if right > gap {
      let saves = lately.polled < 1 || Double(repeats) * lately.meanPoll > Self.negligible * lately.creates / lately.elapsed * gap
      if saves { gap = min(right, gap * change, Double(policy.longest)) }
    } else {
      gap = max(right, gap / change, Double(policy.first))
    }
    let before = steps
    while Double(asked) < gap, asked < policy.longest { steps += 1 }
    while steps > 0, Double(policy.adaptedGap(steps - 1)) >= gap { steps -= 1 }
    return steps != before
  }

  /// 2 to the power of x, from 0 to 1, closely enough, and the same on every machine.
  private func exponential2(_ x: Double) -> Double { 1 + x * (2 + x) / 3 }
}

/// What creates and polls cost, in nanoseconds, and how many there were.
private struct Spending {
  var creates = 0.0
  var polls = 0.0
  var created = 0.0
  var polled = 0.0
  var elapsed = 0.0

  init() {}

  init(_ creates: ServiceTime, _ polls: ServiceTime, at now: Instant) {
    self.creates = creates.sum(at: now)
    self.polls = polls.sum(at: now)
    created = creates.count
    polled = polls.count
  }

  mutating func forget(_ rest: Double) {
    creates *= rest
    polls *= rest
    created *= rest
    polled *= rest
    elapsed *= rest
  }

  mutating func add(_ now: Spending, since before: Spending, _ time: Double) {
    creates += now.creates - before.creates
    polls += now.polls - before.polls
    created += now.created - before.created
    polled += now.polled - before.polled
    elapsed += time
  }

  /// A poll's service time: as if there had been one more that took as long as a create, so that it is not 0 before there are any.
  var meanPoll: Double { (polls + (created > 0 ? creates / created : 0)) / (polled + 1) }

  /// From one poll of an order to the next, so that so many orders' polls cost this share of what creates do.
  func gap(of orders: Int, share: Double) -> Double {
    guard orders > 0 else { return 0 }
    return creates > 0 ? Double(orders) * meanPoll * elapsed / (share * creates) : .infinity
  }
}

/// The times from sending to answer of one kind of request; those that are under way count as far as they have come.
private struct ServiceTime {
  /// How many have begun.
  private(set) var count = 0.0
  /// Of those that have ended, in nanoseconds. A double: it outgrows 64 bits in long runs.
  private var ended = 0.0
  private var underWay: Int64 = 0
  /// The sum of their stamps; it may wrap around, and what is made of it does not.
  private var sent: Int64 = 0

  mutating func began(at instant: Instant) {
    count += 1
    underWay += 1
    sent &+= instant.nanoseconds
  }

  mutating func ended(sent instant: Instant, at now: Instant) {
    underWay -= 1
    sent &-= instant.nanoseconds
    ended += Double(now - instant)
  }

  func sum(at now: Instant) -> Double { ended + Double(underWay &* now.nanoseconds &- sent) }
}
