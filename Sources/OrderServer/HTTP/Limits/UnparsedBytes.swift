import NIOCore
import NIOHTTP1

/// Counts what has come since the last part of a request, and stops what grows without ever becoming one: the decoder keeps, say, a
/// field whose value is nothing but blanks, and counts no blank.
final class UnparsedBytes: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let limit: Int
  private(set) var count = 0
  /// Whether whatever comes is dropped.
  private var isShut = false

  init(limit: Int) { self.limit = limit }

  func partCame() { count = 0 }
  func shut() { isShut = true }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isShut else { return }
    count += unwrapInboundIn(data).readableBytes
    context.fireChannelRead(data)
    if count > limit, !isShut { context.fireErrorCaught(HTTPParserError.headerOverflow) }
  }
}
