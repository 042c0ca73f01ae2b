/// A sum for each scrape, built from additions to whole ranges of scrapes: two stores an addition, however long the range.
struct DifferenceArray<Value: AdditiveArithmetic & Sendable>: Sendable {
  /// The difference from one scrape to the next.
  private var steps: [Value] = []

  /// - Parameters:
  ///   - from: the first scrape that it counts for; one that is not made yet is meant as well.
  ///   - to: the first that it does not count for; `nil` where it counts for all that come.
  mutating func add(_ value: Value, from: Int, to: Int? = nil) {
    if let to {
      guard from < to else { return }
      step(at: to, by: .zero - value)
    }
    step(at: from, by: value)
  }

  private mutating func step(at index: Int, by value: Value) {
    if index >= steps.count {
      steps.append(contentsOf: repeatElement(.zero, count: index + 1 - steps.count))
    }
    steps[index] += value
  }

  mutating func merge(_ other: DifferenceArray) {
    for (index, value) in other.steps.enumerated() { step(at: index, by: value) }
  }

  /// The sums of the first `count` scrapes.
  func values(count: Int) -> [Value] {
    var sum = Value.zero
    return (0..<count).map { index in
      if index < steps.count { sum += steps[index] }
      return sum
    }
  }
}
