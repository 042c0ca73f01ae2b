import NIOCore
import NIOPosix

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Failure {
  /// What an error of the sockets means for a request.
  /// - Parameter otherwise: the kind for an error that is not among the known ones.
  init(network error: any Error, otherwise: Kind) {
    switch error {
    case let fault as TLSFault: self = fault.failure
    case let error as IOError: self.init(errno: error.errnoCode, otherwise: otherwise)
    case let error as NIOConnectionError: self.init(error, otherwise: otherwise)
    case is SocketAddressError, is SocketAddressError.UnknownHost: self.init(.dns, "\(error)")
    case ChannelError.connectTimeout(let time): self.init(.connectTimeout, "no connection within \(time)")
    case is ChannelError: self.init(.closed, "the connection was closed")
    default: self.init(otherwise, "\(error)")
    }
  }

  private init(_ error: NIOConnectionError, otherwise: Kind) {
    if let first = error.connectionErrors.first {
      self.init(network: first.error, otherwise: otherwise)
    } else {
      self.init(.dns, "\(error.host) is not known")
    }
  }

  /// What an error number of the system means for a request.
  init(errno code: Int32, otherwise: Kind) {
    let text = String(cString: strerror(code))
    switch code {
    case ECONNREFUSED: self.init(.refused, text)
    case ECONNRESET, EPIPE: self.init(.reset, text)
    case ETIMEDOUT: self.init(otherwise == .refused ? .connectTimeout : .timeout, text)
    case EMFILE, ENFILE, EADDRNOTAVAIL, ENOBUFS, ENOMEM: self.init(.exhausted, text)
    default: self.init(otherwise, text)
    }
  }
}
