import Foundation
import NIOCore
import Shared

/// Asks a target what it says of itself: its description, its figures, and, where it has no description, the likeliest places of orders. It sends
/// GET alone.
package struct TargetExplorer {
  /// The longest answer that is read, in bytes.
  static let mostBytes = 16 << 20
  /// The most paths that are asked for figures.
  private static let mostFigures = 6
  private static let places = ["/orders", "/api/orders", "/api/v1/orders", "/v1/orders"]

  private let scenario: Scenario
  private let target: TargetURL
  private let tls: TLSClient?
  private let secrets: Secrets
  private var evidence = TargetEvidence()
  /// What was asked, and what came of it, one line each.
  package private(set) var tried: [String] = []
  private var isUnreachable = false

  package init(_ scenario: Scenario, target: TargetURL, over tls: TLSClient?) {
    self.scenario = scenario
    self.target = target
    self.tls = tls
    var secrets = scenario.givenSecrets
    for account in scenario.accounts { secrets.add(account) }
    self.secrets = secrets
  }

  /// - Returns: the guess as a file; `nil` where the target says nothing of itself, for which `tried` has the reasons.
  package mutating func guess() async -> GuessedFile? {
    await readDescription()
    if !isUnreachable { await readFigures() }
    if !isUnreachable, evidence.description == nil { await tryPlaces() }
    return evidence.isEmpty ? nil : GuessedFile(evidence)
  }

  private mutating func note(_ path: String, _ words: String) { tried.append(Legible.line(secrets.hidden("GET \(path): \(words)"))) }

  // MARK: The description

  private mutating func readDescription() async {
    let own = target.basePath + "/openapi.json"
    for path in target.basePath.isEmpty ? [own] : [own, "/openapi.json"] where evidence.description == nil && !isUnreachable {
      guard let answer = await get(path) else { continue }
      do {
        let tree: JSONTree
        do throws(JSONTree.Fault) { tree = try JSONTree(answer.body) } catch { throw OpenAPIDescription.Fault(description: "\(error)") }
        let description = try OpenAPIDescription(tree, base: target.basePath, isBelow: path.hasSameBytes(as: own))
        evidence.description = description
        evidence.descriptionPath = path
        note(path, "OpenAPI \(description.version), \(description.operations.count) operations")
      } catch { note(path, "200, but it is no description that is read: \(error)") }
    }
  }

  // MARK: Figures

  private mutating func readFigures() async {
    var paths = ["/metrics"]
    for operation in evidence.description?.operations ?? [] {
      guard paths.count < Self.mostFigures, operation.method.hasSameBytes(as: "GET"), operation.path.parameters == 0,
        operation.path.words.has(["metrics"]),
        !paths.contains(where: { $0.hasSameBytes(as: operation.path.text) })
      else { continue }
      paths.append(operation.path.text)
    }
    for path in paths where !isUnreachable {
      guard let answer = await get(target.basePath + path) else { continue }
      let place = String(Substring(answer.path.utf8.dropFirst(target.basePath.utf8.count)))
      guard PathShape(place)?.parameters == 0 else { continue }
      if let document = try? JSONTree(answer.body), case .object = document {
        evidence.figures.append(TargetEvidence.Figures(path: place, content: .json(document)))
        note(path, "a JSON document")
      } else if let series = SeriesSeen(answer.body) {
        evidence.figures.append(TargetEvidence.Figures(path: place, content: .series(series)))
        note(path, "Prometheus text")
      } else {
        note(path, "200, but neither a JSON document nor Prometheus text")
        continue
      }
      evidence.readyPath = evidence.readyPath ?? place
    }
  }

  // MARK: Places of orders

  private mutating func tryPlaces() async {
    for path in Self.places where !isUnreachable {
      guard let response = await exchange(target.basePath + path, watching: "Allow") else { continue }
      let allowed = response.watched?.values.first.map { String(decoding: $0.prefix(100), as: UTF8.self) }
      var place = TargetEvidence.Place(path: path, status: response.status, allowed: allowed)
      if (200..<300).contains(response.status), !response.isCutShort { place.document = try? JSONTree(hidden(response.body)) }
      evidence.places.append(place)
      note(path, "\(response.status)\(allowed.map { ", Allow: \($0)" } ?? "")")
      if place.takesPOST || place.document != nil { return }
    }
  }

  // MARK: Exchanges

  /// An answer of 2xx, and the path that gave it.
  private struct Answer {
    var path: String
    var body: [UInt8]
  }

  /// Asks once, again with the account where one is wanted, and again where a redirect leads to.
  private mutating func get(_ path: String) async -> Answer? {
    var path = path
    guard var response = await exchange(path, watching: "WWW-Authenticate") else { return nil }
    if (300..<400).contains(response.status), let place = response.location.map({ String(ReplyReader.path($0)) }),
      place.utf8.starts(with: target.basePath.utf8), let shape = PathShape(place), shape.parameters == 0
    {
      note(path, "\(response.status), to \(place)")
      path = place
      guard let next = await exchange(path, watching: "WWW-Authenticate") else { return nil }
      response = next
    }
    guard (200..<300).contains(response.status) else {
      if response.status == 401 { challenge(response) }
      let hint = response.status == 401 && scenario.accounts.isEmpty ? "; an account is given by LOADGEN_USER or --user-file" : ""
      note(path, "\(response.status)\(hint)")
      return nil
    }
    if let encoding = response.encodingWords {
      note(path, "encoded as \(encoding), though identity was asked for")
      return nil
    }
    guard !response.isCutShort else {
      note(path, "\(response.bodyLength) bytes, and at most \(Self.mostBytes) are read")
      return nil
    }
    return Answer(path: path, body: hidden(response.body))
  }

  private mutating func challenge(_ response: borrowing ResponseParser) {
    let scheme = response.watched?.values.first.map { NameWords(String(decoding: $0.prefix(100), as: UTF8.self)).words.first } ?? nil
    evidence.challenge = evidence.challenge ?? scheme?.text ?? "bearer"
  }

  /// The account's name and password go along where they were given, as to no other use they could be put before a login is known.
  private mutating func exchange(_ path: String, watching header: String) async -> ResponseParser? {
    var given = scenario.headers
    if let account = scenario.accounts.first, !given.contains(where: { $0.name.isSameWord(as: "authorization") }) {
      given.append(("Authorization", "Basic \(Data("\(account.username):\(account.password)".utf8).base64EncodedString())"))
    }
    let headers = RequestHeaders(host: target.authority, closes: true, dialect: [], given: given)
    do throws(Failure) {
      return try await PlainExchange.answer(
        to: ByteBuffer(string: headers.request("GET", path)), from: target, over: tls,
        within: .nanoseconds(scenario.requestTimeout.nanoseconds), watching: header, mostBytes: Self.mostBytes)
    } catch {
      isUnreachable = [.dns, .refused, .connectTimeout, .tls].contains(error.kind)
      note(path, await TargetAddress.reason(of: error, at: target))
      return nil
    }
  }

  /// A body without the secrets that were given, which must not get into a file.
  private func hidden(_ body: [UInt8]) -> [UInt8] { Array(secrets.hidden(String(decoding: body, as: UTF8.self)).utf8) }
}
