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

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
  }
}

extension Request {
  /// The whole body.
  /// - Throws: `Problem` (413) where it is larger than `ServerRequestContext.bodyLimit`; `BrokenRequest` where it breaks off.
  func wholeBody() async throws -> [UInt8] {
    let limit = ServerRequestContext.bodyLimit
    do {
      let buffer = try await body.collect(upTo: limit.bytes)
      return Array(buffer.readableBytesView)
    } catch is NIOTooManyBytesError {
      throw Problem.bodyTooLarge(limit: limit.description)
    } catch {
      throw BrokenRequest(cause: error)
    }
  }
}

extension ServerRequestContext {
  /// The order that the path names.
  /// - Throws: `Problem` (404) where it is no id, so that there can be no such order.
  func orderID() throws -> OrderID {
    let text = parameters.get("id") ?? ""
    guard let id = text.removingPercentEncoding, OrderRules.check(id: id) == nil else { throw Problem.unknownOrder(text) }
    return OrderID(id)
  }
}
