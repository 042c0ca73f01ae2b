extension Failure {
  /// The longest that a target is believed when it asks to be left alone, in seconds.
  static let longestRetryAfter = 3_600

  /// An answer whose status code is not the one that was hoped for.
  init(httpStatus response: borrowing ResponseParser) {
    let place = response.location.map { " to \($0)" } ?? ""
    let beginning = Self.beginning(response)
    self.init(
      .httpStatus, status: response.status, "\(response.status)\(place)" + (beginning.isEmpty ? "" : ": \(beginning)"),
      retryAfter: response.patience)
  }

  init(badJSON error: BadJSON, _ response: borrowing ResponseParser) {
    self.init(
      .badResponse, status: response.status, "the answer is not JSON: \(error). It begins with: \(Self.beginning(response))")
  }

  private static func beginning(_ response: borrowing ResponseParser) -> String {
    response.withBody { bytes in
      String(decoding: bytes.prefix(120), as: UTF8.self).map { $0.isNewline ? " " : String($0) }.joined()
    }
  }
}

extension ResponseParser {
  /// How long the target asks to be left alone, in nanoseconds, as far as it is believed; `nil` where it does not, or names a date.
  var patience: Int64? {
    retryAfterSeconds.map { Int64(min($0, Failure.longestRetryAfter)) * 1_000_000_000 }
  }
}
