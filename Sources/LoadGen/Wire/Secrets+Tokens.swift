extension Secrets {
  /// What an account is known by: a token, or the values of its cookies.
  mutating func add(_ tokens: Tokens?) {
    guard let tokens else { return }
    add(tokens.access)
    add(tokens.refresh)
    for cookie in tokens.access.split(separator: ";") {
      if let equals = cookie.utf8.firstIndex(of: UInt8(ascii: "=")) { add(String(cookie[cookie.utf8.index(after: equals)...])) }
    }
  }
}
