import NIOCore
import NIOHTTP1

/// Counts the bytes that have arrived since the last part of a request, and stops what grows without ever becoming one: the decoder keeps,
/// for example, a field whose value is nothing but blanks, and does not count the blanks.
final class UnparsedBytes: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let limit: Int
  private(set) var count = 0
  /// The bytes that are being decoded. They are kept no longer, so that their memory is free for what comes next.
  private var latest = ByteBuffer()
  /// Whether everything that arrives is dropped.
  private var isShut = false

  init(limit: Int) { self.limit = limit }

  /// The decoder has found a part of a request.
  func partCame() { count = 0 }

  /// Counts the bytes that arrived together with the end of a request and follow it: 1 where there are any, otherwise 0. Empty lines there
  /// count as nothing (RFC 9112, 2.2).
  ///
  /// The decoder does not tell how far it is. But it is known how a request ends: with its body, or with an empty line where its body has
  /// no size.
  /// - Parameter body: the latest piece of a body whose size was told; `nil` where there is none.
  func requestEnded(with body: ByteBuffer?) {
    let came = latest.readableBytesView.withoutLineEnds
    let isAll =
      if let body { came.ends(with: body.readableBytesView.withoutLineEnds) } else {
        latest.readableBytesView[came.endIndex...].count { $0 == UInt8(ascii: "\n") } > 1
      }
    count = isAll ? 0 : 1
  }

  /// From now on everything that arrives is dropped.
  func shut() { isShut = true }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isShut else { return }
    latest = unwrapInboundIn(data)
    count += latest.readableBytes
    context.fireChannelRead(data)
    latest = ByteBuffer()
    if count > limit, !isShut { context.fireErrorCaught(HTTPParserError.headerOverflow) }
  }
}

extension ByteBufferView {
  fileprivate var withoutLineEnds: ByteBufferView {
    self[..<(lastIndex { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\n") }.map { $0 + 1 } ?? startIndex)]
  }

  fileprivate func ends(with other: ByteBufferView) -> Bool { suffix(other.count).elementsEqual(other) }
}
