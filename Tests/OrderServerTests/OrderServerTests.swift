import Foundation
import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Shared
import Testing

@testable import OrderServer

/// The whole program but for its flags: a real port, a real file, started and stopped.
@Suite("OrderServer", .timeLimit(.minutes(60)))
struct OrderServerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private var sqlite: StoreLocation { .sqlite(SQLiteLocation(path: folder.file("orders.db"))) }

  /// Runs a server on a free port, and stops it as SIGTERM would.
  /// - Returns: how long the stop took.
  @discardableResult
  private func withServer(_ change: (inout ServerConfiguration) -> Void, _ body: (Connection) async throws -> Void) async throws -> Duration
  {
    var configuration = ServerConfiguration(port: 0, logLevel: .critical)
    // A test may stand still in the middle of a request, for as long as the machine is busy with others.
    configuration.limits.idleTimeout = .seconds(86_400)
    configuration.limits.readTimeout = .seconds(86_400)
    configuration.limits.writeTimeout = .seconds(86_400)
    change(&configuration)
    let (urls, url) = AsyncStream.makeStream(of: String.self)
    let server = OrderServer(configuration) { url.yield($0) }
    let group = ServiceGroup(
      configuration: ServiceGroupConfiguration(
        services: [.init(service: server, successTerminationBehavior: .gracefullyShutdownGroup)],
        logger: Logger(label: "test", factory: SwiftLogNoOpLogHandler.init)))
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { url.finish() }
        try await group.run()
      }
      if let found = await urls.first(where: { _ in true }) {
        let port = try #require(URL(string: found)?.port)
        try await body(Connection(port: port))
      }
      let start = ContinuousClock.now
      await group.triggerGracefulShutdown()
      try await tasks.waitForAll()
      return ContinuousClock.now - start
    }
  }

  private static let order = #"{"order_id":"o-1","user_id":"u","item_ids":["a"],"total_amount":1}"#

  @Test("It says where it listens once orders can be sent, and serves them to the end")
  func serves() async throws {
    try await withServer {
      $0.serviceTime = .fixed(.milliseconds(1)); $0.store = sqlite
    } _: { connection in
      #expect(try await connection.exchange("POST", "/orders", body: Self.order).contains("201 Created"))
      while try await !connection.exchange("GET", "/orders/o-1/status").contains("completed") {}
      #expect(try await connection.exchange("GET", "/health").contains("200 OK"))
      #expect(try await connection.exchange("GET", "/metrics").contains(#""total_orders":1,"#))
    }
    #expect(try folder.names() == ["orders.db"])
  }

  @Test("What was accepted before a stop is processed after the next start, once")
  func goesOnAfterStop() async throws {
    try await withServer {
      $0.serviceTime = .fixed(.seconds(600)); $0.store = sqlite
    } _: { connection in
      _ = try await connection.exchange("POST", "/orders", body: Self.order)
      while try await !connection.exchange("GET", "/orders/o-1/status").contains("processing") {}
    }
    try await withServer {
      $0.serviceTime = .fixed(.zero); $0.store = sqlite
    } _: { connection in
      while try await !connection.exchange("GET", "/orders/o-1/status").contains("completed") {}
      #expect(try await connection.exchange("GET", "/metrics").contains(#""total_orders":1,"#))
    }
  }

  @Test("A stop waits for nobody who keeps silent, and cuts off who never finishes a request")
  func stopsInBoundedTime() async throws {
    let channels = Channels()
    let time = try await withServer {
      $0.store = .memory; $0.stopLimit = .milliseconds(300)
    } _: { connection in
      // One says nothing; one stops in the middle of its headers; one in the middle of its body.
      for text in ["", "POST /orders HTTP/1.1\r\nHost: a\r\nCont", "POST /orders HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{"] {
        channels.all.append(try await connection.open(sending: text))
      }
      #expect(try await connection.exchange("GET", "/ping").contains("200 OK"))
    }
    // They would have been waited for for a day.
    #expect(time < .seconds(600))
    for channel in channels.all { try await channel.closeFuture.get() }
  }

  @Test("A body that breaks off, or is no HTTP, costs the connection and nothing else")
  func survivesBrokenRequests() async throws {
    try await withServer {
      $0.store = .memory
    } _: { connection in
      let head = "POST /orders HTTP/1.1\r\nHost: a\r\n"
      for text in [
        head + "Content-Length: 50\r\n\r\n{", head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", "nonsense\r\n\r\n", "\u{0}\u{1}\u{2}",
        head + "Content-Length: -5\r\n\r\n", "GET \u{7f} HTTP/1.1\r\n\r\n",
      ] {
        let channel = try await connection.open(sending: text)
        // The server may have been the first to close it.
        channel.close(promise: nil)
        try await channel.closeFuture.get()
      }
      #expect(try await connection.exchange("GET", "/ping").contains("200 OK"))
      #expect(try await connection.exchange("GET", "/metrics").contains(#""total_orders":0,"#))
    }
  }

  @Test("A port in use is said to be so, and leaves no file behind")
  func portInUse() async throws {
    try await withServer {
      $0.store = .memory
    } _: { connection in
      let error = await #expect(throws: ConfigurationError.self) {
        try await withServer {
          $0.port = connection.port; $0.store = sqlite
        } _: { _ in
        }
      }
      #expect(error?.description.contains("cannot listen on 127.0.0.1:\(connection.port): the port is in use") == true)
    }
    #expect(try folder.names().isEmpty)
  }

  @Test(
    "A host that is not there is said not to be", arguments: [("no.such.host.invalid", "no such host"), ("192.0.2.1", "Cannot assign")])
  func unknownHost(host: String, reason: String) async throws {
    let error = await #expect(throws: ConfigurationError.self) {
      try await withServer {
        $0.host = host; $0.store = .memory
      } _: { _ in
      }
    }
    #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
  }
}

/// Where the server listens.
private struct Connection {
  let port: Int

  /// Sends one request on a connection of its own, and reads the answer to its end.
  func exchange(_ method: String, _ path: String, body: String = "") async throws -> String {
    let bytes = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connect(host: "127.0.0.1", port: port) { channel in
        channel.eventLoop.makeCompletedFuture { try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel) }
      }
      .executeThenClose { inbound, outbound in
        try await outbound.write(
          ByteBuffer(
            string: "\(method) \(path) HTTP/1.1\r\nHost: test\r\nConnection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"))
        return try await inbound.reduce(into: ByteBuffer()) { $0.writeImmutableBuffer($1) }
      }
    return String(buffer: bytes)
  }

  /// Sends some bytes and leaves the connection open.
  func open(sending text: String) async throws -> any Channel {
    let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connect(host: "127.0.0.1", port: port).get()
    try await channel.writeAndFlush(ByteBuffer(string: text))
    return channel
  }
}

/// Connections that a test has left open.
private final class Channels {
  var all: [any Channel] = []
}
