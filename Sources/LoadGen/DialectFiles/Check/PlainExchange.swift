import NIOCore
import NIOPosix

/// One request on a connection of its own, and its whole answer.
enum PlainExchange {
  /// - Parameters:
  ///   - request: says `Connection: close`.
  ///   - tls: `nil` where bytes are sent as they are.
  ///   - patience: from the call to the end of the answer.
  /// - Throws: `Failure`.
  static func answer(
    to request: ByteBuffer, from target: TargetURL, over tls: TLSClient?, within patience: TimeAmount
  ) async throws(Failure) -> ResponseParser {
    do {
      return try await exchange(request, with: target, over: tls, within: patience)
    } catch let failure as Failure {
      throw failure
    } catch let error as BadResponse {
      throw Failure(.badResponse, "\(error)")
    } catch {
      throw Failure(network: error, otherwise: .closed)
    }
  }

  /// The same, with errors as they come.
  static func exchange(
    _ request: ByteBuffer, with target: TargetURL, over tls: TLSClient?, within patience: TimeAmount
  ) async throws -> ResponseParser {
    let (connected, progress) = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(patience)
      .connect(host: target.host, port: target.port) { channel in
        channel.eventLoop.makeCompletedFuture {
          let progress = try tls?.encrypt(channel)
          return (try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel), progress)
        }
      }
    let timer = connected.channel.eventLoop.scheduleTask(in: patience) { connected.channel.close(promise: nil) }
    defer { timer.cancel() }
    return try await connected.executeThenClose { inbound, outbound in
      try await progress?.handshake(on: connected.channel, within: patience)
      try await outbound.write(request)
      var parser = ResponseParser()
      for try await bytes in inbound {
        if case .complete = try bytes.withUnsafeReadableBytes({ try parser.consume($0) }) { return parser }
      }
      guard try parser.close() else {
        throw Failure(.closed, "closed without an answer, which may take \(patience.nanoseconds / 1_000_000) ms")
      }
      return parser
    }
  }
}
