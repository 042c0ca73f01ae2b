extension Secrets {
  /// Adds the tokens of an account, and the values of the cookies if these are its tokens.
  mutating func add(_ tokens: Tokens?) {
    guard let tokens else { return }
    add(tokens.access)
    add(tokens.refresh)
    for cookie in tokens.access.split(separator: ";") {
      if let equals = cookie.utf8.firstIndex(of: UInt8(ascii: "=")) { add(String(cookie[cookie.utf8.index(after: equals)...])) }
    }
  }
}
