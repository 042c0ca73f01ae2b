import Shared

/// What an OpenAPI document (3.0 or 3.1) says of an API: its operations, and what they refer to. A pure value over a document that a stranger
/// wrote: everything in it is bounded.
struct OpenAPIDescription: Sendable {
  /// The most paths that are looked at, and the most operations.
  static let mostPaths = 10_000
  static let mostOperations = 20_000

  /// One method of one path.
  struct Operation: Sendable {
    /// In capitals.
    var method: String
    var path: PathShape
    /// The words of its `operationId` and its summary.
    var name: NameWords
    var tree: JSONTree
    /// Its own parameters, and those of its path.
    var parameters: [JSONTree]

    /// As in `POST /orders`.
    var words: String { "\(method) \(path.text)" }
  }

  /// Why a document is no description.
  struct Fault: Error, Equatable, CustomStringConvertible { let description: String }

  var title: String
  /// As in `3.1.0`.
  var version: String
  private(set) var operations: [Operation] = []
  /// How many paths have another form than a dialect file can say.
  private(set) var leftOut = 0
  /// How callers are let in, where an operation says nothing else.
  let security: JSONTree?
  let budget = SchemaBudget()
  /// What can be referred to, by kind and name.
  private let components: [ByteText: [ByteText: JSONTree]]

  /// - Parameters:
  ///   - tree: the document.
  ///   - base: the path of the target's URL; empty where it has none.
  ///   - isBelow: whether the document was found below that path, so that its paths may be, too.
  init(_ tree: JSONTree, base: String = "", isBelow: Bool = true) throws(Fault) {
    guard case .object = tree else { throw Fault(description: "it is no JSON object, and so no description") }
    guard let version = tree["openapi"]?.text else {
      let words = tree["swagger"] == nil ? "it has no 'openapi', which says its version" : "it is Swagger 2.0, and only OpenAPI 3 is read"
      throw Fault(description: words)
    }
    guard version.utf8.starts(with: "3.".utf8) else {
      throw Fault(description: "its version is '\(Legible.line(version, limit: 20))', and only OpenAPI 3.0 and 3.1 are read")
    }
    self.version = Legible.line(version, limit: 20)
    title = Legible.line(tree["info"]?["title"]?.text ?? "", limit: 80)
    security = tree["security"]
    var components: [ByteText: [ByteText: JSONTree]] = [:]
    for kind in tree["components"]?.members ?? [] {
      components[ByteText(kind.key)] = Dictionary(
        kind.value.members.map { (ByteText($0.key), $0.value) }, uniquingKeysWith: { _, last in last })
    }
    self.components = components
    let prefix = Self.prefix(tree["servers"]?.elements.first?["url"]?.text)
    for item in (tree["paths"]?.members ?? []).prefix(Self.mostPaths) { add(item, prefix: prefix, base: base, isBelow: isBelow) }
  }

  /// The path of a server's URL; empty where it has none that could be used.
  private static func prefix(_ url: String?) -> String {
    guard let url, url.utf8.count <= PathShape.longest, !url.utf8.contains(UInt8(ascii: "{")) else { return "" }
    var path = Substring(url)
    if let rest = url.cut(at: "://")?.after { path = rest.cut(at: "/").map { url[$0.after.startIndex...] } ?? "" }
    let parts = path.parts(between: "/")
    return parts.isEmpty ? "" : "/" + parts.joined(separator: "/")
  }

  private mutating func add(_ item: JSONTree.Member, prefix: String, base: String, isBelow: Bool) {
    let whole = prefix + item.key
    let isAtBase = base.isEmpty || whole.utf8.starts(with: base.utf8) && whole.utf8.dropFirst(base.utf8.count).first == UInt8(ascii: "/")
    // A server that is mounted below a path often does not know of it.
    let place = isAtBase ? String(Substring(whole.utf8.dropFirst(base.utf8.count))) : isBelow ? item.key : ""
    guard let path = PathShape(place) else {
      leftOut += 1
      return
    }
    let common = item.value["parameters"]?.elements ?? []
    for member in item.value.members {
      guard operations.count < Self.mostOperations, let method = Self.methods.first(where: { member.key.isSameWord(as: $0) }) else {
        continue
      }
      let name = NameWords(member.value["operationId"]?.text ?? "") + NameWords(member.value["summary"]?.text ?? "")
      operations.append(
        Operation(
          method: method, path: path, name: name, tree: member.value,
          parameters: Array((member.value["parameters"]?.elements ?? []).prefix(50) + common.prefix(50))))
    }
  }

  private static let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"]

  // MARK: References

  /// The most references that are followed from one to the next.
  private static let mostHops = 16

  /// What a value stands for: itself, or what it refers to within `#/components`. A reference that leads elsewhere, or in a ring, stands for
  /// nothing.
  func resolved(_ tree: JSONTree?) -> JSONTree? {
    var tree = tree
    for _ in 0..<Self.mostHops {
      guard let place = tree?["$ref"]?.text else { return tree }
      let parts = place.parts(between: "/")
      guard parts.count == 4, parts[0].hasSameBytes(as: "#"), parts[1].hasSameBytes(as: "components") else { return nil }
      tree = components[ByteText(String(parts[2]))]?[ByteText(Self.unescaped(String(parts[3])))]
    }
    return nil
  }

  /// A part of a JSON pointer (RFC 6901).
  private static func unescaped(_ part: String) -> String {
    part.utf8.contains(UInt8(ascii: "~")) ? part.replacing("~1", with: "/").replacing("~0", with: "~") : part
  }

  /// What is declared as a way to let callers in, by its name.
  func securityScheme(_ name: String) -> JSONTree? { resolved(components["securitySchemes"]?[ByteText(name)]) }
}
