import Shared

/// Interprets answers by a dialect.
///
/// A class, because closures that read a body copy what they capture: of a value with so many parts that was 7 % of the engine's own time.
final class ReplyReader: Sendable {
  private let dialect: Dialect
  /// Whether the requests ask for unencoded answers, so that an encoded one was not asked for.
  private let asksForIdentity: Bool
  private let idReader: IDReader
  private let statusReader: StatusReader
  /// Of a whole order.
  private let fullestReader: StatusReader
  private let createSign: SignReader?
  private let confirmSign: SignReader?
  private let cancelSign: SignReader?
  private let figureReader: FigureReader
  private let listReader: ListReader?
  private let sessionReader: SessionReader?

  /// - Parameters:
  ///   - asksForIdentity: whether the requests demand that answers are not encoded.
  ///   - basePath: precedes each path of a request.
  init(_ dialect: Dialect, asksForIdentity: Bool = true, basePath: String = "") {
    self.dialect = dialect
    self.asksForIdentity = asksForIdentity
    idReader = IDReader(dialect.create.id)
    let statusField: FieldPath = if case .order(_, let field) = dialect.status.source { field } else { "" }
    statusReader = StatusReader(dialect, at: statusField)
    fullestReader = StatusReader(dialect, at: dialect.fullestPage?.status ?? "")
    createSign = dialect.create.success.map(SignReader.init)
    confirmSign = dialect.confirm?.success.map(SignReader.init)
    cancelSign = dialect.cancel?.success.map(SignReader.init)
    figureReader = FigureReader(dialect, basePath: basePath)
    listReader = dialect.list.map { ListReader($0, words: dialect.status.words) }
    if case .bearer(let login) = dialect.authentication { sessionReader = SessionReader(login) } else { sessionReader = nil }
  }

  /// What the answer to a request of this kind means.
  /// - Parameter own: the id that the client chose for the order, if the dialect lets it choose.
  func reply(to what: RequestKind, _ response: borrowing ResponseParser, own: OrderID?) -> Reply {
    var reply = meaning(of: what, response, own: own)
    if reply.isUseless, reply.failure?.kind == .badResponse, !(decodes(what) && response.isEncoded), let reason = unreadable(response) {
      reply.changeFailure { failure in
        var failure = failure
        failure.example = reason
        failure.isCutShort = response.isCutShort
        return failure
      }
    }
    return reply
  }

  /// Why an order that was acknowledged has no usable id, and therefore cannot be followed; `nil` where none is told.
  func missingID(_ response: borrowing ResponseParser) -> Failure? {
    if dialect.create.id.place == .untold { return nil }
    let reason =
      unreadable(response)
      ?? "the order was accepted, and there is no id that can be used \(idReader.place) (1 to \(IDReader.longestID) bytes). "
      + "It begins with: \(Failure.beginning(response))"
    return Failure(.badResponse, status: response.status, reason)
  }

  /// Why a body cannot be read at all, whatever the dialect says; `nil` if it can.
  private func unreadable(_ response: borrowing ResponseParser) -> String? {
    if let encoding = response.encodingWords {
      return "the answer is encoded as \(encoding), \(asksForIdentity ? "though identity was asked for" : "and only identity is read")"
    }
    guard response.isCutShort else { return nil }
    return "the answer has \(response.bodyLength) bytes, and at most \(response.limits.bodyBytes) are read"
  }

  private func meaning(of what: RequestKind, _ response: borrowing ResponseParser, own: OrderID?) -> Reply {
    if response.status == 401, sessionReader != nil, !what.opensSession { return .unauthorised(Failure(httpStatus: response)) }
    switch what {
    case .create, .duplicate, .invalid: return .create(create(response, own: own))
    case .confirm: return .confirm(confirm(response))
    case .poll: return .poll(statusReader.reply(response))
    case .orderRead: return .orderRead(fullestReader.reply(response), .untold)
    case .metrics: return dialect.metrics?.source == .list ? .page(page(response)) : .metrics(metrics(response))
    case .listPoll, .list: return .page(page(response))
    case .cancel: return .cancel(cancel(response))
    case .orderMetrics: return .orderMetrics(orderMetrics(response))
    case .register: return .session(register(response))
    case .login, .refresh: return .session(tokens(response))
    }
  }

