import Shared

/// What is told of a figure, where it is not what is true.
enum ToldFigure: Sendable, Equatable {
  /// Orders, or seconds.
  case number(Double)
  /// As where there is nothing to tell: an average over no order.
  case nothing
  case null
  case nan
  case word
  case gone

  /// `nil` where it is no number.
  var number: Double? { if case .number(let number) = self { number } else { nil } }

  static let someWord = "many"
}

/// The figures that are lied about at one reading.
typealias ToldFigures = [Dialect.Quantity: ToldFigure]
