import Shared

extension DialectCheck {
  /// What is wrong with the dialect, or the run, if an answer has this status code; `nil` where the code tells nothing.
  /// - Parameter key: the request's key in a dialect file, as in `create`.
  func fault(_ response: borrowing ResponseParser, of key: String) -> String? {
    let body = Self.beginning(String(decoding: response.body.prefix(160), as: UTF8.self))
    switch response.status {
    case 301, 302, 303, 307, 308:
      guard let place = response.location else { return "\(key).path: the API answers \(response.status), and does not say where to" }
      return
        "\(key).path: the API answers \(response.status) to \(place), and redirects are not followed: say '\(path(place))' for \(key).path"
    case 401:
      return dialect.authentication == .none
        ? "\(key): the API answers 401, and wants to know who asks: say 'authentication: basic', or how to log in, and give name:password "
          + "by LOADGEN_USER or --user-file"
        : "\(key): the API answers 401, and does not take the account: check \(scenario.makesAccounts ? "" : "LOADGEN_USER or --user-file, and ")"
          + "how the login names it (authentication.login.body)"
    case 403: return "\(key): the API answers 403: the account may not do this; give another by LOADGEN_USER or --user-file"
    case 404: return "\(key).path: the API answers 404: there is nothing at that path"
    case 405: return "\(key).method: the API answers 405: that path takes another method"
    case 415:
      return "\(key).headers: the API answers 415: it does not take JSON as it was sent; say another type, as in "
        + "headers: {Content-Type: application/vnd.acme.order+json}"
    case 429: return "\(key): the API answers 429: it takes no more requests now (Retry-After: \(response.retryAfter ?? "none"))"
    case 400..<500: return "\(key).body: the API answers \(response.status), and refuses the request: \(body)"
    case 500...: return "\(key): the API answers \(response.status), and fails at it: \(body)"
    default: return response.encodingWords.map { "\(key): the answer is encoded as \($0), though identity was asked for" }
    }
  }

  /// A redirect's path as a dialect would write it: below the target's base path, and with `{id}` in place of the order's id.
  private func path(_ place: String) -> String {
    var path = ReplyReader.path(place)
    if !target.basePath.isEmpty, path.hasPrefix(target.basePath) { path = path.dropFirst(target.basePath.count) }
    guard let id = context.id?.text, !id.isEmpty else { return String(path) }
    return String(path).replacing(id, with: "{id}")
  }

  /// The text or number at this place in a body; `nil` where there is neither.
  static func text(at field: FieldPath, in body: [UInt8]) -> String? {
    let value = body.withUnsafeBytes { bytes in try? JSONScanner.value(at: field, in: bytes) }
    switch value {
    case .string(let text), .number(let text): return text
    default: return nil
    }
  }

  /// What is at this place in a body in place of what was looked for, as the beginning of a sentence; empty where nothing is there.
  static func instead(at field: FieldPath, in body: [UInt8]) -> String {
    let value = body.withUnsafeBytes { bytes in try? JSONScanner.value(at: field, in: bytes) }
    switch value {
    case .object: return "there stands an object, and "
    case .array: return "there stands a list, and "
    case .null: return "there stands null, and "
    case .bool(let flag): return "there stands \(flag), and "
    case .string(let text): return "there stands '\(text.prefix(40))', and "
    default: return ""
    }
  }
}
