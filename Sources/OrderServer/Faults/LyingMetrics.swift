import HTTPTypes
import Hummingbird
import NIOCore
import Shared

/// What the server says about itself where it was told to lie: the truth goes in, and the answer comes out.
///
/// Lies begin with the first order after the start.
actor LyingMetrics: FigureTeller {
  private let lies: [Struck<FaultPlan.FigureLie>]
  private let answers: [Struck<MetricsFault>]
  /// Whether a lie is about the times of single orders.
  private let needsTimes: Bool
  private let format: APIFormat
  private let dialect: Dialect.Metrics?
  private let clock: OrderClock
  /// What there was at the start.
  private let baseline: Tallies
  private var history: FigureHistory
  private var times = CompletedTimes()
  private var firstOrder: Timestamp?
  /// What had been counted so long after the first order.
  private var counted: [Duration: Tallies] = [:]
  /// The basis that is told again, by how long it is told.
  private var caches: [Duration: (basis: FigureBasis, until: Timestamp)] = [:]
  private var readings = UInt64(0)

  /// - Parameters:
  ///   - profile: the API that the figures are told in.
  ///   - tallies: what there is at the start.
  init(_ plan: FaultPlan, profile: Profile, clock: OrderClock, tallies: Tallies) {
    lies = plan.figures
    answers = plan.metrics
    needsTimes = lies.contains { $0.fault.fault.isOfSingleTimes }
    format = profile.format
    dialect = profile.dialect.metrics
    self.clock = clock
    baseline = tallies
    history = FigureHistory(tallies, at: clock.now(), length: lies.map(\.fault.fault.lookback).max() ?? .zero)
  }

  /// How often the tallies must be noted (`note`); `nil` where no lie is about what was.
  nonisolated var notes: Duration? {
    let shortest = lies.map(\.fault.fault.memory).filter { $0 > .zero }.min()
    return shortest.map { min(.milliseconds(100), max(.milliseconds(2), $0 / 20)) }
  }

  /// Notes what holds now.
  func note(_ tallies: Tallies) {
    let now = clock.now()
    if firstOrder == nil, tallies.total > baseline.total { firstOrder = now }
    history.add(tallies, at: now)
    guard let firstOrder else { return }
    for lie in lies {
      guard case .reset(let time) = lie.fault.fault, counted[time] == nil, now >= firstOrder.advanced(by: time) else { continue }
      counted[time] = tallies
    }
  }

  /// Notes orders that were completed just now.
  func noteCompleted(_ orders: [ClaimedOrder]) {
    guard needsTimes else { return }
    let now = clock.now()
    for order in orders { times.add(order, at: now) }
  }

  /// The answer to a reading.
  /// - Throws: `APIError` where the answer is to be an error; `CancellationError` where the server stops meanwhile.
  func answer(_ figures: Figures, _ form: MetricsRoutes.Form) async throws -> Response {
    note(figures.tallies)
    guard firstOrder != nil else { return form.answer(figures) }
    let index = readings
    readings += 1
    let told = told(figures, index)
    var body = body(figures, form, told, index)
    var headers: HTTPFields = [.contentType: form.type]
    for answer in answers where answer.strikes(index) {
      switch answer.fault {
      case .slow(let time): try await Task.sleep(for: time)
      case .gone: throw APIError.noSuchPath("/metrics")
      case .status(let code):
        var reply = format.reply(to: .unforeseen)
        reply.status = HTTPResponse.Status(code: code)
        return Response(reply)
      case .html:
        body = ByteBuffer(string: "<!doctype html>\n<html><head><title>Metrics</title></head><body><h1>All is well</h1></body></html>\n")
        headers[.contentType] = "text/html; charset=utf-8"
      case .cut: body = body.getSlice(at: body.readerIndex, length: body.readableBytes / 2) ?? body
      }
    }
    return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: body))
  }

  private func told(_ figures: Figures, _ index: UInt64) -> ToldFigures {
    let now = clock.now()
    let basis = FigureBasis(figures.tallies)
    var knowledge = FigureLies(
      now: basis, meanServiceTime: figures.meanServiceTime,
      past: { FigureBasis(self.history.tallies(at: now.advanced(by: .zero - $0))) }, cached: [:], counted: counted, times: times)
    for lie in lies where lie.strikes(index) {
      guard case .cached(let time) = lie.fault.fault else { continue }
      if let cache = caches[time], now < cache.until {
        knowledge.cached[time] = cache.basis
      } else {
        caches[time] = (basis, now.advanced(by: time))
      }
    }
    return knowledge.told(lies, reading: index)
  }

  private func body(_ figures: Figures, _ form: MetricsRoutes.Form, _ told: ToldFigures, _ index: UInt64) -> ByteBuffer {
    switch form {
    case .prometheus:
      return ByteBuffer(string: ToldText(figures: figures, told: told, drift: FigureLies.drift(lies, reading: index)).text)
    case .document(let page):
      let empty = Figures(tallies: Tallies(), meanServiceTime: figures.meanServiceTime)
      return ToldDocument.json(page(figures), empty: page(empty), figures: dialect?.figures ?? [], told)
    }
  }
}

extension FigureFault {
  /// How far back it looks.
  fileprivate var lookback: Duration {
    switch self {
    case .stale(let time), .window(let time): time
    default: .zero
    }
  }

  /// Whether it must know how long each order took.
  fileprivate var isOfSingleTimes: Bool {
    switch self {
    case .median, .withoutSlowest: true
    default: false
    }
  }

  /// How long a time it is about that must be known from notes.
  fileprivate var memory: Duration { if case .reset(let time) = self { time } else { lookback } }
}
