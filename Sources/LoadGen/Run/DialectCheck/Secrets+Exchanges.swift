/// How requests and answers are shown without the secrets of accounts.
extension Secrets {
  /// A request's head, with the values of `Cookie`, of `Authorization` and of the given headers blanked out.
  /// - Parameter headers: the names of headers whose values may be secrets.
  func hidden(head: String, headers: [String]) -> String {
    let names = Set(headers.map { $0.lowercased() })
    return head.split(separator: "\r\n", omittingEmptySubsequences: false).map { line in
      guard let colon = line.firstIndex(of: ":") else { return hidden(String(line)) }
      let name = line[..<colon].lowercased()
      if name == "cookie" { return "\(line[..<colon]): ***" }
      if name == "authorization" { return "\(line[..<colon]): \(line[colon...].dropFirst(2).prefix { $0 != " " }) ***" }
      return names.contains(name) ? "\(line[..<colon]): ***" : hidden(String(line))
    }.joined(separator: "\r\n")
  }

  /// The answer to a login, with all texts blanked out except keys, as each may be a token.
  static func withoutTexts(_ body: String) -> String {
    guard body.first.map({ "{[\" \n".contains($0) }) ?? true else { return "(\(body.utf8.count) bytes that are no JSON)" }
    var shown = ""
    var rest = Substring(body)
    while let open = rest.firstIndex(of: "\"") {
      shown += rest[..<open]
      var end = rest.index(after: open)
      while end < rest.endIndex, rest[end] != "\"" {
        end = rest.index(after: end)
        if rest[rest.index(before: end)] == "\\", end < rest.endIndex { end = rest.index(after: end) }
      }
      let after = end < rest.endIndex ? rest.index(after: end) : end
      let isKey = rest[after...].first { !$0.isWhitespace } == ":"
      shown += isKey ? String(rest[open..<after]) : "\"***\""
      rest = rest[after...]
    }
    return shown + rest
  }
}
