import Shared

/// Reads the target's figures about itself and about single orders.
struct FigureReader: Sendable {
  private let figures: [Dialect.Figure]
  private let scanner: JSONScanner
  /// `nil` where figures are no Prometheus text.
  private let seriesReader: SeriesReader?
  private let orderMetrics: Dialect.OrderMetrics?
  private let orderScanner: JSONScanner?

  /// - Parameter basePath: precedes each path of a request.
  init(_ dialect: Dialect, basePath: String = "") {
    figures = dialect.metrics?.figures ?? []
    scanner = JSONScanner(figures.flatMap(\.fields))
    if let metrics = dialect.metrics, case .prometheus = metrics.source {
      seriesReader = SeriesReader(metrics, RequestRoutes(dialect, basePath: basePath))
    } else {
      seriesReader = nil
    }
    orderMetrics = dialect.orderMetrics
    orderScanner = dialect.orderMetrics.map { JSONScanner($0.field) }
  }

  /// The figures that the document has as numbers, and what it has in place of the others. A figure that is missing or null counts as 0 if the
  /// dialect says so.
  /// - Parameter isOpenMetrics: whether a Prometheus text says that it is of that format.
  /// - Throws: `Failure` if it is not what the dialect says: JSON, or Prometheus text.
  func claims(_ bytes: UnsafeRawBufferPointer, isOpenMetrics: Bool = false) throws(Failure) -> Claims {
    if let seriesReader { return try seriesReader.claims(bytes, isOpenMetrics ? .openMetrics : .text) }
    let values: [JSONScalar?]
    do throws(BadJSON) { values = try scanner.values(in: bytes) } catch {
      throw Failure(.badResponse, "the metrics are not JSON: \(error)")
    }
    var claims: Claims = [:]
    var wasFound = false
    var rest = values[...]
    for figure in figures {
      let parts = rest.prefix(figure.fields.count).map { part($0, of: figure) }
      rest = rest.dropFirst(parts.count)
      if parts.contains(where: \.isPrinted) { wasFound = true }
      if let unread = parts.lazy.compactMap(\.unread).first {
        claims.hasNoNumber(figure.quantity, but: unread)
      } else {
        claims[figure.quantity] = Claim(adding: parts.compactMap(\.claim))
      }
    }
    if !wasFound { claims.lacks = figures.prefix(3).map(\.name).joined(separator: ", ") }
    return claims
  }

  /// What stands at one place of a figure.
  private func part(_ value: JSONScalar?, of figure: Dialect.Figure) -> (claim: Claim?, isPrinted: Bool, unread: Claims.Unread?) {
    if let claim = Claim(value, unit: figure.unit) { return (claim, true, nil) }
    if value == nil && figure.missingIsZero || value == .null && figure.nullIsZero { return (Claim(text: "0"), false, nil) }
    return (nil, false, value == nil ? .nothing : value == .null ? .null : .noNumber)
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
  /// The sum of several numbers of orders; a single claim is that claim.
  fileprivate init?(adding claims: [Claim]) {
    guard let first = claims.first else { return nil }
    guard claims.count > 1 else {
      self = first
      return
    }
    self.init(sum: claims.dropFirst().reduce(first.orders) { $0 + $1.orders }.lowerBound)
  }

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
