import NIOCore
import NIOPosix

/// One request on a connection of its own, and its whole answer.
enum PlainExchange {
  /// - Parameters:
  ///   - request: says `Connection: close`.
  ///   - patience: from the call to the end of the answer.
  /// - Throws: `Failure`.
  static func answer(to request: ByteBuffer, from target: TargetURL, within patience: TimeAmount) async throws(Failure) -> ResponseParser {
    do {
      let connected = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(patience)
        .connect(host: target.host, port: target.port) { channel in
          channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
        }
      let timer = connected.channel.eventLoop.scheduleTask(in: patience) { connected.channel.close(promise: nil) }
      defer { timer.cancel() }
      return try await connected.executeThenClose { inbound, outbound in
        try await outbound.write(request)
        var parser = ResponseParser()
        for try await bytes in inbound {
          if case .complete = try bytes.withUnsafeReadableBytes({ try parser.consume($0) }) { return parser }
        }
        guard try parser.close() else { throw Failure(.closed, "no answer came within \(patience.nanoseconds / 1_000_000_000) s") }
        return parser
      }
    } catch let failure as Failure {
      throw failure
    } catch let error as BadResponse {
      throw Failure(.badResponse, "\(error)")
    } catch {
      throw Failure(network: error, otherwise: .closed)
    }
  }
}
