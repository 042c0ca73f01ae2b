import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Shared

/// What belongs to one request. Bodies are read and written by our own JSON: the framework's coders would be built anew each time.
struct ServerRequestContext: RequestContext {
  /// Bodies beyond this are refused with 413.
  static let bodyLimit = ByteCount(1 << 20)

  var coreContext: CoreRequestContextStorage
  private let channel: any Channel

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  /// The address that the request came from, without its port; empty where there is none.
  var peer: String { channel.remoteAddress?.ipAddress ?? "" }
}

extension Request {
  /// The whole body.
  /// - Throws: `Refusal.bodyTooLarge` where it is larger than `ServerRequestContext.bodyLimit`; `BrokenRequest` where it breaks off.
  func wholeBody() async throws -> [UInt8] {
    let limit = ServerRequestContext.bodyLimit
    do {
      let buffer = try await body.collect(upTo: limit.bytes)
      return Array(buffer.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw Refusal.bodyTooLarge(limit: limit)
    } catch {
      throw BrokenRequest(cause: error)
    }
  }
}

extension ServerRequestContext {
  /// The order that the path names.
  /// - Throws: `Refusal.unknownOrder` where it is no id, so that there can be no such order.
  func orderID(_ spelling: Spelling) throws -> OrderID {
    let text = parameters.get("id") ?? ""
    guard let id = text.removingPercentEncoding.flatMap(spelling.id) else { throw Refusal.unknownOrder(text) }
    return id
  }
}
