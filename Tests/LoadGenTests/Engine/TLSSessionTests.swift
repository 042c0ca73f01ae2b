import Crypto
import Foundation
import NIOCore
import NIOEmbedded
import NIOSSL
import SwiftASN1
import Testing
import X509

@testable import LoadRun

@Suite("A connection's TLS")
struct TLSSessionTests {
  private static let address = Result { try SocketAddress(ipAddress: "127.0.0.1", port: 443) }

  /// The server's side, in memory like the client's.
  private final class Server {
    let channel: EmbeddedChannel

    init(_ configuration: TLSConfiguration) throws {
      channel = EmbeddedChannel(handler: NIOSSLServerHandler(context: try NIOSSLContext(configuration: configuration)))
      channel.connect(to: try SocketAddress(ipAddress: "127.0.0.1", port: 1), promise: nil)
    }

    /// Without `finish`, which waits for a goodbye that a client who was refused never sends.
    deinit {
      channel.close(promise: nil)
      channel.embeddedEventLoop.advanceTime(by: .hours(1))
    }
  }

  /// A certificate for `orders.example`, and what trusts it.
  private static func certificate() throws -> (server: TLSConfiguration, client: TLSConfiguration) {
    let key = P256.Signing.PrivateKey()
    let name = try DistinguishedName { CommonName("test") }
    let certificate = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PublicKey(key.publicKey),
      notValidBefore: Date().addingTimeInterval(-60), notValidAfter: Date().addingTimeInterval(3_600), issuer: name, subject: name,
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: Certificate.Extensions { SubjectAlternativeNames([.dnsName("orders.example")]) },
      issuerPrivateKey: Certificate.PrivateKey(key))
    let shown = try NIOSSLCertificate(bytes: try certificate.serializeAsPEM().derBytes, format: .der)
    var client = TLSConfiguration.makeClientConfiguration()
    client.trustRoots = .certificates([shown])
    let server = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(shown)],
      privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem)))
    return (server, client)
  }

  /// Carries bytes to and fro until nobody has any more.
  /// - Returns: what the client decrypted.
  private func exchange(_ session: TLSSession, _ server: Server, inPiecesOf size: Int) throws -> [UInt8] {
    var decrypted: [UInt8] = []
    var isQuiet = false
    while !isQuiet {
      isQuiet = true
      if let bytes = session.takeEncrypted() {
        isQuiet = false
        try server.channel.writeInbound(bytes)
      }
      while let bytes = try server.channel.readOutbound(as: ByteBuffer.self) {
        isQuiet = false
        var rest = Array(bytes.readableBytesView)[...]
        while !rest.isEmpty {
          rest.prefix(size).withUnsafeBytes { session.receive($0) }
          rest = rest.dropFirst(size)
          if let plain = session.takeDecrypted() { decrypted += plain.readableBytesView }
        }
      }
    }
    return decrypted
  }

  @Test("However bytes are cut, the handshake ends, and both sides read what the other wrote", arguments: [1, 7, 100_000])
  func pieces(size: Int) throws {
    let (serving, asking) = try Self.certificate()
    let server = try Server(serving)
    let client = TLSClient(context: try NIOSSLContext(configuration: asking), host: "orders.example")
    let session = try TLSSession(client, to: try Self.address.get())
    #expect(!session.isEstablished)
    #expect(try exchange(session, server, inPiecesOf: size).isEmpty)
    #expect(session.isEstablished && !session.hasEnded && session.fault == nil)
    // Longer than a record, so that it comes in several.
    let request = Array("POST /orders".utf8)
    let answer = (0..<50_000).map { UInt8(truncatingIfNeeded: $0) }
    request.withUnsafeBytes { session.send($0) }
    _ = try exchange(session, server, inPiecesOf: size)
    #expect(try server.channel.readInbound(as: ByteBuffer.self).map { Array($0.readableBytesView) } == request)
    try server.channel.writeOutbound(ByteBuffer(bytes: answer))
    #expect(try exchange(session, server, inPiecesOf: size) == answer)
    server.channel.close(promise: nil)
    #expect(try exchange(session, server, inPiecesOf: size).isEmpty)
    #expect(session.hasEnded && session.fault == nil)
  }

  @Test("A server that is someone else is refused with its name")
  func otherName() throws {
    let (serving, asking) = try Self.certificate()
    let server = try Server(serving)
    let client = TLSClient(context: try NIOSSLContext(configuration: asking), host: "localhost")
    let session = try TLSSession(client, to: try Self.address.get())
    _ = try? exchange(session, server, inPiecesOf: 100)
    #expect(session.hasEnded)
    #expect(session.fault?.failure.example.contains("is not for localhost, it is for orders.example") == true)
  }
}
