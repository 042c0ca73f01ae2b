import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
  /// An answer with a JSON body.
  init(_ status: HTTPResponse.Status, _ json: JSON, type: String = "application/json", headers: HTTPFields = [:]) {
    var buffer = ByteBufferAllocator().buffer(capacity: 256)
    json.encode(into: &buffer)
    var headers = headers
    headers[.contentType] = type
    self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: buffer))
  }
}
