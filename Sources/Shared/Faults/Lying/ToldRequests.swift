/// What is told of requests, where it is not what is true: in Prometheus text alone.
public struct ToldRequests: Sendable, Equatable {
  /// Answers of these classes are told nowhere.
  public var skipped: Set<FigureFault.StatusClass> = []
  /// Whether sums and buckets are as if milliseconds had been taken for seconds.
  public var isInMilliseconds = false
  /// Whether the buckets each have the count of the one below.
  public var isShifted = false

  public init() {}

  /// - Parameter lies: those that strike.
  init(_ lies: [FaultPlan.FigureLie]) {
    for lie in lies where lie.scope == .requests {
      switch lie.fault {
      case .skipped(let statuses): skipped.insert(statuses)
      case .milliseconds: isInMilliseconds = true
      case .shifted: isShifted = true
      default: break
      }
    }
  }
}
