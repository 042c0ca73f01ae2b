import Shared

/// Reads in which status an answer shows an order.
struct StatusReader: Sendable {
  private let dialectName: String
  private let words: StatusWords
  private let unknownCodes: Set<Int>
  private let unknownSign: SignReader?
  private let field: FieldPath
  private let scanner: JSONScanner

  /// - Parameter field: where the answer has the word.
  init(_ dialect: Dialect, at field: FieldPath) {
    dialectName = dialect.name
    words = dialect.status.words
    unknownCodes = dialect.status.unknownCodes
    unknownSign = dialect.status.unknownSign.map(SignReader.init)
    self.field = field
    scanner = JSONScanner(field)
  }

  func reply(_ response: borrowing ResponseParser) -> PollReply {
    if unknownCodes.contains(response.status) { return .unknownOrder(Failure(httpStatus: response)) }
    if let unknownSign, case .isThere = unknownSign.finding(in: response) {
      return .unknownOrder(Failure(.httpStatus, status: response.status, "\(response.status): \(Failure.beginning(response))"))
    }
    guard (200..<300).contains(response.status) else { return .useless(Failure(httpStatus: response)) }
    let patience = response.patience
    do throws(BadJSON) {
      let reply = try response.withBody { bytes throws(BadJSON) in
        try scanner.withText(in: bytes) { kind, text -> PollReply in
          // A number, true or false is a status word, too, in the form in which it is printed.
          let isWord = kind == .string || kind == .number || kind == .bool
          if isWord, let status = words.status(forUTF8: text) { return .status(status, retryAfter: patience) }
          let word = text.beginning(bytes: 40)
          guard isWord else {
            return .useless(Failure(.badResponse, "the status is \(word), and neither a word nor a number"))
          }
          return .unknownWord(
            Failure(.badResponse, "the status '\(word)' is no word of the dialect \(dialectName)", retryAfter: patience))
        }
      }
      return reply ?? .useless(Failure(.badResponse, "the answer has no field '\(field)'"))
    } catch {
      return .useless(Failure(badJSON: error, response))
    }
  }
}
