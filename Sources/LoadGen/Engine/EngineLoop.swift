import DequeModule
import NIOCore
import Shared

/// Drives one core in real time: performs its actions on sockets and timers, and tells it what happened. Used only on its own thread.
///
/// It talks to the kernel directly: with a library's channels in between, a request cost twice as much (see `Benchmarks/README.md`).
struct EngineLoop: ~Copyable {
  struct Settings: Sendable {
    var core: CoreSettings
    var ledger: Ledger.Settings
    var dialect: Dialect
    var encoder: RequestEncoder
    /// What no failure message may repeat, in addition to the credentials of the account that the request was sent for.
    var secrets: Secrets
    var addresses: AddressRing
    /// `nil` if bytes are sent unencrypted.
    var tls: TLSClient?
    var clock: EngineClock
  }

  /// What a loop reports to the run. Called on the loop's thread.
  struct Callbacks: Sendable {
    var news: @Sendable (LoopNews) -> Void
    /// None of the target's addresses could be reached.
    var unreachable: @Sendable () -> Void
  }

  let settings: Settings
  let callbacks: Callbacks
  private let reader: ReplyReader
  private var subject: AnswerSubject
  private let mailbox: Mailbox
  var poller: Poller
  private var core: Core<LoadSchedule, Ledger>
  /// By number. In memory that the loop owns, so that connections are never copied.
  let connections: UnsafeMutableBufferPointer<EngineConnection>
  /// Events that occurred while another event was being handled, and that are handled after it.
  private var inbox: Deque<Event> = []
  private var outbox = Outbox()
  private var isHandling = false
  /// When the core wants to be woken.
  private var wakeDue = Instant.never
  private var redactor: FailureRedactor
  var addresses: AddressRing
  /// The connections being opened that must be looked at again, sorted by `due`.
  var attempts: Deque<ConnectAttempt> = []
  /// The cookies that answers have set and that are not sent back.
  private var cookies = CookiesSeen()
  private var turns = LoopTurns()
  /// What the load has cost this thread so far; `nil` before the load.
  private var load: LoopUsage?
  /// The request being written, and the bytes read last: the same memory every time.
  private var request = ByteStore()
  private let received: UnsafeMutableRawBufferPointer
  /// The connection on which a request was written since the clock was read last.
  private var lastWritten: Int?
  private var hasEnded = false

  /// The size of one read, in bytes.
  private static let mostReceived = 64 << 10
  /// How many times in a row one connection is read: more than nearly all answers need, but limited in case a target never stops sending.
  private static let mostReads = 32
  /// The poller's token for the mailbox; no connection has it.
  private static let mailboxToken = UInt64.max

  private struct Outbox: Actions {
    var actions: Deque<Action> = []
    mutating func perform(_ action: Action) { actions.append(action) }
  }

  /// - Throws: `Failure` if the system has no descriptor left.
  init(_ settings: Settings, plan: LoadSchedule, mailbox: Mailbox, callbacks: Callbacks) throws(Failure) {
    self.settings = settings
    self.callbacks = callbacks
    self.mailbox = mailbox
    reader = ReplyReader(
      settings.dialect, asksForIdentity: settings.encoder.asksForIdentity, basePath: settings.encoder.basePath)
    subject = AnswerSubject(settings.dialect, settings.encoder.values)
    addresses = settings.addresses
    redactor = FailureRedactor(settings.secrets, accounts: settings.encoder.values.accounts)
    core = Core(settings: settings.core, plan: plan, record: Ledger(settings: settings.ledger))
    // The mailbox is watched, too.
    poller = try Poller(sockets: core.connectionCount + 1)
    received = .allocate(byteCount: Self.mostReceived, alignment: 16)
    connections = .allocate(capacity: core.connectionCount)
    let watched = settings.dialect.authentication.tokenHeader
    let figureBytes = settings.dialect.metrics?.mostBytes
    for index in connections.indices {
      connections.initializeElement(at: index, to: EngineConnection(watching: watched, figureBytes: figureBytes))
    }
    poller.watch(mailbox.readEnd, token: Self.mailboxToken, forWriting: false)
  }

  deinit {
    received.deallocate()
    connections.deinitialize().deallocate()
  }

  // MARK: The thread's side

