import DequeModule
import NIOCore
import NIOPosix
import Shared

/// Drives one core in real time: performs its actions on sockets and timers, and tells it what happened. Lives on one event loop.
final class EngineLoop {
  struct Settings: Sendable {
    var core: CoreSettings
    var ledger: Ledger.Settings
    var dialect: Dialect
    var encoder: RequestEncoder
    var address: SocketAddress
    var clock: EngineClock
  }

  /// What a loop tells the run. Called on the loop.
  struct Callbacks: Sendable {
    var observed: @Sendable (Reading) -> Void
    var ready: @Sendable () -> Void
    var cannotBegin: @Sendable (Failure) -> Void
    var drained: @Sendable () -> Void
    var concluded: @Sendable () -> Void
  }

  private let eventLoop: any EventLoop
  private let settings: Settings
  private let callbacks: Callbacks
  private let reader: ReplyReader
  private var core: Core<LoadSchedule, Ledger>
  private var connections: [Int: EngineConnection] = [:]
  /// What happened while an event was handled: its turn comes after.
  private var inbox: Deque<Event> = []
  private var outbox = Outbox()
  private var isHandling = false
  private var wake: Scheduled<Void>?
  private var claims: [Dialect.Quantity: Claim] = [:]
  /// When the first read of this turn of the event loop was begun.
  private var turnBegan: Instant?

  private struct Outbox: Actions {
    var actions: Deque<Action> = []
    mutating func perform(_ action: Action) { actions.append(action) }
  }

  init(on eventLoop: any EventLoop, _ settings: Settings, plan: LoadSchedule, callbacks: Callbacks) {
    self.eventLoop = eventLoop
    self.settings = settings
    self.callbacks = callbacks
    reader = ReplyReader(settings.dialect)
    core = Core(settings: settings.core, plan: plan, record: Ledger(settings: settings.ledger))
  }

  // MARK: The run's side

  func tell(_ event: Event) {
    inbox.append(event)
    guard !isHandling else { return }
    isHandling = true
    while let event = inbox.popFirst() {
      core.handle(event, into: &outbox)
      while let action = outbox.actions.popFirst() { perform(action) }
    }
    isHandling = false
  }

  var progress: Progress { Progress(core.record, outstanding: core.outstanding) }

  /// Nothing more will happen: what was seen.
  func finish() -> Ledger {
    wake?.cancel()
    var ledger = core.record
    ledger.finish()
    return ledger
  }

  // MARK: The core's side

  private func perform(_ action: Action) {
    switch action {
    case .write(let call): write(call)
    case .connect(let index): connect(index)
    case .close(let index): close(index)
    case .wakeAt(let instant): wake(at: instant)
    case .observed(let window, let counted):
      let figures = settings.dialect.metrics?.figures ?? []
      let read = counted.map { $0.claims(for: figures) } ?? claims
      callbacks.observed(Reading(window: window, claims: window.hasFigures ? read : [:]))
    case .ready: callbacks.ready()
    case .cannotBegin(let failure): callbacks.cannotBegin(failure)
    case .drained: callbacks.drained()
    case .concluded: callbacks.concluded()
    }
  }

  private func write(_ call: Call) {
    guard let connection = connections[call.connection], let channel = connection.channel, channel.isActive else {
      inbox.append(
        .broken(call, .nothing, Failure(.closed, "the connection was closed before the request was written"), after: settings.clock.now()))
      connections[call.connection]?.abandon()
      connections[call.connection] = nil
      return
    }
    var buffer = channel.allocator.buffer(capacity: 512)
    settings.encoder.write(call.what, core.subject(of: call), into: &buffer)
    inbox.append(.written(call, before: settings.clock.now()))
    connection.send(call, buffer)
  }

  private func connect(_ index: Int) {
    let connection = EngineConnection(index: index, loop: self)
    connections[index] = connection
    let bound = NIOLoopBound(connection, eventLoop: eventLoop)
    // The core gives up in its own time.
    ClientBootstrap(group: eventLoop)
      .connectTimeout(.hours(1))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture { try channel.pipeline.syncOperations.addHandler(bound.value) }
      }
      .connect(to: settings.address)
      .assumeIsolated()
      .whenComplete { result in
        guard self.connections[index] === connection else { return }
        switch result {
        case .success: self.tell(.connected(index, self.settings.clock.now()))
        case .failure(let error):
          self.connections[index] = nil
          self.tell(.connectFailed(index, Failure(network: error, otherwise: .refused), self.settings.clock.now()))
        }
      }
  }

  private func close(_ index: Int) {
    if let connection = connections[index], connection.channel != nil {
      connection.abandon()
    } else {
      connections[index] = nil
      inbox.append(.disconnected(index, settings.clock.now()))
    }
  }

  private func wake(at instant: Instant) {
    wake?.cancel()
    wake = eventLoop.assumeIsolated().scheduleTask(deadline: settings.clock.deadline(instant)) {
      self.tell(.wake(self.settings.clock.now()))
    }
  }

  // MARK: The connections' side

  /// A turn of the loop brought bytes: whatever it stamps later in the same turn may have come as early as this.
  func turnHasWork() {
    guard turnBegan == nil else { return }
    turnBegan = settings.clock.now()
    eventLoop.assumeIsolated().execute { self.turnBegan = nil }
  }

  /// What an answer means. Apart from `answered`, so that nobody reads the parser any more once its connection is used again.
  func meaning(of response: borrowing ResponseParser, to call: Call) -> Reply {
    let isCreate = call.what == .create || call.what == .duplicate || call.what == .invalid
    let own = isCreate ? settings.encoder.values.id(core.subject(of: call).index) : nil
    let (reply, claims) = reader.reply(to: call.what, response, own: own)
    if case .metrics = reply { self.claims = claims }
    return reply
  }

  func answered(_ call: Call, _ reply: Reply, keepsAlive: Bool, after: Instant) {
    tell(.replied(call, reply, keepsAlive: keepsAlive, after: after, lag: turnBegan.map { after - $0 } ?? 0))
  }

  /// Reads the clock, after the last read call of an answer.
  func now() -> Instant { settings.clock.now() }

  func broke(_ connection: EngineConnection, _ call: Call, _ failure: Failure) {
    guard connections[connection.index] === connection else { return }
    connections[connection.index] = nil
    tell(.broken(call, .perhaps, failure, after: settings.clock.now()))
  }

  func ended(_ connection: EngineConnection) {
    guard connections[connection.index] === connection else { return }
    connections[connection.index] = nil
    tell(.disconnected(connection.index, settings.clock.now()))
  }
}

/// Where a run stands, for the line that is shown while it goes on.
struct Progress: Sendable {
  var scheduled = 0
  var accepted = 0
  var ended = 0
  var failed = 0
  var outstanding = 0

  init() {}

  init(_ ledger: borrowing Ledger, outstanding: Int) {
    scheduled = ledger.counts.scheduled
    accepted = ledger.counts.accepted
    ended = ledger.counts[.completed] + ledger.counts[.cancelled] + ledger.counts[.failed]
    failed = ledger.counts[.rejected] + ledger.counts[.errored] + ledger.counts[.ambiguous]
    self.outstanding = outstanding
  }

  static func + (left: Progress, right: Progress) -> Progress {
    var sum = left
    sum.scheduled += right.scheduled
    sum.accepted += right.accepted
    sum.ended += right.ended
    sum.failed += right.failed
    sum.outstanding += right.outstanding
    return sum
  }
}
