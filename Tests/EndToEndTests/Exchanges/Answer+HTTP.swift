import Foundation

/// An exchange that came to no answer.
struct ExchangeError: Error, CustomStringConvertible { let description: String }

/// Sends bytes to an IPv4 address and gives back everything that comes until the other side closes.
///
/// Blocks the thread, at most for `patience` of silence.
func exchange(_ request: Data, with host: String, port: UInt16) throws -> Data {
  #if os(Linux)
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  #else
    let descriptor = socket(AF_INET, SOCK_STREAM, 0)
  #endif
  func failure(_ what: String) -> ExchangeError {
    ExchangeError(description: "\(what) \(host):\(port): \(String(cString: strerror(errno)))")
  }
  guard descriptor >= 0 else { throw failure("no socket for") }
  defer { close(descriptor) }
  var limit = timeval(tv_sec: Int(patience.components.seconds), tv_usec: 0)
  setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = port.bigEndian
  address.sin_addr.s_addr = inet_addr(host)
  let connected = withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
  }
  guard connected == 0 else { throw failure("cannot connect to") }
  var rest = request
  while !rest.isEmpty {
    // A server that refuses a large body answers before it has read all of it, and may never read the rest.
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN | POLLOUT), revents: 0)
    guard poll(&watched, 1, Int32(patience.components.seconds) * 1_000) > 0 else { throw failure("nothing is taken by") }
    guard watched.revents & Int16(POLLOUT) != 0, watched.revents & Int16(POLLIN) == 0 else { break }
    #if os(Linux)
      let flags = Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT)
    #else
      let flags = MSG_DONTWAIT
    #endif
    let sent = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, flags) }
    guard sent > 0 else { break }
    rest = rest.dropFirst(sent)
  }
  var received = Data()
  var buffer = [UInt8](repeating: 0, count: 65_536)
  while true {
    let count = read(descriptor, &buffer, buffer.count)
    if count == 0 || (count < 0 && errno == ECONNRESET && !received.isEmpty) { return received }
    guard count > 0 else { throw failure("no answer from") }
    received.append(contentsOf: buffer[..<count])
  }
}

extension Answer {
  /// Reads the whole of what came over one connection.
  /// - Throws: `ExchangeError` where it is no complete HTTP/1.1 answer.
  init(parsing received: Data) throws {
    guard let end = received.range(of: Data("\r\n\r\n".utf8)) else {
      throw ExchangeError(description: "an answer without a head: \(String(decoding: received, as: UTF8.self))")
    }
    let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
    let words = lines[0].split(separator: " ")
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else {
      throw ExchangeError(description: "a status line that is none: \(lines[0])")
    }
    self.status = status
    headers = lines.dropFirst().compactMap { line in
      guard let colon = line.firstIndex(of: ":") else { return nil }
      return (line[..<colon].lowercased(), line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
    }
    body = Data(received[end.upperBound...])
    if header("transfer-encoding")?.lowercased() == "chunked" {
      body = try Self.joined(chunks: body)
    } else if let length = header("content-length").flatMap(Int.init), length != body.count {
      throw ExchangeError(description: "a body of \(body.count) bytes that was said to have \(length)")
    }
  }

  private static func joined(chunks: Data) throws -> Data {
    var rest = chunks
    var body = Data()
    while let line = rest.range(of: Data("\r\n".utf8)) {
      guard let size = Int(String(decoding: rest[..<line.lowerBound], as: UTF8.self), radix: 16) else { break }
      if size == 0 { return body }
      body += rest[line.upperBound...].prefix(size)
      rest = rest[line.upperBound...].dropFirst(size + 2)
    }
    throw ExchangeError(description: "a chunked body that does not end")
  }
}
