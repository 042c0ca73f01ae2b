import NIOCore
import NIOPosix

/// Where the target is, found out before the first order: a target that cannot be reached is a wrong configuration.
enum TargetAddress {
  /// Resolves the host and opens one connection for a moment. With TLS, the target must be who it should, and take us for who we are.
  /// - Parameter timeout: for the connection, and again for its handshake.
  /// - Throws: `Failure`: that the host is not known, why it cannot be reached, or why there is no TLS with it.
  static func reach(host: String, port: Int, over tls: TLSClient? = nil, timeout: TimeAmount) async throws -> SocketAddress {
    do {
      let (channel, progress) = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(timeout)
        .connect(host: host, port: port) { channel in
          channel.eventLoop.makeCompletedFuture { (channel, try tls?.encrypt(channel)) }
        }
      guard let address = channel.remoteAddress else {
        throw Failure(.closed, "the connection was closed as soon as it was opened")
      }
      if let progress {
        try await progress.handshake(on: channel, within: timeout)
        // A target that refuses our certificate says so when it hears our goodbye, if not before.
        try? await channel.close()
        try await progress.end.get()
      } else {
        try? await channel.close()
      }
      return address
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(network: error, otherwise: .refused)
    }
  }

  /// Whether a target that gave no answer to plain HTTP speaks TLS.
  static func speaksTLS(_ target: TargetURL) async -> Bool {
    let patience = TimeAmount.seconds(2)
    var settings = TLSSettings()
    settings.verifies = false
    guard !target.isEncrypted, let context = try? settings.context() else { return false }
    do {
      let client = TLSClient(context: context, host: target.host)
      let (channel, progress) = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(patience)
        .connect(host: target.host, port: target.port) { channel in
          channel.eventLoop.makeCompletedFuture { (channel, try client.encrypt(channel)) }
        }
      defer { channel.close(promise: nil) }
      try await progress.handshake(on: channel, within: patience)
      return true
    } catch {
      return (error as? TLSFault)?.provesTLS ?? false
    }
  }
}

extension TLSProgress {
  /// Waits for the handshake.
  /// - Throws: `TLSFault`; `Failure` where it takes longer than `patience`.
  func handshake(on channel: any Channel, within patience: TimeAmount) async throws {
    let timer = channel.eventLoop.scheduleTask(in: patience) { channel.close(promise: nil) }
    defer { timer.cancel() }
    let began = NIODeadline.now()
    do {
      try await handshake.get()
    } catch {
      guard NIODeadline.now() - began < patience else {
        throw Failure(.connectTimeout, "no TLS handshake within \(patience.nanoseconds / 1_000_000) ms")
      }
      throw error
    }
  }
}
