import HTTPTypes
import Hummingbird
import NIOCore

/// An answer to a client, before it is encoded.
struct APIReply: Sendable, Equatable {
  var status: HTTPResponse.Status
  var json: JSON
  /// The body's media type.
  var type = "application/json"
  /// Without `Content-Type`, which is taken from `type`.
  var headers: HTTPFields = [:]

  init(_ status: HTTPResponse.Status, _ json: JSON, type: String = "application/json", headers: HTTPFields = [:]) {
    self.status = status
    self.json = json
    self.type = type
    self.headers = headers
  }
}

extension Response {
  init(_ reply: APIReply) {
    self.init(reply.status, reply.json, type: reply.type, headers: reply.headers)
  }

  /// A response with a JSON body.
  init(_ status: HTTPResponse.Status, _ json: JSON, type: String = "application/json", headers: HTTPFields = [:]) {
    var buffer = ByteBufferAllocator().buffer(capacity: 256)
    json.encode(into: &buffer)
    var headers = headers
    headers[.contentType] = type
    self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: buffer))
  }
}
