import Shared

extension Failure {
  /// The longest time, in seconds, that a target may ask to be left alone. A longer request is cut to this.
  static let longestRetryAfter = 3_600

  /// An answer with a status code other than the one hoped for, described by its code and the beginning of its body.
  init(httpStatus response: borrowing ResponseParser) {
    let place = response.location.map { " to \($0.beginning(bytes: 200))" } ?? ""
    let beginning = Self.beginning(response)
    self.init(
      .httpStatus, status: response.status, "\(response.status)\(place)" + (beginning.isEmpty ? "" : ": \(beginning)"),
      retryAfter: response.patience)
  }

  /// An answer that had to be JSON and is not.
  init(badJSON error: BadJSON, _ response: borrowing ResponseParser) {
    self.init(
      .badResponse, status: response.status, "the answer is not JSON: \(error). It begins with: \(Self.beginning(response))")
  }

  /// The first 120 bytes of a body on one line; of an encoded body only the encoding's name.
  static func beginning(_ response: borrowing ResponseParser) -> String {
    if let encoding = response.encodingWords { return "(encoded as \(encoding))" }
    return response.withBody { bytes in
      String(decoding: bytes.prefix(120), as: UTF8.self).map { $0.isNewline ? " " : String($0) }.joined()
    }
  }
}

extension ResponseParser {
  /// How the body is encoded, fit for printing; `nil` if it is not encoded.
  var encodingWords: String? {
    guard isEncoded else { return nil }
    return captured.withBytes(of: .contentEncoding) { $0.map { ByteScan.excerpt($0) } }
  }

  /// How long the target asks to be left alone, in nanoseconds, at most `longestRetryAfter`; `nil` if it does not ask. A date is measured
  /// against the answer's own `Date`, so that the target's clock may be wrong; without a `Date` it is measured against ours.
  var patience: Int64? {
    guard captured.has(.retryAfter) else { return nil }
    if let seconds = retryAfterSeconds { return Int64(min(seconds, Failure.longestRetryAfter)) * 1_000_000_000 }
    return secondsUntilRetry.map { Int64(max(0, min($0, Double(Failure.longestRetryAfter))) * 1e9) }
  }

  /// The seconds from the answer to the date in `Retry-After`; negative if that date is past.
  private var secondsUntilRetry: Double? {
    captured.time(.retryAfter).map { $0 - (dateSent ?? WallClock.now) }
  }

  /// When the answer was sent by the target's own clock, in seconds since the epoch; `nil` if it does not say.
  var dateSent: Double? { captured.time(.date) }
}

extension CapturedHeaders {
  /// A header's value as a date, in seconds since the epoch; `nil` if it is not a date.
  fileprivate func time(_ field: Field) -> Double? {
    withBytes(of: field) { $0.flatMap { HTTPDate.seconds($0, now: WallClock.now) } }
  }
}
