import NIOCore
import NIOEmbedded
import NIOSSL

/// One connection's TLS: a machine of bytes in and bytes out, without a socket. Lives on its loop's thread.
///
/// It is the library's handler in a channel that is not connected to anything: what the handler writes is taken from the channel's end,
/// and given to the connection's own socket.
final class TLSSession {
  private let channel: EmbeddedChannel
  private let tls: NIOSSLClientHandler
  private let watch: TLSWatch

  /// Begins the handshake.
  /// - Parameter address: where the connection leads.
  /// - Throws: `TLSFault` where the host is nothing that can be asked for.
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

  /// Requests may be sent.
  var isEstablished: Bool { watch.isEstablished }
  /// The target has said that it sends no more, or TLS has failed.
  var hasEnded: Bool { watch.hasEnded || watch.fault != nil }
  var fault: TLSFault? { watch.fault }

  /// Takes up what was received. What comes of it is then to be taken.
  func receive(_ bytes: UnsafeRawBufferPointer) {
    let pipeline = channel.pipeline.syncOperations
    pipeline.fireChannelRead(NIOAny(buffer(of: bytes)))
    pipeline.fireChannelReadComplete()
    // A certificate is judged in a job of the channel's loop.
    if !isEstablished { channel.embeddedEventLoop.run() }
  }

  /// Encrypts a request.
  func send(_ bytes: UnsafeRawBufferPointer) {
    channel.pipeline.syncOperations.writeAndFlush(NIOAny(buffer(of: bytes)), promise: nil)
  }

  /// Says goodbye. Nothing more will come.
  func end() { channel.close(promise: nil) }

  /// What was decrypted; `nil` where there is nothing.
  func takeDecrypted() -> ByteBuffer? { take { try channel.readInbound(as: ByteBuffer.self) } }

  /// What is to be sent; `nil` where there is nothing.
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

  /// Closes the channel beneath TLS, so that nothing waits for the target's goodbye. Handlers and channel know one another until then.
  private func tearDown() {
    if let context = try? channel.pipeline.syncOperations.context(handler: tls) { context.close(promise: nil) }
    // Past all that was to be done later, too: it would hold on to the handler.
    channel.embeddedEventLoop.advanceTime(by: .hours(1))
  }
}
