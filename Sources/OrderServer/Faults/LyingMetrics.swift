import HTTPTypes
import Hummingbird
import NIOCore
import Shared

/// What the server says about itself where it was told to lie: the truth goes in, and the answer comes out.
///
/// Lies begin with the first order after the start.
actor LyingMetrics: FigureTeller {
  private var figures: LyingFigures
  private let answers: [Struck<MetricsFault>]
  private let format: APIFormat
  private let dialect: Dialect.Metrics?
  private let clock: OrderClock
  private var readings = UInt64(0)
  /// How often the tallies must be noted (`note`); `nil` where no lie is about what was.
  nonisolated let notes: Duration?

  /// - Parameters:
  ///   - profile: the API that the figures are told in.
  ///   - tallies: what there is at the start.
  init(_ plan: FaultPlan, profile: Profile, clock: OrderClock, tallies: Tallies) {
    figures = LyingFigures(plan.figures, tallies: tallies, at: clock.now().sinceEpoch)
    notes = figures.notes
    answers = plan.metrics
    format = profile.format
    dialect = profile.dialect.metrics
    self.clock = clock
  }

  /// Notes what holds now.
  func note(_ tallies: Tallies) { figures.note(tallies, at: clock.now().sinceEpoch) }

  /// Notes orders that were completed just now.
  func noteCompleted(_ orders: [ClaimedOrder]) {
    guard figures.needsTimes else { return }
    let now = clock.now().microseconds
    for order in orders {
      figures.noteCompleted(processing: now - order.startedAt.microseconds, completion: now - order.createdAt.microseconds)
    }
  }

  /// The answer to a reading.
  /// - Throws: `APIError` where the answer is to be an error; `CancellationError` where the server stops meanwhile.
  func answer(_ truth: Figures, _ form: MetricsRoutes.Form) async throws -> Response {
    note(truth.tallies)
    guard figures.hasBegun else { return form.answer(truth) }
    let index = readings
    readings += 1
    let told = figures.told(
      truth.tallies, meanServiceTime: truth.meanServiceTime, reading: index, at: clock.now().sinceEpoch)
    var body = body(truth, form, told)
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

  private func body(_ truth: Figures, _ form: MetricsRoutes.Form, _ told: ToldReading) -> ByteBuffer {
    switch form {
    case .prometheus(let server): return ByteBuffer(string: ToldText(figures: truth, server: server, told: told).text)
    case .document(let page):
      let empty = Figures(tallies: Tallies(), meanServiceTime: truth.meanServiceTime)
      return ToldDocument.json(page(truth), empty: page(empty), figures: dialect?.figures ?? [], told.figures)
    }
  }
}

extension Timestamp {
  fileprivate var sinceEpoch: Duration { .microseconds(microseconds) }
}
