/// Adapts the gap between polls so that polls take less of the target's time than creates do.
///
/// A value without a clock. Cost is service time: from a request's sending to its answer, or to now if there is none yet. With n followed
/// orders, a gap g and polls of mean service time p, polls cost n · p / g per unit of time: the right gap is the one at which that is two
/// thirds of what creates have cost lately. The gap is never shorter than the policy's first gap, and at most doubles or halves within a
/// time as long as itself, so it grows like a backoff once there are no more creates. If orders are polled only once each, a longer gap
/// would save nothing, so it stays.
struct PollBudget {
  /// The current gap, as steps of `PollPolicy.adaptedGap`.
  private(set) var steps: UInt8 = 0

  private let policy: PollPolicy
  private var creates = ServiceTime()
  private var polls = ServiceTime()
  /// The right gap, in nanoseconds; `steps` is the next longer one that can be expressed.
  private var gap: Double
  /// What was spent lately; older amounts fade.
  private var lately = Spending()
  /// When the gap was last looked at, and everything spent until then.
  private var last: (at: Instant, all: Spending)?

  /// The share of the creates' cost that polls may take.
  private static let share = 2.0 / 3
  /// A look this long after the previous one, in nanoseconds, halves the weight of everything known before.
  private static let memory = 10e9
  /// Repeated polls are neglected if they cost less than this share of what creates do.
  private static let negligible = 1.0 / 16

  init(_ policy: PollPolicy) {
    self.policy = policy
    gap = Double(policy.first)
  }

  /// The current gap in nanoseconds, before any jitter.
  var asked: Int64 { policy.adaptedGap(steps) }

  /// A request was sent. Only creates, polls and list pages count.
  mutating func began(_ what: RequestKind, at sent: Instant) {
    guard policy.isAdaptive else { return }
    switch what {
    case .create: creates.began(at: sent)
    case .poll, .listPoll: polls.began(at: sent)
    default: break
    }
  }

  /// The request was answered or given up.
  mutating func ended(_ what: RequestKind, sent: Instant, at now: Instant) {
    guard policy.isAdaptive else { return }
    switch what {
    case .create: creates.ended(sent: sent, at: now)
    case .poll, .listPoll: polls.ended(sent: sent, at: now)
    default: break
    }
  }

  /// Finds the right gap, at most once per shortest gap.
  /// - Parameters:
  ///   - due: how many polls fall into one gap: one for each followed order.
  ///   - repeats: how many of them are not the first poll of an order.
  /// - Returns: whether the gap has changed; true the first time as well. Always false for a policy that is not adaptive.
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

  /// 2 to the power of x for x from 0 to 1, precisely enough (exact at both ends), and the same on every machine.
  private func exponential2(_ x: Double) -> Double { 1 + x * (2 + x) / 3 }
}

/// What creates and polls have cost, in nanoseconds, how many there were, and over how long, in nanoseconds.
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

  /// The mean service time of polls, computed as if there had been one more poll that took as long as a create, so that it is not 0 before
  /// the first.
  var meanPoll: Double { (polls + (created > 0 ? creates / created : 0)) / (polled + 1) }

  /// The gap from one poll of an order to the next at which this many orders' polls cost this share of what creates do, in nanoseconds.
  func gap(of orders: Int, share: Double) -> Double {
    guard orders > 0 else { return 0 }
    return creates > 0 ? Double(orders) * meanPoll * elapsed / (share * creates) : .infinity
  }
}

/// The total service time of one kind of request. Requests under way count as far as they have come.
private struct ServiceTime {
  /// How many have begun.
  private(set) var count = 0.0
  /// The service time of those that have ended, in nanoseconds. A `Double`, because in long runs it exceeds 64 bits.
  private var ended = 0.0
  private var underWay: Int64 = 0
  /// The sum of the sending times of those under way. It may wrap around; the difference in `sum(at:)` is right nevertheless.
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
