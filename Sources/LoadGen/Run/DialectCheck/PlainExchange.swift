import NIOCore
import NIOPosix

/// A single request on a connection of its own, and the whole answer.
enum PlainExchange {
  /// - Parameters:
  ///   - request: must have a header `Connection: close`.
  ///   - tls: `nil` where the bytes are not encrypted.
  ///   - patience: how long it may take from the call to the end of the answer.
  ///   - header: the name of a header to be kept besides those that always are.
  /// - Throws: `Failure`.
  static func answer(
    to request: ByteBuffer, from target: TargetURL, over tls: TLSClient?, within patience: TimeAmount, watching header: String? = nil,
    mostBytes: Int? = nil
  ) async throws(Failure) -> ResponseParser {
    do {
      return try await exchange(request, with: target, over: tls, within: patience, watching: header, mostBytes: mostBytes)
    } catch let failure as Failure {
      throw failure
    } catch let error as BadResponse {
      throw Failure(.badResponse, "\(error)")
    } catch {
      throw Failure(network: error, otherwise: .closed)
    }
  }

  /// Does the same, but throws errors as they come.
  static func exchange(
    _ request: ByteBuffer, with target: TargetURL, over tls: TLSClient?, within patience: TimeAmount, watching header: String? = nil,
    mostBytes: Int? = nil
  ) async throws -> ResponseParser {
    let (connected, progress) = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(patience)
      .connect(to: target) { channel in
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
      var parser = ResponseParser(watching: header)
      if let mostBytes { parser.allow(bodyBytes: mostBytes) }
      for try await bytes in inbound {
        do throws(BadResponse) {
          let progress = try bytes.withUnsafeReadableBytes { bytes throws(BadResponse) in try parser.consume(bytes) }
          if case .complete = progress { return parser }
        } catch {
          throw Failure(.badResponse, bytes.withUnsafeReadableBytes { HTTP2.words(of: $0) } ?? "\(error)")
        }
      }
      guard try parser.close() else {
        throw Failure(.closed, "closed without an answer, which may take \(patience.nanoseconds / 1_000_000) ms")
      }
      return parser
    }
  }

  /// Sends bytes unencrypted, and returns the first that come back.
  /// - Parameter count: how many bytes to wait for; fewer are returned where the connection ends or `patience` is over.
  static func beginning(
    of request: ByteBuffer, with target: TargetURL, within patience: TimeAmount, atLeast count: Int
  ) async throws -> ByteBuffer {
    let connected = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(patience)
      .connect(to: target) { channel in
        channel.eventLoop.makeCompletedFuture {
          try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
        }
      }
    let timer = connected.channel.eventLoop.scheduleTask(in: patience) { connected.channel.close(promise: nil) }
    defer { timer.cancel() }
    return try await connected.executeThenClose { inbound, outbound in
      try await outbound.write(request)
      var all = ByteBuffer()
      for try await var bytes in inbound {
        all.writeBuffer(&bytes)
        if all.readableBytes >= count { break }
      }
      return all
    }
  }
}
