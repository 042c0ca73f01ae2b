/// Why a request brought no usable answer.
package struct Failure: Error, Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case dns, refused
    case connectTimeout = "connect_timeout"
    case tls, reset, closed, timeout
    case badResponse = "bad_response"
    case httpStatus = "http_status"
    /// Out of descriptors, ports or buffers on our own side: the run is not valid.
    case exhausted
    /// Beside the orders, as many requests were in hand as may be.
    case notSent = "not_sent"
  }

  package var kind: Kind
  /// The status code, where there was one.
  package var status: Int?
  /// What happened, in words, with what was found.
  package var example: String
  /// How long the target asked to be left alone, in nanoseconds.
  var retryAfter: Int64?

  init(_ kind: Kind, status: Int? = nil, _ example: String, retryAfter: Int64? = nil) {
    self.kind = kind
    self.status = status
    self.example = example
    self.retryAfter = retryAfter
  }
}
