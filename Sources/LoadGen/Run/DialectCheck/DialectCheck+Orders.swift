import Shared

extension DialectCheck {
  /// Creates the order.
  /// - Returns: whether there is now an order whose id is known.
  mutating func createOrder() async -> Bool {
    title("create")
    guard let answer = await ask(.create, context) else { return false }
    let status = answer.response.status
    switch answer.reply {
    case .create(.accepted(let id?)):
      context.id = id
      understood("\(status) acknowledges the order; \(origin(of: id, answer))")
      return true
    case .create(.accepted(nil)) where dialect.create.id.place == .untold:
      understood("\(status) acknowledges the order; no id is told")
      return true
    case .create(.accepted(nil)):
      problem(fault(answer.response, of: "create") ?? "create.id: \(missingID(answer))")
    default:
      if dialect.create.acceptedCodes.contains(status) {
        problem("create.success: the API refuses the order: \(answer.reply.failure?.example ?? "\(status)")")
      } else if (200..<300).contains(status) {
        problem(
          "create.accepted: the API answers \(status), which is not among \(Dialect.words(dialect.create.acceptedCodes)): add it, if that "
            + "acknowledges an order")
      } else {
        problem(fault(answer.response, of: "create") ?? "create: the API answers \(status), which acknowledges nothing")
      }
    }
    return false
  }

  /// Confirms the order.
  /// - Returns: whether it goes on.
  mutating func confirmOrder() async -> Bool {
    title("confirm")
    guard let answer = await ask(.confirm, context) else { return false }
    if case .confirm(.confirmed) = answer.reply {
      understood("\(answer.response.status) confirms the order")
      return true
    }
    problem(
      fault(answer.response, of: "confirm")
        ?? "confirm\(dialect.confirm?.success == nil ? "" : ".success"): the order is not confirmed: \(answer.reply.failure?.example ?? "")"
    )
    return false
  }

  private func origin(of id: OrderID, _ answer: Answer) -> String {
    let source = dialect.create.id
    switch source.place {
    case .own: return "the id is \(id.text), our own"
    case .untold: return "no id is told"
    case .header(let name): return "the id is \(id.text), from \(name): \(answer.response.location ?? "")"
    case .body(let field):
      let text = Self.text(at: field, in: answer.body) ?? String(decoding: answer.body.prefix(80), as: UTF8.self)
      return source.cut == nil ? "the id is \(id.text), at \(field.words)" : "the id is \(id.text), cut out of '\(text)'"
    }
  }

  private func missingID(_ answer: Answer) -> String {
    let source = dialect.create.id
    var found: String?
    let place: String
    switch source.place {
    case .own, .untold: return "there is none"
    case .header(let name):
      found = answer.response.location
      place = "the answer has no header \(name)"
    case .body(let field):
      found = Self.text(at: field, in: answer.body)
      place = "the answer has no id at \(field.words): \(Self.instead(at: field, in: answer.body))\(AnswerFields.words(answer.body))"
    }
    guard let found, let cut = source.cut else {
      return place + (answer.response.location.map { "; and there is a Location: \($0)" } ?? "")
    }
    return "'\(cut)' does not fit '\(found.prefix(80))', which is what the id should be cut out of"
  }

  // MARK: Following

  /// The status in which the order was last seen, and between which limits the time from its creation to its end lies, in seconds.
  typealias Fate = (status: OrderStatus?, took: ClosedRange<Double>)

  /// Polls until the order has ended, or `--order-timeout` is over. Shows the first exchange, and each new status.
  /// - Parameter created: when the create was sent; by now it has been answered.
  mutating func followStatus(since created: ContinuousClock.Instant) async -> Fate {
    title("status")
    var last: String?
    let acknowledged = Self.seconds(since: created)
    var lastUnfinished = 0.0
    var gap = Duration.milliseconds(50)
    while true {
      let before = Self.seconds(since: created)
      let look = dialect.status.source == .list ? await lookIntoList(isQuiet: last != nil) : await poll(isQuiet: last != nil)
      guard let look else { return (nil, 0...0) }
      if look.word != last {
        understood("\(last == nil ? "" : "after \(Self.text(before)): ")the status word '\(look.word)' means \(look.status)")
      }
      last = look.word
      if look.status.hasEnded { return (look.status, lastUnfinished...Self.seconds(since: created)) }
      lastUnfinished = max(0, before - acknowledged)
      guard created.duration(to: .now) + gap < scenario.orderTimeout else {
        understood("after \(scenario.orderTimeout.text) the order has not ended; --order-timeout follows it for longer")
        return (look.status, lastUnfinished...lastUnfinished)
      }
      try? await Task.sleep(for: gap)
      gap = min(gap * 2, .seconds(1))
    }
  }

