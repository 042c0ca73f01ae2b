import NIOCore
import NIOPosix
import Shared

/// Finds a port on the loopback interface on which nobody listens.
package enum FreePort {
  /// The port is free at the moment; nothing keeps others from taking it.
  /// - Throws: where the system has none to give.
  package static func find() async throws -> Int {
    let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup).bind(host: "127.0.0.1", port: 0).get()
    let port = channel.localAddress?.port
    try await channel.close()
    guard let port else { throw ConfigurationError("the system gave no free port for {port}") }
    return port
  }
}
