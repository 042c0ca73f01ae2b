/// What is known of a value that was not observed itself: it is at least `lower`, and at most `upper` unless that is `nil`.
public struct Bounds<Value: Comparable & Sendable>: Sendable {
  public var lower: Value
  /// `nil`: unbounded.
  public var upper: Value?

  public init(lower: Value, upper: Value?) {
    self.lower = lower
    self.upper = upper
  }

  public func contains(_ value: Value) -> Bool {
    value >= lower && upper.map { value <= $0 } ?? true
  }
}

extension Bounds: Equatable where Value: Equatable {}
extension Bounds: Hashable where Value: Hashable {}
