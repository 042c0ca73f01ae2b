import Foundation
import Shared

/// Carries requests and answers as bytes: a request as the engine writes it, and an answer as a server would write it, cut into random
/// pieces and read as the engine reads it. The loop hears what was read; differences from what was sent are recorded as faults.
///
/// A class, so that the network stays small where it is not used.
final class SimulatedWire {
  private let dialect: Dialect
  private let encoder: RequestEncoder
  private let reader: ReplyReader
  private var parser: ResponseParser
  private var draws: Draws
  private let ownIDs: Bool
  /// The orders, by the ids that their clients chose.
  private var tickets: [OrderID: Ticket] = [:]
  /// What did not arrive as it was sent, in words; at most five.
  private(set) var faults: [String] = []

  init(_ dialect: Dialect, encoder: RequestEncoder, random: SeededRandom) {
    self.dialect = dialect
    self.encoder = encoder
    reader = ReplyReader(dialect)
    parser = ResponseParser(watching: dialect.authentication.tokenHeader)
    draws = Draws(random, .wire)
    ownIDs = encoder.values.ownID != nil
  }

  private func found(_ fault: String) {
    if faults.count < 5 { faults.append(fault) }
  }

  /// The order that the system knows by this id.
  func ticket(_ id: OrderID) -> Ticket? { ownIDs ? tickets[id] : Ticket(id) }

  // MARK: Requests

  /// Encodes a request, and checks its bytes as a server would.
  func check(_ what: RequestKind, _ context: RequestContext) {
    var bytes = ByteStore()
    encoder.write(what, context, into: &bytes)
    let text = bytes.withBytes { String(decoding: $0, as: UTF8.self) }
    guard let end = text.firstRange(of: "\r\n\r\n") else {
      return found("\(what): the request has no end of its head: \(text.prefix(100))")
    }
    let lines = text[..<end.lowerBound].split(separator: "\r\n", omittingEmptySubsequences: false)
    let words = lines[0].split(separator: " ")
    guard words.count == 3, words[2] == "HTTP/1.1" else { return found("\(what): no request line: \(lines[0])") }
    let body = text[end.upperBound...]
    let length = lines.first { $0.lowercased().hasPrefix("content-length: ") }.flatMap { Int($0.dropFirst(16)) }
    if (length ?? 0) != body.utf8.count { found("\(what): the body has \(body.utf8.count) bytes, and the head says \(length ?? 0)") }
    if !body.isEmpty, (try? JSONSerialization.jsonObject(with: Data(body.utf8))) == nil { found("\(what): the body is no JSON: \(body)") }
    if !lines.contains(where: { $0.lowercased().hasPrefix("host: ") }) { found("\(what): no host") }
    if what == .poll, let id = context.id, !words[1].contains(id.text) { found("\(what): \(words[1]) does not name \(id)") }
    if what == .create, ownIDs, let id = encoder.values.id(context.index), !body.contains(id.text) {
      found("the order is followed by the id \(id), and sent as \(body)")
    }
    let named = lines.contains { $0.hasPrefix("\(dialect.authentication.requestHeader): ") }
    if !what.opensSession, context.tokens != nil || dialect.authentication == .basic, !named { found("\(what): nobody is named") }
  }

  // MARK: Answers

  /// Carries an answer to the client.
  /// - Returns: what the client reads of it, and whether it takes the connection to stay open.
  func carry(
    _ meant: Reply, to what: RequestKind, index: UInt64, keepsAlive: Bool
  ) -> (reply: Reply, keepsAlive: Bool) {
    let own = ownIDs && what.isCreate ? encoder.values.id(index) : nil
    if let own, what == .create, case .create(.accepted(let id?)) = meant { tickets[own] = Ticket(id) }
    let bytes = response(meant, to: what, keepsAlive: keepsAlive)
    do throws(BadResponse) {
      guard try feed(bytes[...]) else {
        found("\(what): the answer has not ended with its last byte")
        return (meant, keepsAlive)
      }
    } catch {
      found("\(what): the answer was not understood: \(error)")
      return (meant, keepsAlive)
    }
    if parser.keepsAlive != keepsAlive { found("\(what): the connection is taken to last: \(parser.keepsAlive), and not \(keepsAlive)") }
    let reply = reader.reply(to: what, parser, own: own)
    let arrived = parser.keepsAlive
    parser.reset()
    if !isSame(reply, meant, own: own) { found("\(what): \(meant) arrived as \(reply)") }
    return (reply, arrived)
  }