  /// Runs until `end` is called.
  mutating func run() {
    var now = settings.clock.now()
    while !hasEnded {
      let due = min(wakeDue, turns.beatDue, attempts.first?.due ?? .never)
      var ready = poller.wait(due == .never ? nil : max(0, due - now))
      now = settings.clock.now()
      turns.begin(now, due: due)
      // It may have stood still between the kernel's answer and the reading of the clock. What arrived meanwhile belongs to this turn, since
      // the next one would not know how long it has waited.
      if turns.standstill != nil { ready = poller.wait(0) }
      for index in 0..<ready where hearOfIdle(poller.event(index)) { now = readClock() }
      now = wake(now, standstill: turns.standstill)
      lookAgain(now)
      for index in 0..<ready {
        handle(poller.event(index))
        now = readClock()
        // Whatever is due does not wait for everything that has arrived: an answer can wait in the kernel, but an order that is not sent is
        // late.
        now = wake(now)
      }
      now = readClock()
      turns.end(now)
    }
  }

  /// Wakes the core if something is due, or if the loop stood still.
  /// - Returns: the time afterwards.
  private mutating func wake(_ now: Instant, standstill: Int64? = nil) -> Instant {
    guard wakeDue <= now || standstill != nil else { return now }
    wakeDue = .never
    tell(.wake(now, lag: standstill ?? 0))
    return readClock()
  }

  /// Reads the clock during a turn. Whatever is stamped in a turn is stamped by this: if the loop stood still since the last time, that is
  /// known before anything is stamped with a time after it.
  mutating func readClock() -> Instant {
    let now = settings.clock.now()
    if let standstill = turns.read(now) {
      core.stoodStill(standstill, until: now)
      // A request is stamped before it is written, and it may have been between the two.
      if let lastWritten { connections[lastWritten].sentLate = standstill }
    }
    lastWritten = nil
    return now
  }

  /// Reads idle connections first, so that one that the target has closed is known before anything is written to it.
  /// - Returns: whether the event was one of an idle connection.
  private mutating func hearOfIdle(_ event: (token: UInt64, canRead: Bool, canWrite: Bool)) -> Bool {
    guard event.canRead, event.token != Self.mailboxToken else { return false }
    let (index, generation) = EngineConnection.place(of: event.token)
    return connections[index].isIdle && connections[index].isCurrent(generation) && canRead(index)
  }

  mutating func end() { hasEnded = true }

  private mutating func handle(_ event: (token: UInt64, canRead: Bool, canWrite: Bool)) {
    guard event.token != Self.mailboxToken else {
      for job in mailbox.takeAll() { job(&self) }
      return
    }
    let (index, generation) = EngineConnection.place(of: event.token)
    if event.canWrite, connections[index].isCurrent(generation) { canWrite(index) }
    if event.canRead, connections[index].isCurrent(generation) { canRead(index) }
  }

  // MARK: The run's side

  /// The load begins; due times count from `zero`.
  mutating func start(_ zero: Instant) {
    load = LoopUsage(began: settings.clock.now())
    turns.startBeating(settings.clock.now())
    tell(.start(zero))
  }

  /// Lets the core handle an event, and performs what follows from it. During another event, the event waits for its turn.
  mutating func tell(_ event: Event) {
    guard !isHandling else { return inbox.append(event) }
    isHandling = true
    handle(event)
    while let event = inbox.popFirst() { handle(event) }
    isHandling = false
  }

  private mutating func handle(_ event: Event) {
    core.handle(event, into: &outbox)
    while let action = outbox.actions.popFirst() { perform(action) }
  }

  /// Mutating although it changes nothing: see `Core.context(of:)`.
  mutating func progress() -> RunProgress { RunProgress(core.record, outstanding: core.outstanding, at: settings.clock.now()) }

  /// Why the first scrape of the metrics, made before the first order, brought no answer; `nil` if it did, or if there was none.
  var unread: Failure? {
    core.record.failures.sorted.first { $0.key.phase == .metrics }
      .map { Failure($0.key.kind, status: $0.key.status, $0.entry.example) }
  }

  /// Nothing more will happen: returns what was observed, and the share of time in which the loop's thread was busy while there were
  /// orders.
  mutating func finish() -> (ledger: Ledger, busyShare: Double?) {
    load?.end(settings.clock.now())
    var ledger = core.record
    ledger.cookies = cookies
    ledger.finish()
    return (ledger, load?.busyShare)
  }

  // MARK: The core's side