  private static func seconds(since moment: ContinuousClock.Instant) -> Double { moment.duration(to: .now).seconds }

  /// To the millisecond.
  static func text(_ seconds: Double) -> String { Duration.milliseconds(Int64((seconds * 1000).rounded())).text }

  private typealias Look = (word: String, status: OrderStatus)

  private mutating func poll(isQuiet: Bool) async -> Look? {
    guard case .order(_, let field) = dialect.status.source, let answer = await ask(.poll, context, isQuiet: isQuiet) else { return nil }
    let word = Self.text(at: field, in: answer.body)
    switch answer.reply {
    case .poll(.status(let status, _)): return (word ?? status.rawValue, status)
    case .poll(.unknownWord): problem("status.words: '\(word ?? "")' is no word of the dialect: \(dialect.status.words.listed); add it")
    case .poll(.unknownOrder):
      problem(
        (200..<300).contains(answer.response.status)
          ? "status.unknown: by it the answer says that there is no order '\(context.id?.text ?? "")', which was just made: say how else that is told"
          : "status.path: the API answers \(answer.response.status), so that it does not know the order '\(context.id?.text ?? "")' there: the path "
            + "is wrong, or the id")
    default:
      problem(
        fault(answer.response, of: "status")
          ?? "status.field: the answer has no word at \(field.words): \(Self.instead(at: field, in: answer.body))\(AnswerFields.words(answer.body))"
      )
    }
    return nil
  }

  // MARK: The list

  /// How many pages are searched at most.
  private static let mostPages = 50

  private mutating func lookIntoList(isQuiet: Bool) async -> Look? {
    var page = context
    var paginator = ListPaginator(accounts: [context.account], way: dialect.list?.pages?.way)
    var isWhole = false
    for number in 0..<Self.mostPages {
      guard let answer = await ask(.listPoll, page, isQuiet: isQuiet || number > 0) else { return nil }
      guard case .page(.success(let found)) = answer.reply else {
        problem(listFault(answer))
        return nil
      }
      if let entry = found.orders.first(where: { $0.id == context.id }) {
        if let status = entry.status { return (status.rawValue, status) }
        problem("status.words: the list has the order with a word that is none of the dialect's: \(dialect.status.words.listed); add it")
        return nil
      }
      do throws(Failure) { isWhole = try !paginator.advance(past: found) } catch {
        problem("list.pages: \(error.example)")
        return nil
      }
      if isWhole { break }
      page.cursor = paginator.cursor
    }
    if isWhole, let gone = dialect.status.gone { return ("gone from the list", gone) }
    problem(
      "list: the order '\(context.id?.text ?? "")' is not in it: its id stands elsewhere than \(dialect.list?.id.words ?? ""), or "
        + "there are further pages, which 'pages' says how to have, or it has left the list, for which 'status.gone' says what it is then")
    return nil
  }

  /// Reads the first page of the list, and says whether it has the order.
  mutating func readList() async {
    title("list")
    guard let answer = await ask(.list, context) else { return }
    guard case .page(.success(let page)) = answer.reply else { return problem(listFault(answer)) }
    let place = page.orders.contains { $0.id == context.id } ? "ours is among them" : "ours is not on it"
    understood("the page has \(page.orders.count) orders; \(place); \(further(page))")
    if page.orders.contains(where: { $0.status == nil }) {
      problem("status.words: the list has a word that is none of the dialect's: \(dialect.status.words.listed); add it")
    }
  }

  /// Why an answer is no page of the list.
  func listFault(_ answer: Answer) -> String {
    if let fault = fault(answer.response, of: "list") { return fault }
    guard case .page(.failure(let failure)) = answer.reply else { return "list: the answer is no page" }
    let keyed = answer.body.withUnsafeBytes { bytes in
      (dialect.list?.parts ?? []).contains { if case .object = try? JSONScanner.value(at: $0.orders, in: bytes) { true } else { false } }
    }
    let hint = keyed ? " (there stands an object: where its keys are the ids, say list.id: \"{key}\")" : ""
    return "list: \(failure.example)\(hint); \(AnswerFields.words(answer.body))"
  }
}
