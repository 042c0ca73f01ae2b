/// What a loop of a closed load saw since the last of its creates ended: whether it belongs to the load's time, only a later create can tell,
/// perhaps another loop's.
struct LaterTallies: Sendable {
  /// Beyond, neighbours are taken together: to whom it matters when such a lot came is a loop that ended long before another.
  static let most = 16_384

  private var steps: [(at: Instant, tally: LoadWindow.Tally)] = []
  private var latest = Instant(.min)

  var isEmpty: Bool { steps.isEmpty }

  mutating func add(_ tally: LoadWindow.Tally, at instant: Instant) {
    latest = max(latest, instant)
    steps.append((instant, tally))
    if steps.count >= Self.most { halve() }
  }

  /// Takes out what came until then, and sums it up.
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

  /// Each two become one, at the later's time.
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
