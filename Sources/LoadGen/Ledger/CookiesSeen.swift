/// Counts answers that set a cookie. Since requests never send a cookie back, a cookie may explain why the target no longer recognises us.
struct CookiesSeen: Sendable, Equatable {
  private(set) var answers = 0
  /// The name of the first cookie seen; after a merge, the one of the loops' first names that sorts first.
  private(set) var name: String?

  /// - Parameter name: evaluated only while no name is known.
  mutating func add(name: @autoclosure () -> String?) {
    answers += 1
    if self.name == nil { self.name = name() }
  }

  mutating func merge(_ other: CookiesSeen) {
    answers += other.answers
    // The smaller name, so that the order of merging does not matter.
    name = [name, other.name].compactMap { $0 }.min()
  }
}