  private mutating func perform(_ action: Action) {
    switch action {
    case .write(let call): write(call)
    case .connect(let index): connect(index)
    case .close(let index):
      // An address that was given up before it answered should not be the next to be tried.
      if connections[index].isOpening, let address = connections[index].address { addresses.failed(address, readClock()) }
      connections[index].call = nil
      connections[index].close()
      inbox.append(.disconnected(index, readClock()))
    case .look(let index): look(index)
    case .wakeAt(let instant): wakeDue = instant
    case .news(let news):
      if case .drained = news { load?.end(settings.clock.now()) }
      callbacks.news(news)
    }
  }

  private mutating func write(_ call: Call) {
    let index = call.connection
    // Taken out for the time being, so that its bytes can be lent to a connection.
    var request = ByteStore()
    swap(&request, &self.request)
    defer { swap(&request, &self.request) }
    request.removeAll()
    settings.encoder.write(call.what, core.context(of: call), into: &request)
    var before = readClock()
    // A connection in constant use is not checked, because that costs a system call.
    if before - connections[index].idleSince >= Standstill.least {
      if isSpent(index) { return goneBeforeWritten(call) }
      before = readClock()
    }
    let failure = request.withBytes { connections[index].send(call, $0, index: index, poller) }
    guard let failure else {
      connections[index].sentLate = 0
      lastWritten = index
      return inbox.append(.written(call, before: before))
    }
    // The kernel already knew that the connection was closed, and has taken nothing.
    if failure.kind == .reset, connections[index].hasAnswered { return goneBeforeWritten(call) }
    connections[index].close()
    inbox.append(.broken(call, .nothing, failure, after: readClock()))
  }

  /// The target had closed the connection before anything was written.
  private mutating func goneBeforeWritten(_ call: Call) {
    connections[call.connection].close()
    inbox.append(.stale(call, readClock()))
  }

  /// Whether an idle connection has ended or become useless, as far as the kernel knows now.
  private mutating func isSpent(_ index: Int) -> Bool {
    guard connections[index].state == .open else { return true }
    for _ in 0..<Self.mostReads {
      switch connections[index].read(into: received) {
      case .nothing: return false
      case .end, .failed: return true
      case .bytes(let count):
        // With TLS it may be bytes that serve TLS alone. Otherwise nobody has asked for them.
        guard connections[index].isEncrypted else { return true }
        let decrypted = connections[index].decrypt(UnsafeRawBufferPointer(rebasing: received[..<count]), index: index, poller)
        if decrypted.bytes != nil || decrypted.hasEnded { return true }
      }
    }
    return false
  }

  /// Takes in whatever has arrived for a request or a connect whose time is over.
  private mutating func look(_ index: Int) {
    let generation = connections[index].generation
    if connections[index].hasConnected { canWrite(index) }
    for _ in 0..<Self.mostReads {
      guard connections[index].isAwaited, connections[index].isCurrent(generation), canRead(index) else { break }
    }
    let now = readClock()
    inbox.append(.overdue(index, now, lag: turns.lag(at: now) + (connections[index].isIdle ? 0 : connections[index].sentLate)))
  }

  // MARK: The connections' side

  private mutating func canWrite(_ index: Int) {
    guard connections[index].state == .connecting else { return connections[index].sendRest(index: index, poller) }
    if let failure = connections[index].finishConnecting(over: settings.tls, index: index, poller) {
      couldNotConnect(index, failure)
    } else if connections[index].state == .open {
      isConnected(index)
    }
  }

  /// - Returns: whether anything had arrived.
  @discardableResult
  private mutating func canRead(_ index: Int) -> Bool {
    guard !connections[index].isEncrypted else { return canReadEncrypted(index) }
    guard connections[index].state == .open else { return false }
    switch connections[index].read(into: received) {
    case .nothing: return false
    case .bytes(let count): take(UnsafeRawBufferPointer(rebasing: received[..<count]), index)
    case .end: ended(index, nil)
    case .failed(let failure): ended(index, failure)
    }
    return true
  }

  private mutating func canReadEncrypted(_ index: Int) -> Bool {
    switch connections[index].read(into: received) {
    case .nothing: return false
    case .bytes(let count): decrypt(UnsafeRawBufferPointer(rebasing: received[..<count]), index)
    case .end: lost(index, nil)
    case .failed(let failure): lost(index, failure)
    }
    return true
  }

