import Shared

@testable import LoadRun

/// The target's doors: takes requests, and answers each from the books as they stand at some instant until the answer leaves.
final class VirtualFront {
  struct Settings {
    var handling: ClosedRange<Int64> = 0...Int64.millisecond
    /// Of a poll; `nil`: as of all else.
    var pollHandling: ClosedRange<Int64>?
    /// Of a create: refused for good; failed, with or without an order; acknowledged without an id.
    var refuses = 0.0
    var fails = 0.0
    var forgetsID = 0.0
    /// Of a poll or a reading: an answer that says nothing.
    var useless = 0.0
    var unknownWord = 0.0
    /// With every answer to a poll: the time to be left alone.
    var pollPatience: Int64?
    /// Of a poll: an order that is there is not found. Truthful only where nobody promised otherwise.
    var notFound = 0.0
    /// Figures are kept so long, by each of two nodes, and told again.
    var maxAge: Int64 = 0
    /// Whether all figures come from one instant.
    var snapshot = true
    var printer = Printer.exact
    var doors = VirtualDoors.Settings()
  }

  let settings: Settings
  let target: VirtualTarget
  let doors: VirtualDoors
  private let agenda: Agenda
  private var dice: Dice
  private var kept: [(read: Instant, claims: Claims)?] = [nil, nil]
  var stalledUntil = Instant(0)
  /// What the target says beyond what is true; told only once the load runs.
  var lie: (inout Figures) -> Void = { _ in }
  /// Which of the target's orders is which of ours.
  private(set) var numbers: [UInt64: Int] = [:]

  init(_ settings: Settings, target: VirtualTarget, agenda: Agenda, dice: Dice) {
    self.settings = settings
    self.target = target
    doors = VirtualDoors(settings.doors, target: target, agenda: agenda)
    self.agenda = agenda
    self.dice = dice
  }

  /// Answers a request that has just arrived.
  func receive(
    _ what: Exchange, _ subject: Subject, answer: @escaping (Reply) -> Void
  ) {
    let wait = max(0, stalledUntil - agenda.now)
    let handling = what == .poll || what == .sweep ? settings.pollHandling ?? settings.handling : settings.handling
    let first = dice.span(handling)
    let second = dice.span(handling)
    agenda.after(wait + first) { [self] in
      guard !target.isDown else { return }
      let books = target.figures
      let reply = reply(to: what, subject)
      agenda.after(second) { [self] in
        guard case .metrics = reply else { return answer(reply) }
        if dice.chance(settings.useless) { return answer(.metrics(.failure(Failure(.httpStatus, status: 503, "503")))) }
        answer(.metrics(.success(claims(from: books))))
      }
    }
  }

  private func reply(to what: Exchange, _ subject: Subject) -> Reply {
    if let refusal = doors.refusal(what, subject) { return refusal }
    switch what {
    case .create: return .create(create(subject))
    case .poll: return .poll(poll(subject.id))
    case .metrics where !settings.doors.listsFigures: return .metrics(.success([:]))
    default: return doors.reply(to: what, subject, &dice, unknownWord: settings.unknownWord)
    }
  }

  private func create(_ subject: Subject) -> CreateReply {
    let index = subject.index
    if dice.chance(settings.refuses) { return .refused(Failure(.httpStatus, status: 422, "422")) }
    let fails = dice.chance(settings.fails)
    if fails, dice.chance(0.5) { return .uncertain(Failure(.httpStatus, status: 500, "500")) }
    let number = target.create(owner: subject.account)
    numbers[index] = number
    if fails { return .uncertain(Failure(.httpStatus, status: 502, "502")) }
    return .accepted(dice.chance(settings.forgetsID) ? nil : OrderID("\(number)"))
  }

  private func poll(_ id: OrderID?) -> PollReply {
    guard let id, let number = Int(id.text), target.orders.indices.contains(number) else {
      return .unknownOrder(Failure(.httpStatus, status: 404, "404"))
    }
    if dice.chance(settings.useless) { return .useless(Failure(.badResponse, "half an answer", retryAfter: settings.pollPatience)) }
    if dice.chance(settings.notFound) { return .unknownOrder(Failure(.httpStatus, status: 404, "404")) }
    let status = target.orders[number].status
    if !status.hasEnded, dice.chance(settings.unknownWord) { return .unknownWord(Failure(.badResponse, "packing")) }
    return .status(status, retryAfter: settings.pollPatience)
  }

  /// From the books as they stood when the request was taken up, and, without a snapshot, as they stand when the answer leaves.
  private func claims(from books: Figures) -> Claims {
    let node = dice.int(0...1)
    if let (read, claims) = kept[node], agenda.now - read <= settings.maxAge { return claims }
    let begin = lied(books)
    let end = lied(target.figures)
    let claims = settings.printer.claims { _ in settings.snapshot || dice.chance(0.5) ? begin : end }
    // No later than the older of both: the age is of all of it.
    if settings.maxAge > 0, settings.snapshot { kept[node] = (agenda.now, settings.printer.claims { _ in end }) }
    return claims
  }

  private func lied(_ figures: Figures) -> Figures {
    var told = figures
    lie(&told)
    return told
  }
}
