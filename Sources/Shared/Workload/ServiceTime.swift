/// The distribution of how long an order is processed, a user thinks, or anything else takes.
public enum ServiceTime: Sendable, Hashable, CustomStringConvertible {
  /// Always the same.
  case fixed(Duration)
  /// Uniform between both ends.
  case uniform(Duration, Duration)
  /// Exponential with this mean.
  case exponential(mean: Duration)
  /// Log-normal: median · e^(sigma·Z), Z standard normal.
  case lognormal(median: Duration, sigma: Double)

  /// Reads `100ms` (or `fixed:100ms`), `uniform:0ms..200ms`, `exponential:2s`, `lognormal:2s,0.5`.
  /// - Parameter expected: what an error calls it, with its article.
  /// - Throws: `UnitError` that names the part that is wrong.
  public init(text: some StringProtocol, as expected: String = "a service time") throws {
    let found = String(text)
    func refuse(_ remedy: String) -> UnitError {
      UnitError(expected: expected, found: found, remedy: remedy)
    }
    let parts = found.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else {
      self = .fixed(try Duration(text: found))
      return
    }
    let value = parts[1]
    switch parts[0] {
    case "fixed":
      self = .fixed(try Duration(text: value))
    case "uniform":
      guard let dots = value.firstRange(of: "..") else {
        throw refuse("write both ends, as in uniform:0ms..200ms")
      }
      let low = try Duration(text: value[..<dots.lowerBound])
      let high = try Duration(text: value[dots.upperBound...])
      guard low <= high else { throw refuse("its lower end lies above its upper end") }
      self = .uniform(low, high)
    case "exponential":
      let mean = try Duration(text: value)
      guard mean > .zero else { throw refuse("its mean must be greater than zero") }
      self = .exponential(mean: mean)
    case "lognormal":
      let both = value.split(separator: ",", maxSplits: 1)
      guard both.count == 2, let sigma = Double(both[1]) else {
        throw refuse("write its median and sigma, as in lognormal:2s,0.5")
      }
      let median = try Duration(text: both[0])
      guard median > .zero else { throw refuse("its median must be greater than zero") }
      guard (0...5).contains(sigma) else { throw refuse("its sigma must lie from 0 to 5") }
      self = .lognormal(median: median, sigma: sigma)
    default:
      throw refuse("the kind '\(parts[0])' is none of fixed, uniform, exponential, lognormal")
    }
  }

  public var description: String {
    switch self {
    case .fixed(let time): time.text
    case .uniform(let low, let high): "uniform:\(low.text)..\(high.text)"
    case .exponential(let mean): "exponential:\(mean.text)"
    case .lognormal(let median, let sigma): "lognormal:\(median.text),\(sigma)"
    }
  }

  /// The mean of the distribution, rounded to nanoseconds.
  public var mean: Duration {
    switch self {
    case .fixed(let time): time
    case .uniform(let low, let high): low + (high - low) / 2
    case .exponential(let mean): mean
    case .lognormal(let median, let sigma):
      .nanoseconds(Self.scaled(Double(median.nanoseconds), ExactMath.exp(sigma * sigma / 2)))
    }
  }

  /// The service time of the order that is taken up `index`-th, counting from 0, or in general the `index`-th draw of a stream. It depends
  /// on nothing but the seed, the stream and the index.
  public func sample(_ random: SeededRandom, index: UInt64, of stream: SeededRandom.Stream = .serviceTime) -> Duration {
    .nanoseconds(Sampler(self).nanoseconds(random, index: index, of: stream))
  }

  /// Draws from a distribution many times, in whole nanoseconds: the parameters are converted once.
  public struct Sampler: Sendable {
    private enum Kind { case fixed, uniform, exponential, lognormal }

    private let kind: Kind
    /// The least value of every draw and the factor that the random part is multiplied by, both in nanoseconds, and a log-normal's sigma.
    private let least: Int64
    private let scale: Double
    private let sigma: Double

    public init(_ time: ServiceTime) {
      switch time {
      case .fixed(let time): (kind, least, scale, sigma) = (.fixed, time.nanoseconds, 0, 0)
      case .uniform(let low, let high):
        (kind, least, scale, sigma) = (.uniform, low.nanoseconds, Double((high - low).nanoseconds), 0)
      case .exponential(let mean): (kind, least, scale, sigma) = (.exponential, 0, Double(mean.nanoseconds), 0)
      case .lognormal(let median, let sigma):
        (kind, least, scale, self.sigma) = (.lognormal, 0, Double(median.nanoseconds), sigma)
      }
    }

    /// The stream's `index`-th draw, in nanoseconds.
    public func nanoseconds(_ random: SeededRandom, index: UInt64, of stream: SeededRandom.Stream = .serviceTime) -> Int64 {
      switch kind {
      case .fixed: least
      case .uniform: least + ServiceTime.scaled(scale, random.uniform(stream, index))
      case .exponential: ServiceTime.scaled(scale, -ExactMath.ln(random.uniform(stream, index)))
      case .lognormal: ServiceTime.scaled(scale, ExactMath.exp(sigma * ServiceTime.normal(random, index, of: stream)))
      }
    }
  }

  /// A standard normal draw by Marsaglia's polar method (Marsaglia & Bray 1964).
  private static func normal(_ random: SeededRandom, _ index: UInt64, of stream: SeededRandom.Stream) -> Double {
    var attempt: UInt64 = 0
    while true {
      let u = 2 * random.uniform(stream, index, part: attempt) - 1
      let v = 2 * random.uniform(stream, index, part: attempt + 1) - 1
      let square = u * u + v * v
      if square < 1, square > 0 {
        return u * (-2 * ExactMath.ln(square) / square).squareRoot()
      }
      attempt += 2
    }
  }

  private static func scaled(_ nanoseconds: Double, _ factor: Double) -> Int64 {
    let scaled = nanoseconds * factor
    return scaled < 9e18 ? Int64(scaled.rounded()) : .max
  }
}
