/// Answers that set a cookie: no request sends one back, which is a reason for not being known any more.
struct CookiesSeen: Sendable, Equatable {
  private(set) var answers = 0
  /// The first one's name; `nil` before it.
  private(set) var name: String?

  /// - Parameter name: read only where none is known yet.
  mutating func add(name: @autoclosure () -> String?) {
    answers += 1
    if self.name == nil { self.name = name() }
  }

  mutating func merge(_ other: CookiesSeen) {
    answers += other.answers
    // The same whatever the order.
    name = [name, other.name].compactMap { $0 }.min()
  }
}