  // MARK: Creates

  private func create(_ response: borrowing ResponseParser, own: OrderID?) -> CreateReply {
    let status = response.status
    if dialect.create.acceptedCodes.contains(status) {
      guard let createSign, let reply = Self.withoutSign(createSign, response) else { return .accepted(idReader.id(response, own: own)) }
      return reply
    }
    if Self.redirects.contains(status) { return .refused(redirect(response)) }
    var failure = Failure(httpStatus: response)
    if (200..<300).contains(status) {
      failure.example = "\(status) is not among create.accepted of the dialect: add it there if the order was taken. " + failure.example
    }
    let isRefusal = (400..<500).contains(status) && status != 408 || dialect.create.refusedCodes.contains(status)
    return isRefusal ? .refused(failure) : .uncertain(failure)
  }

  /// The redirects that leave the request undone (RFC 9110, 15.4). 303 is not among them: it answers a request that was carried out.
  private static let redirects: Set<Int> = [301, 302, 307, 308]

  /// A redirect is never followed silently: a 301 would turn a create into something else.
  private func redirect(_ response: borrowing ResponseParser) -> Failure {
    let place = (response.location ?? "nowhere").beginning(bytes: 200)
    return Failure(
      .httpStatus, status: response.status,
      "\(response.status) to \(place): nothing was created at \(dialect.create.request.path); "
        + "say '\(Self.path(place))' for create.path in the dialect")
  }

  /// A URL's path and query.
  static func path(_ url: String) -> Substring {
    guard let rest = url.cut(at: "://")?.after else { return Substring(url) }
    return rest.utf8.firstIndex(of: UInt8(ascii: "/")).map { rest[$0...] } ?? "/"
  }

  /// What an answer with an accepted code means that does not show what a success shows; `nil` if it does.
  private static func withoutSign(_ sign: SignReader, _ response: borrowing ResponseParser) -> CreateReply? {
    let beginning = Failure.beginning(response)
    switch sign.finding(in: response) {
    case .isThere: return nil
    case .isNot(let found):
      return .refused(Failure(.httpStatus, status: response.status, "\(response.status), and \(sign.words) is \(found): \(beginning)"))
    case .unreadable(let failure): return .uncertain(failure)
    }
  }

  private func confirm(_ response: borrowing ResponseParser) -> ConfirmReply {
    let status = response.status
    if dialect.confirm?.acceptedCodes.contains(status) ?? false {
      switch confirmSign?.finding(in: response) {
      case nil, .isThere: return .confirmed
      case .isNot(let found):
        return .refused(Failure(.httpStatus, status: status, "\(status), and \(confirmSign?.words ?? "") is \(found)"))
      case .unreadable(let failure): return .uncertain(failure)
      }
    }
    let failure = Failure(httpStatus: response)
    return Self.refusesForGood(status) ? .refused(failure) : .uncertain(failure)
  }

  // MARK: Lists and cancels

  /// A page of the list, whatever it is read for.
  private func page(_ response: borrowing ResponseParser) -> Result<ListPage, Failure> {
    guard let listReader, (200..<300).contains(response.status) else { return .failure(Failure(httpStatus: response)) }
    let (age, link) = (response.figureAge, response.nextPage)
    return response.withBody { bytes in
      do throws(Failure) {
        var page = try listReader.page(bytes, link: link)
        page.age = age
        return .success(page)
      } catch { return .failure(error) }
    }
  }

