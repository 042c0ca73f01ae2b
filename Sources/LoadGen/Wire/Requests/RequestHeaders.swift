package import Shared

/// The headers of a run's requests, by their origin. If several origins give a header of the same name, the user's replaces the dialect's,
/// and both replace our own.
package struct RequestHeaders: Sendable {
  /// The value of the `Host` header.
  var host: String
  /// Whether the target is asked to close the connection after its answer.
  var closes: Bool
  /// The dialect's headers for every request.
  var dialect: [Dialect.Header]
  /// The headers that the user gave by `--header`. Several of the same name are all sent.
  var given: [(name: String, value: String)]

  package init(host: String, closes: Bool, dialect: [Dialect.Header], given: [(name: String, value: String)]) {
    self.host = host
    self.closes = closes
    self.dialect = dialect
    self.given = given
  }

  /// The value of `Accept-Encoding` where nobody says another: it costs the target the least, and of all answers only figures are read in
  /// another one.
  static let acceptedEncoding = "identity"

  /// Whether the user gave a header of this name, in any letter case.
  func isGiven(_ name: String) -> Bool { given.contains { $0.name.isSameWord(as: name) } }

  /// Whether the requests ask for unencoded answers.
  var asksForIdentity: Bool { given.allSatisfy { !$0.name.isSameWord(as: "accept-encoding") || $0.value == Self.acceptedEncoding } }

  /// All headers in the order in which they are sent, except for authorisation and `Content-Length`, which come after them.
  func lines(of request: Dialect.Request) -> [(name: String, value: String)] {
    // Without a body there is nothing that a content type could describe.
    let hasBody = request.body != nil
    let common = dialect.filter { header in
      !request.headers.contains { $0.name.isSameWord(as: header.name) } && (hasBody || !header.name.isSameWord(as: "content-type"))
    }
    let spelled = (common + request.headers).map { (name: $0.name, value: "\($0.value)") }
    var own: [(name: String, value: String)] = [
      ("User-Agent", "loadgen/\(ToolVersion.text)"), ("Accept-Encoding", Self.acceptedEncoding),
    ]
    if closes { own.append(("Connection", "close")) }
    if hasBody { own.append(("Content-Type", "application/json")) }
    let said = given + spelled.filter { !isGiven($0.name) }
    return [("Host", host)] + own.filter { ours in !said.contains { $0.name.isSameWord(as: ours.name) } } + said
  }
}

extension RequestHeaders {
  /// A whole request without a body and without authorisation.
  func request(_ method: String, _ path: String) -> String {
    let lines = lines(of: Dialect.Request(method, "/")).map { "\($0.name): \($0.value)\r\n" }.joined()
    return "\(method) \(path) HTTP/1.1\r\n\(lines)\r\n"
  }
}
