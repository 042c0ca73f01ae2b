package import Shared

/// The headers of a run's requests, by who says them. Each name stands in a request once: who is nearer to the person that runs
/// loadgen replaces the others.
package struct RequestHeaders: Sendable {
  /// As it stands in the `Host` header.
  var host: String
  /// Whether the target is to close the connection after its answer.
  var closes: Bool
  /// The dialect's, for every request.
  var dialect: [Dialect.Header]
  /// What was said to this run, by `--header`. Several of one name all go out.
  var given: [(name: String, value: String)]

  package init(host: String, closes: Bool, dialect: [Dialect.Header], given: [(name: String, value: String)]) {
    self.host = host
    self.closes = closes
    self.dialect = dialect
    self.given = given
  }

  /// Nothing is asked for that could not be read.
  static let acceptedEncoding = "identity"

  func isGiven(_ name: String) -> Bool { given.contains { $0.name.isSameWord(as: name) } }

  /// Whether an answer must not be encoded.
  var asksForIdentity: Bool { given.allSatisfy { !$0.name.isSameWord(as: "accept-encoding") || $0.value == Self.acceptedEncoding } }

  /// In the order in which they are sent. Who asks, and how long the body is, comes after them.
  func lines(of request: Dialect.Request) -> [(name: String, value: String)] {
    // A type without a body would speak of nothing.
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
  /// A whole request without a body, and without who asks.
  func request(_ method: String, _ path: String) -> String {
    let lines = lines(of: Dialect.Request(method, "/")).map { "\($0.name): \($0.value)\r\n" }.joined()
    return "\(method) \(path) HTTP/1.1\r\n\(lines)\r\n"
  }
}
