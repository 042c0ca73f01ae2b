import NIOCore
import NIOEmbedded
import NIOHTTP1

extension Transcript {
  /// By NIOHTTP1's decoder, which is llhttp, as its client uses it.
  static func nio(_ bytes: [UInt8]) -> Transcript {
    let channel = EmbeddedChannel(handler: ByteToMessageHandler(HTTPResponseDecoder(leftOverBytesStrategy: .dropBytes)))
    var failure: (any Error)?
    do {
      // The decoder wants to know what was asked: a GET for each response that there could be.
      for _ in 0..<12 {
        channel.write(HTTPClientRequestPart.head(HTTPRequestHead(version: .http1_1, method: .GET, uri: "/")), promise: nil)
      }
      try channel.writeInbound(ByteBuffer(bytes: bytes))
      _ = try channel.finish(acceptAlreadyClosed: true)
    } catch {
      failure = error
      _ = try? channel.finish(acceptAlreadyClosed: true)
    }
    return Transcript(parts(of: channel), failure)
  }

  private static func parts(of channel: EmbeddedChannel) -> [HTTPClientResponsePart] {
    var parts: [HTTPClientResponsePart] = []
    while let part = try? channel.readInbound(as: HTTPClientResponsePart.self) { parts.append(part) }
    return parts
  }

  private init(_ parts: [HTTPClientResponsePart], _ failure: (any Error)?) {
    var current = Response(status: 0, keepsAlive: true, body: [])
    for part in parts {
      switch part {
      case .head(let head): current = Response(status: Int(head.status.code), keepsAlive: head.isKeepAlive, body: [])
      case .body(let buffer): current.body += buffer.readableBytesView
      case .end:
        responses.append(current)
        if !current.keepsAlive { return }
      }
    }
    if let failure { ending = .failed("\(failure)") }
  }
}
