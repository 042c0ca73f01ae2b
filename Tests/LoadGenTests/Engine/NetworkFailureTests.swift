import Foundation
import NIOCore
import Testing

@testable import LoadRun

@Suite("Errors of sockets")
struct NetworkFailureTests {
  @Test(
    "What the target did is told apart from what our own side lacks",
    arguments: [
      (ECONNREFUSED, .refused), (ECONNRESET, .reset), (EPIPE, .reset), (ETIMEDOUT, .timeout), (EMFILE, .exhausted),
      (ENFILE, .exhausted), (EADDRNOTAVAIL, .exhausted), (ENOBUFS, .exhausted), (ENOMEM, .exhausted), (EHOSTUNREACH, .closed),
    ] as [(Int32, Failure.Kind)])
  func kinds(code: Int32, kind: Failure.Kind) {
    let failure = Failure(network: IOError(errnoCode: code, reason: "read"), otherwise: .closed)
    #expect(failure.kind == kind)
    #expect(failure.example == String(cString: strerror(code)))
  }

  @Test("What ends a connection's opening is a connection that was not made")
  func opening() {
    let late = Failure(network: IOError(errnoCode: ETIMEDOUT, reason: "connect"), otherwise: .refused)
    #expect(late.kind == .connectTimeout)
    let unreachable = Failure(network: IOError(errnoCode: EHOSTUNREACH, reason: "connect"), otherwise: .refused)
    #expect(unreachable.kind == .refused)
    #expect(Failure(network: ChannelError.connectTimeout(.seconds(1)), otherwise: .refused).kind == .connectTimeout)
    let unknown = #expect(throws: SocketAddressError.UnknownHost.self) {
      try SocketAddress.makeAddressResolvingHost("orders.invalid", port: 80)
    }
    #expect(unknown.map { Failure(network: $0, otherwise: .refused).kind } == .dns)
  }
}
