/// How a figure is wrong.
public enum FigureFault: Sendable, Hashable {
  /// A number of orders, off by so many; never below 0.
  case offset(Int64)
  /// Off by so many per cent of itself, at least -100.
  case scaled(percent: Double)
  /// Always the same number: of orders, or of seconds.
  case fixed(Double)
  /// Of a status: no order of it is counted.
  case never
  /// Of a status: every order of it is counted twice.
  case twice
  /// Of a status: every order of it is counted under another.
  case countedAs(OrderStatus)
  /// Each of so many processes counts its own orders, and any of them answers.
  case perProcess(Int)
  /// What only ever grows begins again at 0, so long after the first order.
  case reset(Duration)
  /// As it was so long ago.
  case stale(Duration)
  /// Read once, and told again for so long.
  case cached(Duration)
  /// An average, cut to whole seconds.
  case truncated
  /// An average, rounded to whole seconds.
  case rounded
  /// A duration told in this unit, where seconds are meant.
  case unit(TimeUnit)
  /// An average of this duration, whichever is meant.
  case span(Dialect.Quantity.Span)
  /// An average over the orders alone that were completed in the last so long; of none where there were none.
  case window(Duration)
  /// An average in which every order that has not ended counts as one that took no time.
  case pendingAsZero
  /// The median in the place of the mean; of the orders that were completed since the start.
  case median
  /// An average without the slowest of the orders, this share of them; of those that were completed since the start.
  case withoutSlowest(Share)
  /// A sum that has so much more in it for every completed order.
  case drift(Duration)
  /// A histogram whose buckets each have the count of the one below it.
  case shifted
  /// Of requests: answers of this class are told nowhere, as if they had never been counted.
  case skipped(StatusClass)
  /// Of requests: sums and buckets of durations are as if milliseconds had been taken for seconds.
  case milliseconds
  case null
  /// JSON has no such number: it is written as `NaN` all the same.
  case nan
  /// A word where a number should be.
  case word
  /// Left out.
  case gone

  /// The codes of answers that have their first digit in common.
  public enum StatusClass: String, Sendable, Hashable, CaseIterable {
    case success = "2xx"
    case redirection = "3xx"
    case clientError = "4xx"
    case serverError = "5xx"

    public func contains(_ code: Int) -> Bool {
      switch self {
      case .success: code / 100 == 2
      case .redirection: code / 100 == 3
      case .clientError: code / 100 == 4
      case .serverError: code / 100 == 5
      }
    }
  }

  /// A unit that durations are told in by mistake.
  public enum TimeUnit: String, Sendable, Hashable, CaseIterable {
    case microseconds = "us"
    case milliseconds = "ms"
    case minutes = "m"

    /// How many of it are a second.
    public var perSecond: Double {
      switch self {
      case .microseconds: 1e6
      case .milliseconds: 1e3
      case .minutes: 1 / 60
      }
    }
  }
}

extension FigureFault: FaultFamily {
  var words: String {
    switch self {
    case .offset(let count): count < 0 ? "\(count)" : "+\(count)"
    case .scaled(let percent): "\(percent < 0 ? "" : "+")\(Self.text(percent))%"
    case .fixed(let number): "fixed:\(Self.text(number))"
    case .never: "never"
    case .twice: "twice"
    case .countedAs(let status): "as:\(status.rawValue)"
    case .perProcess(let count): "per-process:\(count)"
    case .reset(let time): "reset:\(time.text)"
    case .stale(let time): "stale:\(time.text)"
    case .cached(let time): "cached:\(time.text)"
    case .truncated: "truncated"
    case .rounded: "rounded"
    case .unit(let unit): "unit:\(unit.rawValue)"
    case .span(let span): "as:\(span.rawValue)"
    case .window(let time): "window:\(time.text)"
    case .pendingAsZero: "pending-as-zero"
    case .median: "median"
    case .withoutSlowest(let share): "without-slowest:\(share)"
    case .drift(let time): "drift:\(time.text)"
    case .shifted: "shifted"
    case .skipped(let statuses): "skipped:\(statuses.rawValue)"
    case .milliseconds: "milliseconds"
    case .null: "null"
    case .nan: "nan"
    case .word: "word"
    case .gone: "gone"
    }
  }

  private static func text(_ number: Double) -> String { Int64(exactly: number).map(String.init) ?? "\(number)" }
}
