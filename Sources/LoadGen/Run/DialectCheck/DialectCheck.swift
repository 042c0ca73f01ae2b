import Foundation
import NIOCore
import Shared

/// Checks a dialect against an API by means of a single order: shows each exchange, and says what was understood.
///
/// Requests are encoded and answers read by the code that a run uses, so that a run does what this says.
package struct DialectCheck {
  let scenario: Scenario
  let target: TargetURL
  let tls: TLSClient?
  let encoder: RequestEncoder
  let reader: ReplyReader
  var secrets: Secrets
  /// The account that sends the order, and the order's id once it is known.
  var context = RequestContext()
  /// What was not understood, in words; secrets are hidden.
  package private(set) var problems: [String] = []
  private var number = 0
  /// The last status that the order was seen in.
  private var lastStatus: OrderStatus?

  var dialect: Dialect { scenario.dialect }

  package init(_ scenario: Scenario, target: TargetURL, over tls: TLSClient?) {
    self.scenario = scenario
    self.target = target
    self.tls = tls
    encoder = scenario.requestEncoder(host: target.authority, basePath: target.basePath, closes: true)
    reader = ReplyReader(scenario.dialect, asksForIdentity: encoder.asksForIdentity, basePath: target.basePath)
    secrets = scenario.givenSecrets
    for account in scenario.accounts { secrets.add(account) }
  }

  /// Does the whole check, and prints it on standard output.
  package mutating func run() async {
    say("\(dialect.name) against \(target)")
    if await isReachable(), await hasSession() {
      await followOrder()
    }
    conclude()
  }

  private mutating func followOrder() async {
    let before = await readMetrics("metrics before the order", isBefore: true)
    let created = ContinuousClock.now
    guard await createOrder() else { return }
    if dialect.confirm != nil, await !confirmOrder() { return }
    guard dialect.status.source != .untold else {
      let after = await readMetrics("metrics after the order")
      understood(
        after.unfinished == nil
          ? "no order's status is told, and no figures tell how many have not ended: a run sends orders, and does not wait for them"
          : "no order's status is told: a run sends orders, and waits until the figures show that they have ended")
      return compare(before, after)
    }
    let fate = await followStatus(since: created)
    lastStatus = fate.status
    if dialect.list != nil, dialect.status.source != .list { await readList() }
    let after = await readMetrics("metrics after the order")
    compare(before, after)
    if fate.status == .completed {
      await readOrderMetrics(fate.took)
      judgeAverages(after, fate.took)
    }
  }

  private func conclude() {
    say("")
    guard problems.isEmpty else {
      say("\(problems.count == 1 ? "1 problem" : "\(problems.count) problems"):")
      for (index, problem) in problems.enumerated() { say("  \(index + 1). \(problem)") }
      return
    }
    say("All was understood: 'loadgen run \(target) --dialect …' can follow and audit this API.")
    if let lastStatus, !lastStatus.hasEnded { say("How an order ends was not seen: this one is still \(lastStatus.rawValue).") }
    if dialect.cancel != nil || dialect.create.duplicates != nil || dialect.create.invalidBody != nil {
      say("What only some orders do (cancel, duplicates, invalid) was not tried.")
    }
  }

  // MARK: What is shown

  /// Nearly everything shown quotes the target, whose text may hold commands to a terminal.
  private func say(_ text: String) { print(Legible.text(text)) }

  /// Prints the heading of the next step.
  mutating func title(_ words: String) {
    number += 1
    say("\n\(number). \(words)")
  }

  /// Prints what was understood, without secrets.
  func understood(_ words: String) { say("   = \(secrets.hidden(words))") }

  /// Prints and keeps what was not understood, without secrets.
  mutating func problem(_ words: String) {
    let shown = secrets.hidden(words)
    problems.append(shown)
    say("   ! \(shown)")
  }

  // MARK: Exchanges

  /// An answer as it was received, and as a run would read it.
  struct Answer {
    var response: ResponseParser
    var reply: Reply
    var body: [UInt8] { response.body }
  }

  /// Sends a request once, and shows it and its answer.
  /// - Parameter isQuiet: whether nothing is shown.
  /// - Returns: `nil` where no answer came, which is reported as a problem.
  mutating func ask(_ what: RequestKind, _ context: RequestContext, isQuiet: Bool = false) async -> Answer? {
    var request = ByteBuffer()
    encoder.write(what, context, into: &request)
    let decodes = reader.decodes(what)
    guard let response = await exchange(request, isSession: what.opensSession, decodes: decodes, isQuiet: isQuiet) else { return nil }
    let own = encoder.values.id(context.index)
    let reply = reader.reply(to: what, response, own: own)
    return Answer(response: response, reply: reply)
  }

  /// Sends a request, and shows it and its answer.
  /// - Parameter decodes: whether the answer is read where it is compressed, too.
  /// - Returns: the answer, as it was before it was compressed if it can be had; `nil` where no usable answer came, which is reported as a
  ///   problem.
  mutating func exchange(
    _ request: ByteBuffer, isSession: Bool = false, decodes: Bool = false, isQuiet: Bool = false
  ) async -> ResponseParser? {
    if !isQuiet { show(request) }
    do throws(Failure) {
      let patience = TimeAmount.nanoseconds(scenario.requestTimeout.nanoseconds)
      let response = try await PlainExchange.answer(
        to: request, from: target, over: tls, within: patience, watching: dialect.authentication.tokenHeader,
        mostBytes: dialect.metrics?.mostBytes)
      let plain = decodes ? (try? response.decoded()) ?? response : response
      if !isQuiet { show(response, body: plain.body, isSession: isSession) }
      return plain
    } catch {
      let isUnreachable = [.dns, .refused, .connectTimeout, .tls].contains(error.kind)
      let reason = await TargetAddress.reason(of: error, at: target)
      problem("\(target) \(isUnreachable ? "cannot be reached" : "gives no usable answer"): \(reason)")
      return nil
    }
  }

  private func show(_ request: ByteBuffer) {
    let text = String(buffer: request)
    let end = text.firstRange(of: "\r\n\r\n")
    let head = secrets.hidden(head: String(text[..<(end?.lowerBound ?? text.endIndex)]), headers: scenario.headers.map(\.name))
    for line in head.split(separator: "\r\n") { say("   > \(line)") }
    let body = end.map { text[$0.upperBound...] } ?? ""
    if !body.isEmpty { say("   >\n   > \(Self.beginning(secrets.hidden(String(body))))") }
  }

  /// - Parameters:
  ///   - body: the body as it was before it was compressed.
  ///   - isSession: whether the body may hold tokens, so that all texts in it are blanked out.
  private func show(_ response: borrowing ResponseParser, body: [UInt8], isSession: Bool) {
    say("   < \(response.status)")
    for (name, value) in [
      ("Location", response.location), ("Content-Type", response.contentType), ("Content-Encoding", response.contentEncoding),
      ("Retry-After", response.retryAfter), ("Set-Cookie", response.cookie.map { "\($0)=…" }),
    ] {
      if let value { say("   < \(name): \(secrets.hidden(value))") }
    }
    let body = String(decoding: body, as: UTF8.self)
    if !body.isEmpty { say("   < \(Self.beginning(isSession ? Secrets.withoutTexts(body) : secrets.hidden(body)))") }
  }

  /// The beginning of a text, on one line: at most 400 characters.
  static func beginning(_ text: String) -> String {
    let line = text.map { $0.isNewline ? " " : String($0) }.joined()
    return line.count > 400 ? "\(line.prefix(400))… (\(text.utf8.count) bytes)" : line
  }
}
