/// A sum for each scrape, built by adding values to whole ranges of scrapes. An addition takes two stores, however long its range.
struct DifferenceArray<Value: AdditiveArithmetic & Sendable>: Sendable {
  /// The difference between each scrape's sum and the previous one's.
  private var steps: [Value] = []

  /// - Parameters:
  ///   - from: the first scrape that the value counts for; the scrape may be yet to come.
  ///   - to: the first scrape that it no longer counts for; `nil` if it counts for all further ones.
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
