import Shared

/// Says what an answer means in the words of a dialect.
struct ReplyReader: Sendable {
  private let dialect: Dialect
  private let idScanner: JSONScanner
  private let statusScanner: JSONScanner
  private let figures: [Dialect.Figure]
  private let figureScanner: JSONScanner

  init(_ dialect: Dialect) {
    self.dialect = dialect
    idScanner = JSONScanner(dialect.create.idField)
    statusScanner = JSONScanner(dialect.status.field)
    figures = dialect.metrics?.figures ?? []
    figureScanner = JSONScanner(figures.map(\.field))
  }

  // MARK: Creates

  func create(_ response: borrowing ResponseParser) -> Reply {
    if dialect.create.acceptedCodes.contains(response.status) { return .accepted(id(response)) }
    let failure = Self.httpStatus(response)
    return (400..<500).contains(response.status) && response.status != 408 ? .refused(failure) : .uncertain(failure)
  }

  private func id(_ response: borrowing ResponseParser) -> OrderID? {
    let text = try? response.withBody { bytes throws(BadJSON) in
      try idScanner.withText(in: bytes) { kind, text -> String? in
        guard kind == .string || kind == .number, !text.isEmpty, text.count <= Self.longestID else { return nil }
        return String(decoding: text, as: UTF8.self)
      }
    }
    return (text ?? nil).flatMap { $0 }.map(OrderID.init)
  }

  /// An id comes from the target, and stays in memory as long as its order does. In bytes.
  static let longestID = 512

  // MARK: Polls

  func poll(_ response: borrowing ResponseParser) -> Reply {
    guard (200..<300).contains(response.status) else {
      let failure = Self.httpStatus(response)
      return response.status == 404 ? .unknownOrder(failure) : .useless(failure)
    }
    do throws(BadJSON) {
      let reply = try response.withBody { bytes throws(BadJSON) in
        try statusScanner.withText(in: bytes) { kind, text -> Reply in
          let word = String(decoding: text, as: UTF8.self)
          guard kind == .string else {
            return .useless(Failure(.badResponse, "the status is \(word.prefix(40)), not a word"))
          }
          if let status = dialect.status.words.status(for: word) { return .status(status) }
          return .unknownWord(Failure(.badResponse, "the status '\(word.prefix(40))' is no word of the dialect \(dialect.name)"))
        }
      }
      return reply ?? .useless(Failure(.badResponse, "the answer has no field '\(dialect.status.field)'"))
    } catch {
      return .useless(Self.badJSON(error, response))
    }
  }

  // MARK: Metrics

  /// - Returns: the figures that are there as numbers, with the reply; none where the document has none.
  func metrics(_ response: borrowing ResponseParser) -> (Reply, [Dialect.Quantity: Claim]) {
    guard (200..<300).contains(response.status) else { return (.useless(Self.httpStatus(response)), [:]) }
    do throws(BadJSON) {
      let values = try response.withBody { bytes throws(BadJSON) in try figureScanner.values(in: bytes) }
      var claims: [Dialect.Quantity: Claim] = [:]
      for (figure, value) in zip(figures, values) {
        if case .number(let text) = value { claims[figure.quantity] = Claim(text: text) }
      }
      guard !claims.isEmpty else {
        let fields = figures.prefix(3).map(\.field.description).joined(separator: ", ")
        return (.useless(Failure(.badResponse, "the metrics have none of the fields \(fields), … as a number")), [:])
      }
      return (.metrics, claims)
    } catch {
      return (.useless(Self.badJSON(error, response)), [:])
    }
  }

  // MARK: What went wrong

  private static func httpStatus(_ response: borrowing ResponseParser) -> Failure {
    let place = response.location.map { " to \($0)" } ?? ""
    let beginning = beginning(response)
    return Failure(
      .httpStatus, status: response.status,
      "\(response.status)\(place)" + (beginning.isEmpty ? "" : ": \(beginning)"))
  }

  private static func badJSON(_ error: BadJSON, _ response: borrowing ResponseParser) -> Failure {
    Failure(.badResponse, status: response.status, "the answer is not JSON: \(error). It begins with: \(beginning(response))")
  }

  private static func beginning(_ response: borrowing ResponseParser) -> String {
    response.withBody { bytes in
      String(decoding: bytes.prefix(120), as: UTF8.self).map { $0.isNewline ? " " : String($0) }.joined()
    }
  }
}
