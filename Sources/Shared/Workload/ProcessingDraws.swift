/// What chance holds for each order that is taken up: the k-th gets the k-th service time and the k-th lot, whoever processes it. order-server
/// and the simulated system draw from here, so that the same seed makes the same of both.
public struct ProcessingDraws: Sendable {
  private let random: SeededRandom
  private let serviceTime: ServiceTime.Sampler
  private let failureRate: Double
  /// How many orders were taken up so far.
  public private(set) var taken: UInt64 = 0

  /// - Parameter failureRate: the part of all orders whose processing goes wrong, 0 to 1.
  public init(_ serviceTime: ServiceTime, failureRate: Double, random: SeededRandom) {
    self.serviceTime = ServiceTime.Sampler(serviceTime)
    self.failureRate = failureRate
    self.random = random
  }

  /// The next order's.
  /// - Returns: for how long it is processed, in nanoseconds, and whether that goes wrong.
  public mutating func next() -> (nanoseconds: Int64, fails: Bool) {
    defer { taken += 1 }
    return (
      serviceTime.nanoseconds(random, index: taken), failureRate > 0 && random.uniform(.processingFailure, taken) < failureRate
    )
  }
}
