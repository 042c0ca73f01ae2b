import Shared

@testable import LoadRun

/// What a target does beside taking orders and telling of them: it lets accounts in, lists, cancels, and refuses what it must.
final class VirtualDoors {
  struct Settings {
    /// How long a token is good; `nil`: nobody needs one.
    var tokenLife: Int64?
    /// Whether the login says so.
    var tellsLife = true
    /// Whether a token is renewed by another, which is good once.
    var refreshes = false
    /// Whether a create that is sent again is refused; otherwise it is answered like the first.
    var refusesDuplicates = true
    var pageSize = 7
    /// Whether the figures about itself are its list.
    var listsFigures = false
    /// Of what must be refused: taken nonetheless.
    var takesWrongly = 0.0
    /// Each so many-th order is in no list.
    var hidesEvery: Int?
  }

  private let settings: Settings
  private let target: VirtualTarget
  private let agenda: Agenda
  private var registered: Set<Int> = []
  private var refreshTokens: Set<String> = []
  private var issued = 0
  /// Requests that came with a token whose time was over.
  private(set) var expired = 0

  init(_ settings: Settings, target: VirtualTarget, agenda: Agenda) {
    self.settings = settings
    self.target = target
    self.agenda = agenda
  }

  /// Why a request is not even looked at.
  func refusal(_ what: Exchange, _ subject: Subject) -> Reply? {
    guard let life = settings.tokenLife, !what.opensSession else { return nil }
    let isGood = subject.tokens.flatMap { Int64($0.access) }.map { agenda.now - Instant($0) < life } ?? false
    if isGood { return nil }
    expired += 1
    return .unauthorised(Failure(.httpStatus, status: 401, "401"))
  }

  func reply(to what: Exchange, _ subject: Subject, _ dice: inout Dice, unknownWord: Double) -> Reply {
    switch what {
    case .register:
      registered.insert(subject.account)
      return .session(.registered)
    case .login: return registered.contains(subject.account) ? .session(.tokens(tokens())) : .session(.refused(refusal(401)))
    case .refresh:
      guard let token = subject.tokens?.refresh, refreshTokens.remove(token) != nil else { return .session(.refused(refusal(401))) }
      return .session(.tokens(tokens()))
    case .sweep, .metrics, .list: return .page(.success(page(subject, &dice, unknownWord)))
    case .cancel: return .cancel(number(subject).map { target.cancel($0) ? .cancelled : .notCancelled } ?? .useless(refusal(404)))
    case .duplicate: return .create(duplicate(subject, &dice))
    case .invalid:
      guard dice.chance(settings.takesWrongly) else { return .create(.refused(refusal(422))) }
      return .create(.accepted(OrderID("\(target.create(owner: subject.account))")))
    case .orderMetrics:
      guard let took = number(subject).flatMap({ target.measuredCompletion(of: $0) }) else { return .orderMetrics(.failure(refusal(404))) }
      return .orderMetrics(.success(ClaimedDuration(range: Double(took)...Double(took), text: "\(Double(took) / 1e9)")))
    case .create, .poll: return .unauthorised(refusal(404))
    }
  }

  private func duplicate(_ subject: Subject, _ dice: inout Dice) -> CreateReply {
    if dice.chance(settings.takesWrongly) { return .accepted(OrderID("\(target.create(owner: subject.account))")) }
    return settings.refusesDuplicates ? .refused(refusal(409)) : .accepted(subject.id)
  }

  private func refusal(_ status: Int) -> Failure { Failure(.httpStatus, status: status, "\(status)") }

  private func number(_ subject: Subject) -> Int? {
    subject.id.flatMap { Int($0.text) }.flatMap { target.orders.indices.contains($0) ? $0 : nil }
  }

  private func tokens() -> Tokens {
    issued += 1
    var tokens = Tokens(access: "\(agenda.now.nanoseconds)")
    if settings.refreshes {
      tokens.refresh = "r\(issued)"
      refreshTokens.insert("r\(issued)")
    }
    if settings.tellsLife { tokens.lifetime = settings.tokenLife }
    return tokens
  }

  /// Newest first; each caller's own, where callers are known.
  private func page(_ subject: Subject, _ dice: inout Dice, _ unknownWord: Double) -> ListPage {
    let end = subject.cursor.flatMap { Int($0) } ?? target.orders.count
    let own = (0..<end).reversed().filter { number in
      if let every = settings.hidesEvery, number % every == 0 { return false }
      return settings.tokenLife == nil || target.orders[number].owner == subject.account
    }
    let shown = own.prefix(settings.pageSize)
    var page = ListPage()
    for number in shown {
      let status = target.orders[number].status
      let isKnown = status.hasEnded || settings.listsFigures || !dice.chance(unknownWord)
      page.orders.append(ListPage.Entry(id: OrderID("\(number)"), status: isKnown ? status : nil))
    }
    if own.count > shown.count { page.next = shown.last.map { "\($0)" } }
    return page
  }
}
