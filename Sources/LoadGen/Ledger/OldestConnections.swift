/// Which connections outlasted the readings of a target's figures: where one did, the one process that answers has not been restarted.
///
/// Memory grows with the number of readings alone.
struct OldestConnections: Sendable {
  /// By the reading that was the latest when a request was sent: when the oldest of the connections had been opened on which such requests
  /// were answered.
  private var opened: [Instant] = []

  /// A request was answered.
  /// - Parameters:
  ///   - opened: since when its connection had been open, at the latest.
  ///   - readings: how many readings had surely been received when it was sent.
  mutating func answered(opened: Instant, after readings: Int) {
    guard readings > 0 else { return }
    if readings > self.opened.count {
      self.opened.append(contentsOf: repeatElement(.never, count: readings - self.opened.count))
    }
    self.opened[readings - 1] = min(self.opened[readings - 1], opened)
  }

  /// For each of the first readings, since when a connection had been open on which a request was answered that was sent after the reading;
  /// `never` where there was none.
  func openSince(count: Int) -> [Instant] {
    var oldest = Instant.never
    var since = Array(repeating: Instant.never, count: count)
    for index in (0..<max(count, opened.count)).reversed() {
      if index < opened.count { oldest = min(oldest, opened[index]) }
      if index < count { since[index] = oldest }
    }
    return since
  }

  /// Adds another loop's connections. Both must have been told of the same readings.
  mutating func merge(_ other: OldestConnections) {
    for (index, opened) in other.opened.enumerated() { answered(opened: opened, after: index + 1) }
  }
}
