/// The requests that are on their way, and those whose answers are, by reusable numbers.
struct SimulatedRequests {
  private var slots: [SimulatedRequest] = []
  private var free: [Int32] = []
  /// The answers that do not fit into a request, by the request's number.
  private var rare: [Int32: Reply] = [:]
  /// How many requests were sent: polls, and all others by kind.
  private var polls = 0
  private var beside: [RequestKind: Int] = [:]

  /// Stores a request, and returns its number, which is valid until it is released.
  mutating func keep(_ request: SimulatedRequest) -> Int32 {
    guard let number = free.popLast() else {
      slots.append(request)
      return Int32(slots.count - 1)
    }
    slots[Int(number)] = request
    return number
  }

  /// Frees the number: nothing more will come of the request.
  mutating func release(_ number: Int32) {
    if case .other = slots[Int(number)].answer { rare[number] = nil }
    free.append(number)
  }

  subscript(number: Int32) -> SimulatedRequest {
    _read { yield slots[Int(number)] }
    _modify { yield &slots[Int(number)] }
  }

  mutating func setRare(_ number: Int32, _ reply: Reply) { rare[number] = reply }

  func rare(_ number: Int32) -> Reply? { rare[number] }

  mutating func count(_ what: RequestKind) {
    if what == .poll { polls += 1 } else { beside[what, default: 0] += 1 }
  }

  /// How many requests of a kind were sent.
  func sent(_ what: RequestKind) -> Int { what == .poll ? polls : beside[what] ?? 0 }
}
