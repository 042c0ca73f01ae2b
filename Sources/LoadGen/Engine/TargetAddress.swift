import NIOCore
import NIOPosix

/// Where the target is, found out before the first order: a target that cannot be reached is a wrong configuration.
enum TargetAddress {
  /// Resolves the host and opens one connection for a moment.
  /// - Throws: `Failure`: that the host is not known, or why it cannot be reached.
  static func reach(host: String, port: Int, timeout: TimeAmount) async throws -> SocketAddress {
    let channel: any Channel
    do {
      channel = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup)
        .connectTimeout(timeout)
        .connect(host: host, port: port)
        .get()
    } catch {
      throw Failure(network: error, otherwise: .refused)
    }
    guard let address = channel.remoteAddress else {
      throw Failure(.closed, "the connection was closed as soon as it was opened")
    }
    try? await channel.close()
    return address
  }
}
