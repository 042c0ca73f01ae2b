import Foundation

/// A connection whose client may misbehave. Every call blocks its thread, at most for `patience`: see `onThread`.
final class RawConnection {
  private let descriptor: Int32

  init(to api: API) throws {
    guard let address = URLComponents(string: api.url), let host = address.host, let port = address.port else { throw URLError(.badURL) }
    #if os(Linux)
      descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    #else
      descriptor = socket(AF_INET, SOCK_STREAM, 0)
    #endif
    guard descriptor >= 0 else { throw ExchangeError(description: "no socket") }
    var limit = timeval(tv_sec: Int(patience.components.seconds), tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    #if !os(Linux)
      var yes: Int32 = 1
      setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
    #endif
    var peer = sockaddr_in()
    peer.sin_family = sa_family_t(AF_INET)
    peer.sin_port = UInt16(clamping: port).bigEndian
    peer.sin_addr.s_addr = inet_addr(host)
    let connected = withUnsafePointer(to: &peer) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
    }
    guard connected == 0 else { throw ExchangeError(description: "cannot connect: \(String(cString: strerror(errno)))") }
  }

  deinit { close(descriptor) }

  /// Sends until something comes back, or the other side is gone.
  /// - Returns: how many bytes were taken.
  @discardableResult
  func send(_ bytes: Data) -> Int {
    var rest = bytes
    while !rest.isEmpty, !hasInput(within: 0) {
      var watched = pollfd(fd: descriptor, events: Int16(POLLIN | POLLOUT), revents: 0)
      guard poll(&watched, 1, Int32(patience.components.seconds) * 1_000) > 0, watched.revents & Int16(POLLOUT) != 0 else { break }
      let sent = sendNow(rest)
      guard sent > 0 else { break }
      rest = rest.dropFirst(sent)
    }
    return bytes.count - rest.count
  }

  func send(_ text: String) { send(Data(text.utf8)) }

  /// Sends all, and leaves what comes back for later; gives up where the other side is gone.
  func sendAll(_ bytes: Data) {
    var rest = bytes
    var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    while !rest.isEmpty, poll(&watched, 1, Int32(patience.components.seconds) * 1_000) > 0 {
      let sent = sendNow(rest)
      guard sent > 0 else { return }
      rest = rest.dropFirst(sent)
    }
  }

  /// Sends without ever looking at what comes back.
  /// - Returns: whether the other side is still there.
  func push(_ bytes: Data) -> Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    guard poll(&watched, 1, 50) > 0 else { return true }
    return watched.revents & Int16(POLLERR | POLLHUP) == 0 && sendNow(bytes) > 0
  }

  private func sendNow(_ bytes: Data) -> Int {
    bytes.withUnsafeBytes { bytes in
      #if os(Linux)
        Glibc.send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
      #else
        Darwin.send(descriptor, bytes.baseAddress, bytes.count, MSG_DONTWAIT)
      #endif
    }
  }

  /// Says that nothing more will be sent.
  func finish() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Whether an answer, or the end, has come.
  func hasInput(within milliseconds: Int32) -> Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, milliseconds) > 0
  }

  /// Everything until the other side closes.
  func rest() -> Data {
    var received = Data()
    while let bytes = next() { received += bytes }
    return received
  }

  /// The one answer after which the other side closes.
  func lastAnswer() throws -> Answer { try Answer(parsing: rest()) }

  /// One answer of a connection that stays open; it must have a length.
  func answer() throws -> Answer {
    var received = Data()
    while true {
      if let answer = try? Answer(parsing: received), answer.header("content-length") != nil { return answer }
      guard let bytes = next() else { throw ExchangeError(description: "closed after \(String(decoding: received, as: UTF8.self))") }
      received += bytes
    }
  }

  private func next() -> Data? { take(65_536) }

  /// What comes next, of at most so many bytes; `nil` where the other side has closed.
  func take(_ most: Int) -> Data? {
    var buffer = [UInt8](repeating: 0, count: most)
    let count = read(descriptor, &buffer, buffer.count)
    return count > 0 ? Data(buffer[..<count]) : nil
  }
}

/// A thread may wait for as long as it takes, a task may not.
func onThread<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
  try await withCheckedThrowingContinuation { continuation in
    DispatchQueue.global().async { continuation.resume(with: Result(catching: body)) }
  }
}
