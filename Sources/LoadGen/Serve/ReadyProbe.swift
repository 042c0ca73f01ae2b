import NIOCore
import NIOPosix

/// Asks once whether a URL answers.
enum ReadyProbe {
  /// The longest that one question may take.
  static let patience = TimeAmount.seconds(2)

  /// - Returns: the status code; `nil` where there is no whole answer.
  static func status(_ url: TargetURL) async -> Int? {
    let bootstrap = ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(patience)
    let connected = try? await bootstrap.connect(host: url.host, port: url.port) { channel in
      channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
    }
    guard let connected else { return nil }
    let timer = connected.channel.eventLoop.scheduleTask(in: patience) { connected.channel.close(promise: nil) }
    defer { timer.cancel() }
    return try? await connected.executeThenClose { inbound, outbound in
      let path = url.basePath.isEmpty ? "/" : url.basePath
      try await outbound.write(ByteBuffer(string: "GET \(path) HTTP/1.1\r\nHost: \(url.authority)\r\nConnection: close\r\n\r\n"))
      var parser = ResponseParser()
      for try await bytes in inbound {
        if case .complete = try bytes.withUnsafeReadableBytes({ try parser.consume($0) }) { return parser.status }
      }
      return try parser.close() ? parser.status : nil
    }
  }
}
