import Foundation

/// An order API at a URL, and what every request to it carries.
///
/// It speaks HTTP by a socket of its own: `URLSession` on Linux never hands over a 401 that bears `WWW-Authenticate`.
struct API: Sendable {
  let url: String
  var headers: [String: String] = [:]

  func with(_ name: String, _ value: String) -> API {
    var api = self
    api.headers[name] = value
    return api
  }

  func get(_ path: String) async throws -> Answer { try await send("GET", path) }

  func post(_ path: String, _ body: String = "") async throws -> Answer { try await send("POST", path, body) }

  /// Sends one request over a connection of its own.
  func send(_ method: String, _ path: String, _ body: String = "") async throws -> Answer {
    guard let address = URLComponents(string: url), let host = address.host, let port = address.port else { throw URLError(.badURL) }
    var head = "\(method) \(path) HTTP/1.1\r\nHost: \(host):\(port)\r\nConnection: close\r\n"
    if !body.isEmpty { head += "Content-Type: application/json\r\nContent-Length: \(body.utf8.count)\r\n" }
    for (name, value) in headers { head += "\(name): \(value)\r\n" }
    let request = Data((head + "\r\n" + body).utf8)
    // A thread may wait for as long as it takes, a task may not.
    return try await withCheckedThrowingContinuation { continuation in
      DispatchQueue.global().async {
        continuation.resume(with: Result { try Answer(parsing: try exchange(request, with: host, port: UInt16(clamping: port))) })
      }
    }
  }
}
