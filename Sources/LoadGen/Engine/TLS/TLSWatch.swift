import NIOCore
import NIOSSL
import NIOTLS

/// What will become of TLS on a channel.
struct TLSFutures: Sendable {
  /// Fails with a `TLSFault` if no handshake was completed.
  let handshake: EventLoopFuture<Void>
  /// Succeeds once the channel is closed. Fails with a `TLSFault` if the target refused the connection after the handshake: with TLS 1.3 it
  /// sees our certificate only then.
  let end: EventLoopFuture<Void>
}

/// Follows TLS in a channel: reports the outcome of the handshake, and why TLS failed, in our own words.
final class TLSWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let tls: NIOSSLClientHandler
  private let host: String
  private let handshake: EventLoopPromise<Void>
  private let end: EventLoopPromise<Void>
  private(set) var isEstablished = false
  /// Whether the target has said that it will send no more, or is gone.
  private(set) var hasEnded = false
  private(set) var fault: TLSFault?

  init(_ tls: NIOSSLClientHandler, host: String, on loop: any EventLoop) {
    self.tls = tls
    self.host = host
    handshake = loop.makePromise()
    end = loop.makePromise()
  }

  // A channel may never have been opened.
  deinit { conclude() }

  var futures: TLSFutures { TLSFutures(handshake: handshake.futureResult, end: end.futureResult) }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
      isEstablished = true
      handshake.succeed()
    }
    context.fireUserInboundEventTriggered(event)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // A target that leaves without a goodbye is noticed by its end; what is missing of an answer, by the answer.
    if case NIOSSLError.uncleanShutdown = error { return }
    guard let fault = TLSFault(error, host: host, certificate: { tls.peerCertificate }) else { return context.fireErrorCaught(error) }
    guard self.fault == nil else { return }
    self.fault = fault
    handshake.fail(fault)
    end.fail(fault)
    context.fireErrorCaught(fault)
  }

  func channelInactive(context: ChannelHandlerContext) {
    hasEnded = true
    conclude()
    context.fireChannelInactive()
  }

  /// Completes the promises that are still open; others stay as they are.
  private func conclude() {
    handshake.fail(TLSFault.closed)
    end.succeed()
  }
}
