import Foundation
import Shared

/// Puts a dialect together out of a file's sections.
struct DialectReader {
  let file: FileSection
  /// The built-in dialect that the file begins with; each key of the file takes the place of one of it.
  private let base: Dialect?

  init(_ file: FileSection) throws(ConfigurationError) {
    self.file = file
    base = try file.read("like") { name in
      if let dialect = Dialect.builtIn(named: name) { return dialect }
      throw UnitError(
        expected: "a built-in dialect", found: name, remedy: "it is one of \(Dialect.builtIn.map(\.name).joined(separator: ", "))")
    }
  }

  func dialect() throws(ConfigurationError) -> Dialect {
    let list = try file.has("list") ? readList() : base?.list
    guard let create = try file.has("create") ? readCreate() : base?.create else {
      throw file.missing("create", "create: {path: /orders, body: '{\"user_id\":\"u-{index}\"}', id: {body: order_id}}")
    }
    guard let status = try file.has("status") ? readStatus(list) : base?.status else {
      throw file.missing("status", "status: {path: \"/orders/{id}\", field: status, words: {completed: done}}")
    }
    let readyPath = try file.path("ready", .list)?.description
    return Dialect(
      name: try file.text("name") ?? fileName, summary: try file.text("summary") ?? base?.summary ?? "",
      readyPath: readyPath ?? base?.readyPath ?? "/ping",
      headers: file.has("headers") ? try file.headers("headers", .list) : base?.headers ?? [], create: create, status: status,
      cancel: file.has("cancel") ? try readCancel() : base?.cancel, list: list,
      metrics: file.has("metrics") ? try readMetrics(list) : base?.metrics,
      orderMetrics: file.has("order_metrics") ? try readOrderMetrics() : base?.orderMetrics,
      authentication: file.has("authentication") ? try readAuthentication() : base?.authentication ?? .none,
      assumptions: try readAssumptions(base?.assumptions ?? Dialect.Assumptions()))
  }

  private var fileName: String { URL(fileURLWithPath: file.file).deletingPathExtension().lastPathComponent }

  private func readCancel() throws(ConfigurationError) -> Dialect.Cancel? {
    guard let section = try file.section("cancel", FileSection.requestKeys + ["accepted", "refused"]) else { return nil }
    let request = try section.request("POST", .order, example: "\"/orders/{id}/cancel\"")
    try section.demandID(of: request)
    return Dialect.Cancel(
      request, acceptedCodes: try section.codes("accepted") ?? [200], refusedCodes: try section.codes("refused") ?? [400, 409])
  }

  private func readList() throws(ConfigurationError) -> Dialect.List? {
    guard let section = try file.section("list", FileSection.requestKeys + ["orders", "id", "status", "pages"]) else { return nil }
    let request = try section.request("GET", .list, example: "/orders")
    guard let id = try section.field("id") else { throw section.missing("id", "id: order_id") }
    guard let status = try section.field("status") else { throw section.missing("status", "status: status") }
    var pages: Dialect.List.Pages?
    if let section = try section.section("pages", ["cursor", "path"]) {
      guard let cursor = try section.field("cursor") else { throw section.missing("cursor", "cursor: next_cursor") }
      guard let path = try section.path("path", .page) else { throw section.missing("path", "path: \"/orders?cursor={cursor}\"") }
      guard path.slots.contains(.cursor) else { throw section.refuse("path", "it has no {cursor}, so that every page would be the same") }
      pages = Dialect.List.Pages(cursor: cursor, path: path)
    }
    return Dialect.List(request, orders: try section.field("orders") ?? "", id: id, status: status, pages: pages)
  }

  private func readStatus(_ list: Dialect.List?) throws(ConfigurationError) -> Dialect.Status? {
    guard let section = try file.section("status", ["method", "path", "headers", "in", "field", "words", "unknown"]) else { return nil }
    guard let table = try section.section("words", OrderStatus.allCases.map(\.rawValue)) else {
      throw section.missing("words", "words: {pending: new, processing: running, completed: done}")
    }
    let words = try readWords(table)
    let unknown = try section.codes("unknown") ?? [404]
    if let place = try section.text("in") {
      guard place == "list" else { throw section.refuse("in", "'\(place)' is no place of a status: it is 'list', or a 'path' is given") }
      guard !section.has("path"), !section.has("field") else {
        throw section.refuse("in", "a status in the list has no 'path' and no 'field' of its own: they stand under 'list'")
      }
      guard list != nil else { throw section.refuse("in", "there is no 'list' to look into: give it, as in list: {path: /orders, id: id, status: status}") }
      return Dialect.Status(.list, words: words, unknownCodes: unknown)
    }
    let request = try section.request("GET", .order, example: "\"/orders/{id}\"")
    try section.demandID(of: request)
    guard let field = try section.field("field") else { throw section.missing("field", "field: status") }
    return Dialect.Status(.order(request, field: field), words: words, unknownCodes: unknown)
  }

  private func readWords(_ section: FileSection) throws(ConfigurationError) -> StatusWords {
    var words: [OrderStatus: [String]] = [:]
    var owners: [String: OrderStatus] = [:]
    for status in OrderStatus.allCases {
      for word in try section.texts(status.rawValue) ?? [] {
        guard !word.isEmpty else { throw section.refuse(status.rawValue, "a word is empty") }
        if let other = owners[word.lowercased()] {
          throw section.refuse(status.rawValue, "'\(word)' is a word for \(other.rawValue) already: case makes no difference")
        }
        owners[word.lowercased()] = status
        words[status, default: []].append(word)
      }
    }
    guard words[.completed] != nil else { throw section.missing("completed", "completed: [DONE]") }
    return StatusWords(words)
  }
}

extension FileSection {
  /// A request about one order must say which.
  fileprivate func demandID(of request: Dialect.Request) throws(ConfigurationError) {
    let places = [request.path] + request.headers.map(\.value) + [request.body].compactMap { $0 }
    guard places.contains(where: { $0.slots.contains(.id) }) else {
      throw refuse("path", "'\(request.path)' has no {id}: it does not say which order is meant")
    }
  }
}
