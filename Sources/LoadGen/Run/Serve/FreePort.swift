import NIOCore
import NIOPosix
import Shared

/// A port that nobody listens on, on the loopback interface.
package enum FreePort {
  /// - Throws: where the system has none to give.
  package static func find() async throws -> Int {
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup).bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress?.port
    try await channel.close()
    guard let port else { throw ConfigurationError("the system gave no free port for {port}") }
    return port
  }
}
