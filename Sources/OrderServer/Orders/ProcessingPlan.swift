import Shared

/// How orders are processed.
struct ProcessingPlan: Sendable, Hashable {
  /// How many orders are processed at the same time.
  var workers = Workers.limited(8)
  /// How long each of them is processed.
  var serviceTime = ServiceTime.fixed(.milliseconds(100))
  /// A job takes up all pending orders at every multiple of this; `nil`: each order is taken up as soon as a worker is free.
  var batchEvery: Duration?
  /// The share of orders whose processing fails, from 0 to 1.
  var failureRate = 0.0

  /// The same plan with all waits multiplied by this factor. A batch interval stays at least 1 ms.
  func scaled(by factor: Double) -> ProcessingPlan {
    var plan = self
    plan.serviceTime = serviceTime.scaled(by: factor)
    // A shorter interval would begin one job after another without end.
    plan.batchEvery = batchEvery.map { max(.milliseconds(1), $0.scaled(by: factor)) }
    return plan
  }

  /// Whether the seed makes no difference.
  var isFixed: Bool { serviceTime.isFixed && failureRate == 0 }
}

extension ServiceTime {
  /// Whether the seed makes no difference.
  var isFixed: Bool {
    if case .fixed = self { true } else { false }
  }

  /// The distribution of the same draws, each this many times as long.
  func scaled(by factor: Double) -> ServiceTime {
    switch self {
    case .fixed(let time): .fixed(time.scaled(by: factor))
    case .uniform(let low, let high): .uniform(low.scaled(by: factor), high.scaled(by: factor))
    case .exponential(let mean): .exponential(mean: mean.scaled(by: factor))
    case .lognormal(let median, let sigma): .lognormal(median: median.scaled(by: factor), sigma: sigma)
    }
  }
}

extension Duration {
  /// Rounded to the nearest nanosecond, and at most 292 years.
  fileprivate func scaled(by factor: Double) -> Duration {
    guard factor != 1 else { return self }
    let nanoseconds = Double(nanoseconds) * factor
    return .nanoseconds(nanoseconds < 9e18 ? Int64(nanoseconds.rounded()) : .max)
  }
}