  /// The connection breaks while an answer arrives: whatever part of it has come must not be taken for a whole answer.
  func breaks(_ what: RequestKind) {
    let bytes = response(.poll(.status(.completed)), to: what == .create ? .poll : what, keepsAlive: true)
    let part = bytes[..<draws.int(0...bytes.count - 1)]
    if (try? feed(part)) == true || (try? parser.close()) == true {
      found("\(what): \(part.count) of \(bytes.count) bytes are taken for an answer")
    }
    parser = ResponseParser(watching: dialect.authentication.tokenHeader)
  }

  /// Passes bytes to the parser in random pieces.
  /// - Returns: whether the response is complete exactly with the last byte.
  private func feed(_ bytes: ArraySlice<UInt8>) throws(BadResponse) -> Bool {
    var rest = bytes
    while !rest.isEmpty {
      let piece = rest.prefix(draws.chance(0.3) ? draws.int(1...3) : draws.int(1...rest.count))
      rest = rest.dropFirst(piece.count)
      let advance: Result<ResponseParser.Advance, BadResponse> = piece.withUnsafeBytes { bytes in
        do throws(BadResponse) { return .success(try parser.consume(bytes)) } catch { return .failure(error) }
      }
      if case .complete(let consumed) = try advance.get() { return consumed == piece.count && rest.isEmpty }
    }
    return false
  }

