/// Why a request brought no usable answer.
package struct Failure: Error, Hashable, Sendable {
  /// The raw value is the kind's name in reports.
  package enum Kind: String, Sendable, CaseIterable {
    case dns, refused
    case connectTimeout = "connect_timeout"
    case tls, reset, closed, timeout
    case badResponse = "bad_response"
    case httpStatus = "http_status"
    /// We ran out of descriptors, ports or buffers, so the run is not valid.
    case exhausted
    /// A request besides the orders was not sent, because as many were in hand as are allowed.
    case notSent = "not_sent"
  }

  package var kind: Kind
  /// The HTTP status code, if an answer had one.
  package var status: Int?
  /// What happened, in words, including what was found.
  package var example: String
  /// Whether we have not read the answer to its end because it is longer than we read: what is in the rest is unknown.
  var isCutShort = false
  /// How long the target asked to be left alone (`Retry-After`), in nanoseconds.
  var retryAfter: Int64?

  init(_ kind: Kind, status: Int? = nil, _ example: String, retryAfter: Int64? = nil) {
    self.kind = kind
    self.status = status
    self.example = example
    self.retryAfter = retryAfter
  }
}
