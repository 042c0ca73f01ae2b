import NIOCore
import NIOEmbedded
import NIOSSL

/// The TLS of one connection: bytes in, bytes out, without a socket. Used only on its loop's thread.
///
/// It is the library's handler in a channel that is not connected to anything: what the handler writes is taken from the channel's end, and
/// sent through the connection's own socket.
final class TLSSession {
  private let channel: EmbeddedChannel
  private let tls: NIOSSLClientHandler
  private let watch: TLSWatch

  /// Begins the handshake.
  /// - Parameter address: where the connection leads.
  /// - Throws: `TLSFault` if the host is not a valid name to ask for.
  init(_ client: TLSClient, to address: SocketAddress) throws(TLSFault) {
    do {
      tls = try client.handler()
    } catch {
      throw .other("'\(client.host)' cannot be asked for")
    }
    let loop = EmbeddedEventLoop()
    watch = TLSWatch(tls, host: client.host, on: loop)
    channel = EmbeddedChannel(handlers: [tls, watch], loop: loop)
    channel.remoteAddress = address
    channel.connect(to: address, promise: nil)
  }

  deinit { tearDown() }

  /// Whether the handshake is complete, so that requests may be sent.
  var isEstablished: Bool { watch.isEstablished }
  /// Whether the target has said that it will send no more, or TLS has failed.
  var hasEnded: Bool { watch.hasEnded || watch.fault != nil }
  var fault: TLSFault? { watch.fault }

  /// Takes in bytes that were received. What follows from them must then be taken by `takeDecrypted` and `takeEncrypted`.
  func receive(_ bytes: UnsafeRawBufferPointer) {
    let pipeline = channel.pipeline.syncOperations
    pipeline.fireChannelRead(NIOAny(buffer(of: bytes)))
    pipeline.fireChannelReadComplete()
    // A certificate is judged in a task on the channel's event loop.
    if !isEstablished { channel.embeddedEventLoop.run() }
  }

  /// Encrypts a request, to be taken by `takeEncrypted`.
  func send(_ bytes: UnsafeRawBufferPointer) {
    channel.pipeline.syncOperations.writeAndFlush(NIOAny(buffer(of: bytes)), promise: nil)
  }

  /// Says goodbye to the target. Nothing more may be sent.
  func end() { channel.close(promise: nil) }

  /// What has been decrypted; `nil` if there is nothing.
  func takeDecrypted() -> ByteBuffer? { take { try channel.readInbound(as: ByteBuffer.self) } }

  /// What is to be sent to the target; `nil` if there is nothing.
  func takeEncrypted() -> ByteBuffer? { take { try channel.readOutbound(as: ByteBuffer.self) } }

  private func take(_ next: () throws -> ByteBuffer?) -> ByteBuffer? {
    guard var all = try? next() else { return nil }
    while var more = try? next() { all.writeBuffer(&more) }
    return all
  }

  private func buffer(of bytes: UnsafeRawBufferPointer) -> ByteBuffer {
    var buffer = channel.allocator.buffer(capacity: bytes.count)
    buffer.writeBytes(bytes)
    return buffer
  }

  /// Closes the channel beneath TLS, so that nothing waits for the target's goodbye. Until then, handlers and channel hold references to
  /// each other.
  private func tearDown() {
    if let context = try? channel.pipeline.syncOperations.context(handler: tls) { context.close(promise: nil) }
    // Also skips scheduled tasks, which would otherwise keep the handler alive.
    channel.embeddedEventLoop.advanceTime(by: .hours(1))
  }
}
