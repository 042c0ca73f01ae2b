/// Which headers can be set.
enum HeaderRules {
  /// They follow from the request.
  private static let own: Set<String> = ["host", "content-length", "transfer-encoding", "connection"]

  /// What is wrong with a header, in words that do not repeat its value, which may be a secret; `nil` where all is well.
  static func wrong(name: String, value: String) -> String? {
    let isToken = name.utf8.allSatisfy { $0 > 32 && $0 < 127 && !"()<>@,;:\\\"/[]?={}".utf8.contains($0) }
    guard !name.isEmpty, isToken else { return "'\(name)' is no header's name: write it as in 'X-Trace: 1'" }
    guard value.utf8.allSatisfy({ $0 >= 32 && $0 != 127 || $0 == 9 }) else { return "the value of '\(name)' is not on one line" }
    guard !own.contains(name.lowercased()) else { return "'\(name)' cannot be set: it follows from the request" }
    return nil
  }
}
