import Shared

/// Reads the target's figures about itself and about single orders.
struct FigureReader: Sendable {
  private let figures: [Dialect.Figure]
  private let scanner: JSONScanner
  private let orderMetrics: Dialect.OrderMetrics?
  private let orderScanner: JSONScanner?

  init(_ dialect: Dialect) {
    figures = dialect.metrics?.figures ?? []
    scanner = JSONScanner(figures.map(\.field))
    orderMetrics = dialect.orderMetrics
    orderScanner = dialect.orderMetrics.map { JSONScanner($0.field) }
  }

  /// The figures that the document has as numbers, and what it has in place of the others. A figure that is missing or null counts as 0 if the
  /// dialect says so.
  /// - Throws: `Failure` if it is no JSON.
  func claims(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> Claims {
    let values: [JSONScalar?]
    do throws(BadJSON) { values = try scanner.values(in: bytes) } catch {
      throw Failure(.badResponse, "the metrics are not JSON: \(error)")
    }
    var claims: Claims = [:]
    var wasFound = false
    for (figure, value) in zip(figures, values) {
      if let claim = Claim(value, unit: figure.unit) {
        claims[figure.quantity] = claim
        wasFound = true
      } else if value == nil && figure.missingIsZero || value == .null && figure.nullIsZero {
        claims[figure.quantity] = Claim(text: "0")
      } else {
        claims.hasNoNumber(figure.quantity, but: value == nil ? .nothing : value == .null ? .null : .noNumber)
      }
    }
    if !wasFound { claims.lacks = figures.prefix(3).map(\.field.description).joined(separator: ", ") }
    return claims
  }

  /// How long one order took.
  /// - Throws: `Failure` if the answer does not say.
  func duration(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> ClaimedDuration {
    guard let orderMetrics, let orderScanner else { throw Failure(.badResponse, "the dialect has no metrics of single orders") }
    let value: JSONScalar?
    do throws(BadJSON) { value = try orderScanner.value(in: bytes) } catch {
      throw Failure(.badResponse, "the order's metrics are not JSON: \(error)")
    }
    guard let claim = Claim(value, unit: orderMetrics.unit) else {
      throw Failure(.badResponse, "the order's metrics have no number at '\(orderMetrics.field)'")
    }
    let range = claim.range(orderMetrics.printing)
    return ClaimedDuration(range: max(0, range.lowerBound * 1e9)...max(0, range.upperBound * 1e9), text: claim.text)
  }
}

extension Claim {
  /// The longest string that is searched for a number, in bytes.
  private static let longestText = 128

  /// A number, or a string with a number and possibly its unit after it: `12`, `"12"`, `"6.24 seconds"`. The word for the unit is not
  /// interpreted; `unit` is what counts.
  fileprivate init?(_ value: JSONScalar?, unit: Duration) {
    switch value {
    case .number(let text): self.init(text: text, unit: unit)
    case .string(let text):
      guard text.utf8.count <= Self.longestText else { return nil }
      let words = text.split(separator: " ")
      guard let number = words.first, words.count <= 2, words.dropFirst().allSatisfy({ $0.allSatisfy(\.isLetter) }) else { return nil }
      self.init(text: String(number), unit: unit)
    default: return nil
    }
  }
}
