import Foundation
import Shared

/// Encodes every kind of request of a dialect.
struct RequestEncoder: Sendable {
  let values: SlotValues
  /// Precedes every path.
  let basePath: String
  private let requests: [RequestKind: EncodedRequest]
  /// A create that carries an idempotency key, because it will be sent twice.
  private let keyedCreate: EncodedRequest?
  private let furtherPage: EncodedRequest?
  private let basic: [String]
  /// The beginning of the header line that carries an account's token; empty if the user gave this header, so that tokens are not sent.
  private let tokenHeader: String
  /// Whether the requests ask for unencoded answers.
  let asksForIdentity: Bool

  /// - Parameters:
  ///   - host: the value of the `Host` header.
  ///   - basePath: precedes every path; empty, or beginning with a slash.
  ///   - closes: whether the target is asked to close the connection after each answer.
  ///   - given: headers that the user gave for this run; they replace ours and the dialect's.
  init(
    _ dialect: Dialect, values: SlotValues, host: String, basePath: String, closes: Bool = false,
    given: [(name: String, value: String)] = []
  ) {
    self.values = values
    self.basePath = basePath
    let headers = RequestHeaders(host: host, closes: closes, dialect: dialect.headers, given: given)
    asksForIdentity = headers.asksForIdentity
    func encode(_ request: Dialect.Request, basePath: String) -> EncodedRequest {
      EncodedRequest(request, basePath: basePath, headers: headers, form: dialect.bodyForm(of: request))
    }
    func encode(_ request: Dialect.Request) -> EncodedRequest { encode(request, basePath: basePath) }
    requests = dialect.requests.mapValues(encode)
    if case .sameID(let key) = dialect.create.duplicates {
      var request = dialect.create.request
      request.headers.append(key)
      keyedCreate = encode(request)
    } else {
      keyedCreate = nil
    }
    furtherPage = dialect.list.flatMap { list in
      list.pages.map { pages in
        var request = list.request
        request.path = pages.way == .link ? Template("{\(Slot.nextPage)}") : pages.path
        return encode(request, basePath: pages.way == .link ? "" : basePath)
      }
    }
    let header = dialect.authentication.requestHeader
    let isNamed = headers.isGiven(header)
    tokenHeader = isNamed ? "" : header == "Cookie" ? "Cookie: " : "\(header): Bearer "
    basic =
      dialect.authentication == .basic && !isNamed
      ? values.accounts.map { "Authorization: Basic \(Data("\($0.username):\($0.password)".utf8).base64EncodedString())\r\n" } : []
  }

  /// Writes a whole request, or nothing if the dialect has none of this kind.
  func write(_ what: RequestKind, _ context: RequestContext, into sink: inout some ByteSink) {
    let request =
      switch what {
      case .create, .duplicate: context.isKeyed ? keyedCreate : requests[what]
      case .listPoll, .metrics: context.cursor == nil ? requests[what] : furtherPage
      default: requests[what]
      }
    request?.write(context, values, authorization: what.opensSession ? "" : authorization(of: context), into: &sink)
  }

  private func authorization(of context: RequestContext) -> String {
    if !tokenHeader.isEmpty, let tokens = context.tokens { return "\(tokenHeader)\(tokens.access)\r\n" }
    return basic.isEmpty ? "" : basic[context.account % basic.count]
  }
}

extension Dialect {
  /// Every kind of request that the API offers.
  var requests: [RequestKind: Request] {
    var requests: [RequestKind: Request] = [.create: create.request]
    if create.duplicates != nil { requests[.duplicate] = create.request }
    if let body = create.invalidBody {
      requests[.invalid] = create.request
      requests[.invalid]?.body = body
    }
    switch status.source {
    case .order(let request, _): requests[.poll] = request
    case .list: requests[.listPoll] = list?.request
    case .untold: break
    }
    switch metrics?.source {
    case .document(let request): requests[.metrics] = request
    case .prometheus(var request):
      if !request.headers.contains(where: { $0.name.isSameWord(as: "accept") }) {
        request.headers.append(Header("Accept", Template(SeriesReader.accepted)))
      }
      requests[.metrics] = request
    case .list: requests[.metrics] = list?.request
    case nil: break
    }
    requests[.confirm] = confirm?.request
    requests[.list] = list?.request
    requests[.cancel] = cancel?.request
    requests[.orderRead] = fullestPage?.request
    if let orderMetrics { requests[.orderMetrics] = Request("GET", orderMetrics.path) }
    if case .bearer(let login) = authentication {
      requests[.register] = login.register
      requests[.login] = login.request
      requests[.refresh] = login.refresh?.request
    }
    return requests
  }
}
