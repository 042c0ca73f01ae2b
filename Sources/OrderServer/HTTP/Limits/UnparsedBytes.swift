import NIOCore
import NIOHTTP1

/// Counts what has come since the last part of a request, and stops what grows without ever becoming one: the decoder keeps, say, a
/// field whose value is nothing but blanks, and counts no blank.
final class UnparsedBytes: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = ByteBuffer
  typealias InboundOut = ByteBuffer

  private let limit: Int
  private(set) var count = 0
  /// What is being decoded: kept no longer, so that its memory is free for what comes next.
  private var latest = ByteBuffer()
  /// Whether whatever comes is dropped.
  private var isShut = false

  init(limit: Int) { self.limit = limit }

  func partCame() { count = 0 }

  /// Counts what came together with the end of a request, after it. Empty lines there are nothing (RFC 9112, 2.2).
  ///
  /// The decoder keeps to itself how far it is, but how a request ends is known: with its body, and where that has no size with an empty line.
  /// - Parameter body: the latest piece of a body whose size was told; `nil` where there is none.
  func requestEnded(with body: ByteBuffer?) {
    let came = latest.readableBytesView.withoutLineEnds
    let isAll =
      if let body { came.ends(with: body.readableBytesView.withoutLineEnds) } else {
        latest.readableBytesView[came.endIndex...].count { $0 == UInt8(ascii: "\n") } > 1
      }
    count = isAll ? 0 : 1
  }

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
