import Foundation
import NIOCore
import Shared

extension ConfigurationError {
  /// Says why the server cannot listen on its address.
  /// - Returns: `nil` where the error is about something else.
  init?(listeningOn host: String, port: Int, failed error: any Error) {
    let reason: String
    switch error {
    case let error as IOError where error.errnoCode == EADDRINUSE:
      reason = "the port is in use; choose another with --port, or 0 for any"
    case let error as IOError:
      reason = "\(String(cString: strerror(error.errnoCode))); choose others with --host and --port"
    case is SocketAddressError, is SocketAddressError.UnknownHost:
      reason = "there is no such host; name an address of this machine with --host"
    default:
      return nil
    }
    self.init("cannot listen on \(host):\(port): \(reason)")
  }
}
