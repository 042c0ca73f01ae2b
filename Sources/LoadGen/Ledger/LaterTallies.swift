/// What a loop of a closed load has seen since the end of its last create. Whether it belongs to the load's time is only known once a later
/// create ends, possibly in another loop.
struct LaterTallies: Sendable {
  /// When there are more steps than this, neighbouring ones are combined. That matters only for a loop that ended long before another.
  static let most = 16_384

  private var steps: [(at: Instant, tally: LoadWindow.Tally)] = []
  private var latest = Instant(.min)

  var isEmpty: Bool { steps.isEmpty }

  mutating func add(_ tally: LoadWindow.Tally, at instant: Instant) {
    latest = max(latest, instant)
    steps.append((instant, tally))
    if steps.count >= Self.most { halve() }
  }

  /// Removes what came until then, and returns its sum.
  mutating func take(until instant: Instant) -> LoadWindow.Tally {
    var sum = LoadWindow.Tally()
    guard !steps.isEmpty else { return sum }
    for step in steps where step.at <= instant { sum += step.tally }
    if latest <= instant { steps.removeAll(keepingCapacity: true) } else { steps.removeAll { $0.at <= instant } }
    return sum
  }

  mutating func merge(_ other: LaterTallies) {
    latest = max(latest, other.latest)
    steps += other.steps
  }

  /// Combines each pair of neighbours into one, at the later one's time.
  private mutating func halve() {
    steps.sort { $0.at < $1.at }
    var halved: [(at: Instant, tally: LoadWindow.Tally)] = []
    halved.reserveCapacity(steps.count)
    for (place, step) in steps.enumerated() {
      if place.isMultiple(of: 2) {
        halved.append(step)
      } else {
        halved[halved.count - 1].at = step.at
        halved[halved.count - 1].tally += step.tally
      }
    }
    steps = halved
  }
}
