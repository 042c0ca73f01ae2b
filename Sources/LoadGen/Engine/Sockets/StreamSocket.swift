#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import NIOCore

/// One non-blocking stream socket, of TCP or Unix. Its owner must close it.
struct StreamSocket {
  /// What a read brought.
  enum Read {
    case bytes(Int)
    /// Nothing has arrived yet.
    case nothing
    /// The peer has sent everything that it will send.
    case end
    case failed(Failure)
  }

  /// What became of bytes that were to be written.
  enum Written {
    /// This many were handed to the kernel, possibly none.
    case bytes(Int)
    case failed(Failure)
  }

  let descriptor: Int32

  /// A socket that can be connected to addresses of this kind.
  /// - Throws: `Failure` if the system has none left.
  init(for address: SocketAddress) throws(Failure) {
    let family: Int32 =
      switch address {
      case .v4: AF_INET
      case .v6: AF_INET6
      case .unixDomainSocket: AF_UNIX
      }
    #if os(Linux)
      descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
      guard descriptor >= 0 else { throw Failure(errno: errno, otherwise: .exhausted) }
    #else
      descriptor = socket(family, SOCK_STREAM, 0)
      guard descriptor >= 0 else { throw Failure(errno: errno, otherwise: .exhausted) }
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      set(SOL_SOCKET, SO_NOSIGPIPE)
    #endif
    // A request is sent as a whole, so there is nothing to wait for before sending it.
    if family != AF_UNIX { set(Int32(IPPROTO_TCP), TCP_NODELAY) }
  }

  /// Begins to connect. Once that is decided, the socket can be written or has failed.
  /// - Returns: false if this must be tried again in a moment, because the queue of a Unix socket is full.
  /// - Throws: `Failure` if it could not even be begun.
  func begin(to address: SocketAddress) throws(Failure) -> Bool {
    #if canImport(Glibc)
      let (code, error) = address.withSockAddr { (Glibc.connect(descriptor, $0, socklen_t($1)), errno) }
    #else
      let (code, error) = address.withSockAddr { (Darwin.connect(descriptor, $0, socklen_t($1)), errno) }
    #endif
    if code == 0 || error == EINPROGRESS { return true }
    if case .unixDomainSocket = address, error == EAGAIN { return false }
    throw Failure(errno: error, otherwise: .refused)
  }

  private func set(_ level: Int32, _ option: Int32) {
    var on: Int32 = 1
    setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
  }

  /// Whether connecting has succeeded or failed by now; does not wait.
  var hasConnected: Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
    return poll(&watched, 1, 0) > 0
  }

  /// Why the connection could not be made; `nil` if it was.
  var connectFailure: Failure? {
    var error: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length)
    return error == 0 ? nil : Failure(errno: error, otherwise: .refused)
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) -> Read {
    let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
    if count > 0 { return .bytes(count) }
    if count == 0 { return .end }
    return Self.mayTryAgain(errno) ? .nothing : .failed(Failure(errno: errno, otherwise: .closed))
  }

  /// Hands as many bytes to the kernel as it takes. Never waits.
  func write(_ bytes: UnsafeRawBufferPointer) -> Written {
    #if os(Linux)
      let flags = Int32(MSG_NOSIGNAL)
    #else
      let flags: Int32 = 0
    #endif
    let count = send(descriptor, bytes.baseAddress, bytes.count, flags)
    if count >= 0 { return .bytes(count) }
    return Self.mayTryAgain(errno) ? .bytes(0) : .failed(Failure(errno: errno, otherwise: .closed))
  }

  private static func mayTryAgain(_ error: Int32) -> Bool { error == EAGAIN || error == EWOULDBLOCK || error == EINTR }

  func close() {
    #if canImport(Glibc)
      _ = Glibc.close(descriptor)
    #else
      _ = Darwin.close(descriptor)
    #endif
  }
}
