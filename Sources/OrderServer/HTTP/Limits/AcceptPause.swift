import Logging
import NIOCore

/// Pauses the listening socket for 100 ms where a connection cannot be accepted, for example because the system has no file descriptor
/// left: trying again at once would spin, and the error would end the server.
final class AcceptPause: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = any Channel
  typealias InboundOut = any Channel

  private static let rest = TimeAmount.milliseconds(100)

  private let logger: Logger
  private var isResting = false
  /// Whether the failure has been logged since a connection was last accepted.
  private var isKnown = false

  init(logger: Logger) { self.logger = logger }

  /// Puts a pause into the pipeline of a listening socket.
  static func watch(_ channel: any Channel, logger: Logger) async throws {
    try await channel.eventLoop.submit {
      try channel.pipeline.syncOperations.addHandler(AcceptPause(logger: logger), position: .first)
    }.get()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    isKnown = false
    context.fireChannelRead(data)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is IOError else { return context.fireErrorCaught(error) }
    if !isKnown { logger.warning("connections cannot be accepted at the moment: \(error)") }
    isKnown = true
    guard !isResting, let options = context.channel.syncOptions else { return }
    isResting = true
    try? options.setOption(.autoRead, value: false)
    context.eventLoop.assumeIsolated().scheduleTask(in: Self.rest) {
      self.isResting = false
      // It may have been closed meanwhile.
      try? options.setOption(.autoRead, value: true)
    }
  }
}
