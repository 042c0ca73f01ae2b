import NIOCore
import NIOSSL
import NIOTLS

/// What is to become of TLS on a channel.
struct TLSFutures: Sendable {
  /// Fails with a `TLSFault` where no handshake was completed.
  let handshake: EventLoopFuture<Void>
  /// When the channel is no more. Fails with a `TLSFault` where the target refused the connection after the handshake: with TLS 1.3 it
  /// learns only then which certificate it is shown.
  let end: EventLoopFuture<Void>
}

/// Stands behind TLS in a channel: says what became of the handshake, and why TLS failed, in words of our own.
final class TLSWatch: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  private let tls: NIOSSLClientHandler
  private let host: String
  private let handshake: EventLoopPromise<Void>
  private let end: EventLoopPromise<Void>
  private(set) var isEstablished = false
  /// The target has said that it will send no more, or is gone.
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
    // That the target left without a goodbye is told by its end; how much of an answer is missing, by the answer.
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

  /// A promise that was kept stays as it is.
  private func conclude() {
    handshake.fail(TLSFault.closed)
    end.succeed()
  }
}
