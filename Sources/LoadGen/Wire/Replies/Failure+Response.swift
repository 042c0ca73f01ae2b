import Shared

extension Failure {
  /// The longest that a target is believed when it asks to be left alone, in seconds.
  static let longestRetryAfter = 3_600

  /// An answer whose status code is not the one that was hoped for.
  init(httpStatus response: borrowing ResponseParser) {
    let place = response.location.map { " to \($0.beginning(bytes: 200))" } ?? ""
    let beginning = Self.beginning(response)
    self.init(
      .httpStatus, status: response.status, "\(response.status)\(place)" + (beginning.isEmpty ? "" : ": \(beginning)"),
      retryAfter: response.patience)
  }

  init(badJSON error: BadJSON, _ response: borrowing ResponseParser) {
    self.init(
      .badResponse, status: response.status, "the answer is not JSON: \(error). It begins with: \(Self.beginning(response))")
  }

  /// The first of a body, on one line.
  static func beginning(_ response: borrowing ResponseParser) -> String {
    if let encoding = response.encodingWords { return "(encoded as \(encoding))" }
    return response.withBody { bytes in
      String(decoding: bytes.prefix(120), as: UTF8.self).map { $0.isNewline ? " " : String($0) }.joined()
    }
  }
}

extension ResponseParser {
  /// How a body is encoded, made fit to be shown; `nil` where it is not.
  var encodingWords: String? {
    guard isEncoded else { return nil }
    return captured.withBytes(of: .contentEncoding) { $0.map { ByteScan.excerpt($0) } }
  }

  /// How long the target asks to be left alone, in nanoseconds, as far as it is believed; `nil` where it does not. A date counts from the
  /// answer's own `Date`, so that the target's clock may be wrong, and where there is none from our clock.
  var patience: Int64? {
    guard captured.has(.retryAfter) else { return nil }
    if let seconds = retryAfterSeconds { return Int64(min(seconds, Failure.longestRetryAfter)) * 1_000_000_000 }
    return secondsUntilRetry.map { Int64(max(0, min($0, Double(Failure.longestRetryAfter))) * 1e9) }
  }

  /// From the answer until the date that `Retry-After` names; less than 0 where that is over.
  private var secondsUntilRetry: Double? {
    captured.time(.retryAfter).map { $0 - (dateSent ?? WallClock.now) }
  }

  /// When the answer was sent, by the target's own clock, in seconds since the epoch; `nil` where it does not say.
  var dateSent: Double? { captured.time(.date) }
}

extension CapturedHeaders {
  /// A header's value as a date, in seconds since the epoch; `nil` where it is none.
  fileprivate func time(_ field: Field) -> Double? {
    withBytes(of: field) { $0.flatMap { HTTPDate.seconds($0, now: WallClock.now) } }
  }
}
