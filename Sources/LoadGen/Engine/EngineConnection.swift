import NIOCore

/// One connection's bytes: feeds the parser, and tells its loop what came of them. Lives on its event loop.
final class EngineConnection: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  let index: Int
  /// The two hold one another until the connection has ended: its last words may come after the run's.
  private let loop: EngineLoop
  private var parser = ResponseParser()
  private(set) var channel: (any Channel)?
  /// The request that is under way on it.
  var call: Call?
  /// What the socket said before it was closed.
  private var error: (any Error)?
  private var hasEnded = false

  init(index: Int, loop: EngineLoop) {
    self.index = index
    self.loop = loop
  }

  func handlerAdded(context: ChannelHandlerContext) { channel = context.channel }

  func send(_ call: Call, _ bytes: ByteBuffer) {
    self.call = call
    channel?.writeAndFlush(bytes, promise: nil)
  }

  /// We close it: whatever it carried is given up.
  func abandon() {
    call = nil
    channel?.close(promise: nil)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    loop.turnHasWork()
    var bytes = Self.unwrapInboundIn(data)
    guard let call else {
      // Bytes that nobody asked for: where the next answer would begin is not known any more.
      context.close(promise: nil)
      return
    }
    do {
      let progress = try bytes.readWithUnsafeReadableBytes { try (0, parser.consume($0)) }
      guard case .complete(let consumed) = progress else { return }
      let isClean = consumed == bytes.readableBytes
      complete(call, keepsAlive: parser.keepsAlive && isClean)
    } catch {
      fail(call, Failure(.badResponse, "\(error)"))
    }
  }

  func channelInactive(context: ChannelHandlerContext) {
    guard !hasEnded else { return }
    hasEnded = true
    channel = nil
    guard let call else { return loop.ended(self) }
    do throws(BadResponse) {
      if try parser.close() {
        complete(call, keepsAlive: false)
      } else {
        let failure = error.map { Failure(network: $0, otherwise: .closed) } ?? Failure(.closed, "closed without an answer")
        self.call = nil
        loop.broke(self, call, failure)
      }
    } catch {
      self.call = nil
      let failure = self.error.map { Failure(network: $0, otherwise: .closed) } ?? Failure(.closed, "\(error)")
      loop.broke(self, call, failure)
    }
  }

  private func complete(_ call: Call, keepsAlive: Bool) {
    let after = loop.now()
    self.call = nil
    let reply = loop.meaning(of: parser, to: call)
    // At once, and not before the next request: an idle connection has no use for a large body.
    parser.reset()
    loop.answered(call, reply, keepsAlive: keepsAlive, after: after)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    self.error = error
    context.close(promise: nil)
  }

  /// The answer is none: the request is over, and so is the connection.
  private func fail(_ call: Call, _ failure: Failure) {
    self.call = nil
    hasEnded = true
    let channel = channel
    self.channel = nil
    loop.broke(self, call, failure)
    channel?.close(promise: nil)
  }
}
