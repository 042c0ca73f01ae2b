/// What is known of a value that was not seen itself: it is no less than `lower`, and no more than `upper`, where there is an upper end.
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