  private func cancel(_ response: borrowing ResponseParser) -> CancelReply {
    guard let cancel = dialect.cancel else { return .useless(Failure(httpStatus: response)) }
    if cancel.acceptedCodes.contains(response.status) {
      switch cancelSign?.finding(in: response) {
      case nil, .isThere: return .cancelled
      case .isNot: return .notCancelled
      case .unreadable(let failure): return .useless(failure)
      }
    }
    return cancel.refusedCodes.contains(response.status) ? .notCancelled : .useless(Failure(httpStatus: response))
  }

  // MARK: Metrics

  /// Whether answers to requests of this kind are read where they are encoded, too, as proxies do unasked with what is long.
  func decodes(_ what: RequestKind) -> Bool { what == .metrics && dialect.metrics?.source != .list }

  private func metrics(_ response: borrowing ResponseParser) -> Result<Claims, Failure> {
    guard response.isEncoded else { return figures(response) }
    do throws(BadEncoding) { return figures(try response.decoded()) } catch {
      guard (200..<300).contains(response.status) else { return .failure(Failure(httpStatus: response)) }
      var failure = Failure(.badResponse, status: response.status, "\(error)")
      failure.isCutShort = error.isOurs
      return .failure(failure)
    }
  }

  private func figures(_ response: borrowing ResponseParser) -> Result<Claims, Failure> {
    guard (200..<300).contains(response.status) else { return .failure(Failure(httpStatus: response)) }
    let age = response.figureAge
    let isOpenMetrics = response.contentType?.utf8.starts(with: "application/openmetrics-text".utf8) ?? false
    return response.withBody { bytes in
      do throws(Failure) {
        var claims = try figureReader.claims(bytes, isOpenMetrics: isOpenMetrics)
        claims.age = age
        return .success(claims)
      } catch { return .failure(error) }
    }
  }

  private func orderMetrics(_ response: borrowing ResponseParser) -> Result<ClaimedDuration, Failure> {
    guard (200..<300).contains(response.status) else { return .failure(Failure(httpStatus: response)) }
    return response.withBody { bytes in
      do throws(Failure) { return .success(try figureReader.duration(bytes)) } catch { return .failure(error) }
    }
  }

  // MARK: Sessions

  /// An account that already exists may be refused in any way, so a refusal counts as success: the login will show whether the account is
  /// ours.
  private func register(_ response: borrowing ResponseParser) -> SessionReply {
    (200..<500).contains(response.status) && response.status != 408 && response.status != 429
      ? .registered : .useless(Self.withoutBody(response))
  }

  private func tokens(_ response: borrowing ResponseParser) -> SessionReply {
    let failure = Self.withoutBody(response)
    guard let sessionReader else { return .useless(failure) }
    // A login by form redirects the browser to a page; its cookies show that it succeeded.
    let isLoggedIn = (200..<300).contains(response.status) || (302...303).contains(response.status) && sessionReader.takesRedirects
    guard isLoggedIn else {
      return Self.refusesForGood(response.status) ? .refused(failure) : .useless(failure)
    }
    let sent = response.dateSent
    let headers = response.watched?.values ?? []
    return response.withBody { bytes in
      do throws(Failure) { return .tokens(try sessionReader.tokens(bytes, headers: headers, sent: sent)) } catch { return .useless(error) }
    }
  }

  /// Whether a status says that the same request would be refused again: a mistake of the client's, and not that it came too slowly or too often.
  private static func refusesForGood(_ status: Int) -> Bool { (400..<500).contains(status) && status != 408 && status != 429 }

  /// A failure that does not quote the body: an API that refuses a login may repeat the password that it was given.
  private static func withoutBody(_ response: borrowing ResponseParser) -> Failure {
    var failure = Failure(httpStatus: response)
    failure.example = "\(response.status)"
    return failure
  }
}

extension ResponseParser {
  /// How much older than the answer its content may be, by its `Age` header, in nanoseconds: one second more than that says, because it is in
  /// whole seconds. 0 if there is none.
  fileprivate var figureAge: Int64 {
    guard let age else { return 0 }
    return Int64(min(age, 1_000_000) + 1) * 1_000_000_000
  }
}
