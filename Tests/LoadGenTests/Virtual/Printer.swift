import Shared

@testable import LoadRun

/// How a target makes its averages fit their digits, and what it tells of it.
enum Printer: CaseIterable {
  case exact, floorToSeconds, nearestHundredth, undeclaredCut, undeclaredRounded

  var declared: Dialect.Printing {
    switch self {
    case .exact, .nearestHundredth: .nearest
    case .floorToSeconds: .floor
    case .undeclaredCut, .undeclaredRounded: .undeclared
    }
  }

  /// Trailing zeros are dropped, as JSON printers do.
  func text(_ seconds: Double) -> String {
    switch self {
    case .exact: "\(seconds)"
    case .floorToSeconds: "\(Int(seconds))"
    case .nearestHundredth, .undeclaredRounded: Self.hundredths((seconds * 100).rounded())
    case .undeclaredCut: Self.hundredths((seconds * 100).rounded(.down))
    }
  }

  private static func hundredths(_ count: Double) -> String {
    let number = Int(count)
    let digits = ["\(number / 100)", number % 100 < 10 ? ".0\(number % 100)" : ".\(number % 100)"].joined()
    return digits.hasSuffix("00") ? String(digits.dropLast(3)) : digits.hasSuffix("0") ? String(digits.dropLast()) : digits
  }

  /// The standard dialect's figures, as this target prints them.
  var figures: [Dialect.Figure] {
    (Dialect.standard.metrics?.figures ?? []).map { figure in
      if case .average = figure.quantity { Dialect.Figure(figure.quantity, at: figure.field, printing: declared) } else { figure }
    }
  }

  /// - Parameter figures: where each figure was read; several instants where the target takes no snapshot.
  func claims(_ source: (Dialect.Quantity) -> Figures) -> Claims {
    var claims: Claims = [:]
    for figure in figures {
      guard let value = source(figure.quantity).value(figure.quantity) else { continue }
      if case .average = figure.quantity {
        claims[figure.quantity] = Claim(text: text(value))
      } else {
        claims[figure.quantity] = Claim(text: "\(Int(value))")
      }
    }
    return claims
  }
}
