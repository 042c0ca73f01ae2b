import Shared

/// One kind of request, cut into bytes and slots: everything that does not change is encoded once.
struct EncodedRequest: Sendable {
  private let head: EncodedText
  private let body: EncodedText?

  /// - Parameters:
  ///   - basePath: comes before the path; empty or beginning with a slash.
  ///   - headers: those of every request, without those of `request`.
  init(_ request: Dialect.Request, basePath: String, headers: RequestHeaders) {
    let lines = headers.lines(of: request).map { "\($0.name): \($0.value)\r\n" }.joined()
    // A template is put together as a text and cut again: what stands beside a slot becomes one run of bytes.
    head = EncodedText(Template("\(request.method) \(basePath)\(request.path) HTTP/1.1\r\n\(lines)"), in: .head)
    body = request.body.map { EncodedText($0, in: .json) }
  }

  /// - Parameter authorization: the line that says who asks, with its end; empty where nobody is named.
  func write(_ context: RequestContext, _ values: SlotValues, authorization: String, into sink: inout some ByteSink) {
    head.write(context, values, into: &sink)
    if !authorization.isEmpty { sink.put(plain: authorization) }
    guard let body else {
      sink.put("\r\n")
      return
    }
    sink.put("Content-Length: ")
    sink.put(decimal: UInt64(body.length(context, values)))
    sink.put("\r\n\r\n")
    body.write(context, values, into: &sink)
  }
}
