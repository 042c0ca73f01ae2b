import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Shared

/// What belongs to one request. Bodies are read and written by our own JSON, because the framework's coders would be built anew each time.
struct ServerRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  private let channel: any Channel
  private let cameConnected: Bool

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
    cameConnected = channel.isActive
  }

  /// The address that the request came from.
  var caller: CallerKey { CallerKey(channel.remoteAddress) }

  /// Whether the client has disconnected since its request arrived.
  var hasLeft: Bool { cameConnected && !channel.isActive }

  /// Ends the connection at once by a TCP reset. What was not sent yet is not sent.
  func resetConnection() async throws {
    if let socket = channel as? any SocketOptionProvider { try await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get() }
    try await channel.close()
  }
}

extension ServerRequestContext {
  /// Reads the whole body. A client that waits to be asked for it (`Expect: 100-continue`) is asked now, so everything that the headers
  /// alone decide must be decided before.
  /// - Throws: `APIError.bodyTooLarge` where it is larger than the limit, or says that it will be; `BrokenRequest` where it breaks off.
  func wholeBody(of request: Request, upTo limit: ByteCount) async throws -> [UInt8] {
    if let length = request.headers[.contentLength].flatMap(Int.init), length > limit.bytes { throw APIError.bodyTooLarge(limit: limit) }
    if request.headers[.expect] != nil { channel.triggerUserOutboundEvent(BodyIsWanted(), promise: nil) }
    do {
      let buffer = try await request.body.collect(upTo: limit.bytes)
      return Array(buffer.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw APIError.bodyTooLarge(limit: limit)
    } catch {
      throw BrokenRequest(cause: error)
    }
  }
}

extension ServerRequestContext {
  /// The id of the order that the path names.
  /// - Throws: `APIError.unknownOrder` where it is no id, so that there can be no such order.
  func orderID(_ format: APIFormat) throws -> OrderID {
    let text = parameters.get("id") ?? ""
    guard let id = text.removingPercentEncoding.flatMap(format.id) else { throw APIError.unknownOrder(text) }
    return id
  }
}