  private mutating func lost(_ index: Int, _ failure: Failure?) {
    connections[index].state == .open ? ended(index, failure) : noHandshake(index, .closed)
  }

  private mutating func decrypt(_ bytes: UnsafeRawBufferPointer, _ index: Int) {
    let decrypted = connections[index].decrypt(bytes, index: index, poller)
    guard connections[index].state == .open else {
      if decrypted.hasEnded { noHandshake(index, decrypted.fault ?? .closed) }
      return
    }
    // What is told may lead to the connection being closed and opened again.
    let generation = connections[index].generation
    if decrypted.isNowOpen { isConnected(index) }
    if let bytes = decrypted.bytes, connections[index].isCurrent(generation) { bytes.withUnsafeReadableBytes { take($0, index) } }
    if decrypted.hasEnded, connections[index].isCurrent(generation) { ended(index, decrypted.fault?.failure) }
  }

  private mutating func noHandshake(_ index: Int, _ fault: TLSFault) {
    connections[index].close()
    couldNotConnect(index, fault.failure)
  }

  private mutating func take(_ bytes: UnsafeRawBufferPointer, _ index: Int) {
    guard let call = connections[index].call else {
      // Nobody has asked for these bytes, so it is unknown where the next answer would begin.
      return ended(index, nil)
    }
    do throws(BadResponse) {
      guard case .complete(let consumed) = try connections[index].parser.consume(bytes) else { return }
      complete(call, index, keepsAlive: connections[index].parser.keepsAlive && consumed == bytes.count)
    } catch {
      connections[index].call = nil
      connections[index].close()
      let words = HTTP2.words(of: bytes) ?? "\(error)"
      tell(.broken(call, .perhaps, withoutSecrets(Failure(.badResponse, words), call), after: readClock()))
    }
  }

  private mutating func complete(_ call: Call, _ index: Int, keepsAlive: Bool) {
    let after = readClock()
    let lag = turns.lag(at: after)
    connections[index].call = nil
    connections[index].hasAnswered = true
    connections[index].idleSince = after + -lag
    let allLag = lag + connections[index].sentLate
    var reply = reader.reply(to: call.what, connections[index].parser, own: ownID(of: call))
    if AnswerSubject.mayBeShown(by: reply), let asked = core.identity(of: call.order) {
      reply = subject.checked(reply, connections[index].parser, asked: asked.id, index: asked.index)
    }
    if case .create(.accepted(nil)) = reply, let failure = reader.missingID(connections[index].parser) {
      core.record.failed(call.what, withoutSecrets(failure, call))
    }
    reply.changeFailure { withoutSecrets($0, call) }
    if connections[index].parser.setsCookie, !isKept(call.what) { cookies.add(name: connections[index].parser.cookie) }
    let code = UInt16(clamping: connections[index].parser.status)
    // At once, not before the next request: an idle connection should not hold on to a large body.
    connections[index].parser.reset()
    tell(.replied(call, reply, keepsAlive: keepsAlive, after: after, lag: allLag, code: code))
  }

  /// The id that the client chose for the order that a call creates.
  private mutating func ownID(of call: Call) -> OrderID? {
    guard call.what.isCreate, settings.encoder.values.ownID != nil else { return nil }
    return settings.encoder.values.id(core.context(of: call).index)
  }

  private mutating func withoutSecrets(_ failure: Failure, _ call: Call) -> Failure {
    redactor.redacted(failure, for: core.context(of: call))
  }

  /// Whether cookies in the answer to this kind of request are sent back, because they are the account's token.
  private func isKept(_ what: RequestKind) -> Bool { what.opensSession && settings.dialect.authentication.requestHeader == "Cookie" }

  /// The peer has closed the connection, or it broke.
  private mutating func ended(_ index: Int, _ failure: Failure?) {
    connections[index].close()
    guard let call = connections[index].call else { return tell(.disconnected(index, readClock())) }
    do throws(BadResponse) {
      if try connections[index].parser.close() { return complete(call, index, keepsAlive: false) }
      broke(call, index, failure ?? Failure(.closed, "closed without an answer"))
    } catch {
      broke(call, index, failure ?? Failure(.closed, "\(error)"))
    }
  }

  private mutating func broke(_ call: Call, _ index: Int, _ failure: Failure) {
    connections[index].call = nil
    let now = readClock()
    tell(.broken(call, .perhaps, failure, after: now, lag: turns.lag(at: now) + connections[index].sentLate))
  }
}