  private func response(_ reply: Reply, to what: RequestKind, keepsAlive: Bool) -> [UInt8] {
    let (status, body, patience) = content(reply)
    var head = "HTTP/1.1 \(status) \(draws.pick(["OK", "", "Whatever It Is"]))\r\nServer: simulated\r\nContent-Type: application/json\r\n"
    if case .session(.tokens(let tokens)) = reply, let name = dialect.authentication.tokenHeader {
      head += "\(name): \(tokens.access)\(name == "Set-Cookie" ? "; Path=/; HttpOnly" : "")\r\n"
    }
    if case .metrics(.success(let claims)) = reply, claims.age > 0 { head += "Age: \(claims.age / 1_000_000_000 - 1)\r\n" }
    if let patience { head += "Retry-After: \(patience / 1_000_000_000)\r\n" }
    if !keepsAlive { head += "Connection: close\r\n" }
    let bytes = Array(body.utf8)
    guard draws.chance(0.3) else {
      return Array("\(head)\(draws.pick(["Content-Length", "content-length"])): \(bytes.count)\r\n\r\n".utf8) + bytes
    }
    var chunked = Array("\(head)Transfer-Encoding: chunked\r\n\r\n".utf8)
    var rest = bytes[...]
    while !rest.isEmpty {
      let chunk = rest.prefix(draws.int(1...rest.count))
      rest = rest.dropFirst(chunk.count)
      chunked += Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8)
    }
    return chunked + Array("0\r\n\r\n".utf8)
  }

  /// What a server of the dialect would write for this answer: status code, document, and for how long it asks not to be asked again, in
  /// nanoseconds.
  private func content(_ reply: Reply) -> (status: Int, body: String, patience: Int64?) {
    var document = SimulatedDocument()
    if draws.chance(0.5) { document.set("noise", Self.noise) }
    var (code, patience) = (200, Int64?.none)
    switch reply {
    case .create(.accepted(let id)):
      code = dialect.create.acceptedCodes.sorted().first ?? 201
      if let id, case .body(let path) = dialect.create.id.place { document.set(path, string: id.text) }
    case .confirm(.confirmed): code = dialect.confirm?.acceptedCodes.sorted().first ?? 200
    case .poll(.status(let status, let retryAfter)):
      patience = retryAfter
      setStatus(dialect.status.words.word(for: status), &document)
    case .orderRead(.status(let status, let retryAfter), _):
      patience = retryAfter
      if let page = dialect.fullestPage { document.set(page.status, string: dialect.status.words.word(for: status)) }
    case .orderRead(.unknownWord, _): if let page = dialect.fullestPage { document.set(page.status, string: "packing") }
    case .poll(.unknownWord): setStatus("packing", &document)
    case .metrics(.success(let claims)):
      for figure in dialect.metrics?.figures ?? [] { if let claim = claims[figure.quantity] { document.set(figure, claim.text) } }
    case .page(.success(let page)): if let list = dialect.list { set(page, list, &document) }
    case .cancel(.cancelled): code = dialect.cancel?.acceptedCodes.sorted().first ?? 200
    case .cancel(.notCancelled): code = dialect.cancel?.refusedCodes.sorted().first ?? 409
    case .orderMetrics(.success(let claimed)): if let metrics = dialect.orderMetrics { document.set(metrics.field, claimed.text) }
    case .session(.registered): code = 201
    case .session(.tokens(let tokens)):
      guard case .bearer(let login) = dialect.authentication else { break }
      if case .body(let field) = login.token { document.set(field, string: tokens.access) }
      if let renewal = login.refresh, let token = tokens.refresh { document.set(renewal.token, string: token) }
      if let path = login.expiresIn, let lifetime = tokens.lifetime { document.set(path, "\(lifetime / 1_000_000_000)") }
    case .create, .confirm, .poll, .orderRead, .metrics, .page, .cancel, .orderMetrics, .session, .unauthorised:
      code = reply.failure?.status ?? 500
      patience = reply.failure?.retryAfter
      document.set("error", string: reply.failure?.example ?? "")
    }
    if draws.chance(0.5) { document.set("more", Self.noise) }
    return (code, document.text, patience)
  }

  private func set(_ page: ListPage, _ list: Dialect.List, _ document: inout SimulatedDocument) {
    for part in list.parts {
      let entries = page.orders.filter { part.status == nil || part.status == $0.status }.map { entry in
        var order = SimulatedDocument()
        if case .field(let field) = list.id { order.set(field, string: entry.id.text) }
        if part.status == nil { order.set(list.status, string: entry.status.map { dialect.status.words.word(for: $0) } ?? "packing") }
        return list.id == .key ? "\"\(entry.id.text)\": \(order.text)" : order.text
      }
      let text = entries.joined(separator: ", ")
      document.set(part.orders, list.id == .key ? "{\(text)}" : "[\(text)]")
    }
    if let next = page.next, case .cursor(let cursor) = list.pages?.way { document.set(cursor, string: next) }
  }

  /// Fields that no dialect asks for at these places, under names that dialects use elsewhere.
  private static let noise =
    #"{"status": "none", "order_id": 7, "id": 8, "total_orders": -3, "of": ["\u00e9", {"order_id": 1}, -1.5e-3, null, true, "}\"]"]}"#

  private func setStatus(_ word: String, _ document: inout SimulatedDocument) {
    if case .order(_, let field) = dialect.status.source { document.set(field, string: word) }
  }

  private func isSame(_ reply: Reply, _ meant: Reply, own: OrderID?) -> Bool {
    switch (reply, meant) {
    case (.create(.accepted(let read)), .create(.accepted(let sent))): read == own ?? sent
    case (.poll(.status(let read, let asked)), .poll(.status(let sent, let patience))): read == sent && asked == patience
    case (.orderRead(let read, _), .orderRead(let sent, _)): isSame(.poll(read), .poll(sent), own: own)
    case (.metrics(.success(let read)), .metrics(.success(let sent))): read == sent
    case (.page(.success(let read)), .page(.success(let sent))): read.orders == sent.orders && read.next == sent.next
    case (.orderMetrics(.success(let read)), .orderMetrics(.success(let sent))): read.range.contains(sent.range.lowerBound)
    case (.session(.tokens(let read)), .session(.tokens(let sent))): read.access == sent.access && read.refresh == sent.refresh
    case (.confirm(.confirmed), .confirm(.confirmed)), (.poll(.unknownWord), .poll(.unknownWord)),
      (.cancel(.cancelled), .cancel(.cancelled)),
      (.cancel(.notCancelled), .cancel(.notCancelled)), (.session(.registered), .session(.registered)):
      true
    case (.create(.refused(let read)), .create(.refused(let sent))), (.create(.uncertain(let read)), .create(.uncertain(let sent))),
      (.poll(.unknownOrder(let read)), .poll(.unknownOrder(let sent))), (.poll(.useless(let read)), .poll(.useless(let sent))),
      (.cancel(.useless(let read)), .cancel(.useless(let sent))), (.metrics(.failure(let read)), .metrics(.failure(let sent))),
      (.page(.failure(let read)), .page(.failure(let sent))), (.orderMetrics(.failure(let read)), .orderMetrics(.failure(let sent))),
      (.session(.refused(let read)), .session(.refused(let sent))), (.unauthorised(let read), .unauthorised(let sent)):
      read.status == sent.status && read.retryAfter == sent.retryAfter
    default: false
    }
  }
}
