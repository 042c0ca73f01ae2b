import Shared

/// One kind of request as bytes with slots: everything that does not change is encoded only once.
struct EncodedRequest: Sendable {
  private let head: EncodedText
  private let body: EncodedText?

  /// - Parameters:
  ///   - basePath: precedes the path; empty, or beginning with a slash.
  ///   - headers: the headers common to all requests, without those of `request`.
  ///   - form: what its body is written in.
  init(_ request: Dialect.Request, basePath: String, headers: RequestHeaders, form: BodyForm) {
    let lines = headers.lines(of: request).map { "\($0.name): \($0.value)\r\n" }.joined()
    // The template is joined to a text and parsed again, so that whatever lies between two slots becomes a single run of bytes.
    head = EncodedText(Template("\(request.method) \(basePath)\(request.path) HTTP/1.1\r\n\(lines)"), in: .head)
    body = request.body.map { EncodedText($0, in: .body(form)) }
  }

  /// - Parameter authorization: the header line that identifies the account, including its line end; empty for none.
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
