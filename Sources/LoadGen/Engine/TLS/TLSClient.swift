import NIOCore
import NIOSSL

/// How connections to one host are encrypted.
package struct TLSClient: Sendable {
  let context: NIOSSLContext
  /// The host as it is written in the URL, which the certificate must be for.
  let host: String

  /// A handler for one connection; it must not be used for another.
  func handler() throws -> NIOSSLClientHandler {
    // An address is not sent as the server's name, and the certificate must be valid for the address itself.
    let serverName = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
    #if canImport(Security)
      if context.configuration.certificateVerification == .fullVerification, context.configuration.trustRoots ?? .default == .default {
        // The library would ask the system on another thread, and in a `TLSSession` nothing waits for an answer from there.
        let host = host
        return try NIOSSLClientHandler(context: context, serverHostname: serverName) { chain, verdict in
          verdict.succeed(SystemTrust.accepts(chain, host: host) ? .certificateVerified : .failed)
        }
      }
    #endif
    return try NIOSSLClientHandler(context: context, serverHostname: serverName)
  }

  /// Adds encryption to a channel that is not connected yet.
  func encrypt(_ channel: any Channel) throws -> TLSFutures {
    let tls = try handler()
    let watch = TLSWatch(tls, host: host, on: channel.eventLoop)
    try channel.pipeline.syncOperations.addHandlers([tls, watch])
    return watch.futures
  }
}
