import NIOCore
import NIOSSL

/// How connections to one host are encrypted.
package struct TLSClient: Sendable {
  let context: NIOSSLContext
  /// As it stands in the URL: what the certificate must be for.
  let host: String

  /// One for a connection; it takes part in nothing but this connection.
  func handler() throws -> NIOSSLClientHandler {
    // An address is not sent as the server's name, and the certificate must be for the address itself.
    let serverName = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
    #if canImport(Security)
      if context.configuration.certificateVerification == .fullVerification, context.configuration.trustRoots ?? .default == .default {
        // The library would ask the system on another thread, which nobody waits for in a connection that is only a machine.
        let host = host
        return try NIOSSLClientHandler(context: context, serverHostname: serverName) { chain, verdict in
          verdict.succeed(SystemTrust.accepts(chain, host: host) ? .certificateVerified : .failed)
        }
      }
    #endif
    return try NIOSSLClientHandler(context: context, serverHostname: serverName)
  }

  /// Encrypts a channel that has not been opened yet.
  func encrypt(_ channel: any Channel) throws -> TLSFutures {
    let tls = try handler()
    let watch = TLSWatch(tls, host: host, on: channel.eventLoop)
    try channel.pipeline.syncOperations.addHandlers([tls, watch])
    return watch.futures
  }
}
