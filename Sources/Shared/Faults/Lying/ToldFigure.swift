/// What is told of a figure, where it is not what is true.
public enum ToldFigure: Sendable, Equatable {
  /// Orders, or seconds.
  case number(Double)
  /// As where there is nothing to tell: an average over no order.
  case nothing
  case null
  case nan
  case word
  case gone

  /// `nil` where it is no number.
  public var number: Double? { if case .number(let number) = self { number } else { nil } }

  public static let someWord = "many"
}

/// The figures that are lied about at one reading.
public typealias ToldFigures = [Dialect.Quantity: ToldFigure]

/// What is told at one reading.
public struct ToldReading: Sendable {
  public var figures: ToldFigures
  /// What histograms are told of: the truth, or what a lie about all figures makes of it.
  public var basis: FigureBasis
  /// By how much more the sums in Prometheus text are for each completed order.
  public var drift: Duration
  /// Whether the buckets of histograms of orders each have the count of the one below.
  public var isShifted: Bool
  public var requests: ToldRequests
}
