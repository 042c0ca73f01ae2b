package import NIOCore
import NIOPosix

/// Finds out where the target is before the first order: a target that cannot be reached is an error in the configuration.
package enum TargetAddress {
  /// How long each of several addresses may take at first, so that a dead one does not hold up the run.
  private static let patienceWithSeveral = TimeAmount.seconds(2)

  /// Looks up the target's addresses, and opens a connection to each for a moment. With TLS the target must prove its identity and accept
  /// ours. Addresses that cannot be reached are noted in the result, as long as there is one that can.
  /// - Parameter timeout: for opening a connection, and again for its handshake.
  /// - Throws: `Failure`, which says that the host is unknown, why it cannot be reached, or why TLS with it fails.
  package static func reach(_ target: TargetURL, over tls: TLSClient? = nil, timeout: TimeAmount) async throws(Failure) -> TargetPlaces {
    var places = try await places(of: target)
    var failures = await failures(
      places.addresses, over: tls, within: places.addresses.count > 1 ? min(timeout, patienceWithSeveral) : timeout)
    if failures.count == places.addresses.count, places.addresses.count > 1, timeout > patienceWithSeveral {
      failures = await self.failures(places.addresses, over: tls, within: timeout)
    }
    if failures.count == places.addresses.count, let first = failures.first { throw first.failure }
    places.unreachable = failures
    return places
  }

  private static func places(of target: TargetURL) async throws(Failure) -> TargetPlaces {
    if let path = target.socketPath {
      guard let address = try? SocketAddress(unixDomainSocketPath: path) else {
        throw Failure(.dns, "'\(path)' is too long for a socket's path")
      }
      return TargetPlaces(addresses: [address])
    }
    let (host, port) = (target.host, target.port)
    if let address = try NameResolver.zoned(host, port: port) { return TargetPlaces(addresses: [address]) }
    let resolve: @Sendable () async throws -> [SocketAddress] = { try await NameResolver.addresses(of: host, port: port) }
    let isAddress = (try? SocketAddress(ipAddress: target.name, port: port)) != nil
    return TargetPlaces(addresses: try await NameResolver.addresses(of: host, port: port), resolve: isAddress ? nil : resolve)
  }

  /// - Returns: the addresses that could not be reached, in the same order.
  private static func failures(
    _ addresses: [SocketAddress], over tls: TLSClient?, within timeout: TimeAmount
  ) async -> [(address: SocketAddress, failure: Failure)] {
    await withTaskGroup(of: (Int, Failure?).self) { group in
      for (index, address) in addresses.enumerated() {
        group.addTask { (index, await failure(address, over: tls, within: timeout)) }
      }
      var found: [(Int, Failure)] = []
      for await (index, failure) in group { if let failure { found.append((index, failure)) } }
      return found.sorted { $0.0 < $1.0 }.map { (addresses[$0.0], $0.1) }
    }
  }

  /// Why the address cannot be reached; `nil` if it can.
  private static func failure(_ address: SocketAddress, over tls: TLSClient?, within timeout: TimeAmount) async -> Failure? {
    do {
      let (channel, encrypted) = try await ClientBootstrap(group: .singletonMultiThreadedEventLoopGroup).connectTimeout(timeout)
        .connect(to: address) { channel in
          channel.eventLoop.makeCompletedFuture { (channel, try tls?.encrypt(channel)) }
        }
      guard let encrypted else {
        try? await channel.close()
        return nil
      }
      try await encrypted.handshake(on: channel, within: timeout)
      // A target that refuses our certificate says so at the latest when it receives our goodbye.
      try? await channel.close()
      try await encrypted.end.get()
      return nil
    } catch let failure as Failure {
      return failure
    } catch {
      return Failure(network: error, otherwise: .refused)
    }
  }
}

extension ClientBootstrap {
  /// Connects to the target's Unix socket, or to the first of its addresses that answers.
  func connect<Output: Sendable>(
    to target: TargetURL, channelInitializer: @escaping @Sendable (any Channel) -> EventLoopFuture<Output>
  ) async throws -> Output {
    if let path = target.socketPath { return try await connect(unixDomainSocketPath: path, channelInitializer: channelInitializer) }
    if let address = try NameResolver.zoned(target.host, port: target.port) {
      return try await connect(to: address, channelInitializer: channelInitializer)
    }
    return try await connect(host: target.host, port: target.port, channelInitializer: channelInitializer)
  }
}

extension TLSFutures {
  /// Waits for the handshake to be completed.
  /// - Throws: `TLSFault`; `Failure` if it takes longer than `patience`.
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
