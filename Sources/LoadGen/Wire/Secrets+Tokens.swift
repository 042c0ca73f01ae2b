extension Secrets {
  /// The least length of a cookie's value that is taken for a secret, in bytes.
  private static let leastCookie = 6

  /// Adds the tokens of an account, and the values of the cookies if these are its tokens.
  mutating func add(_ tokens: Tokens?) {
    guard let tokens else { return }
    add(tokens.access)
    add(tokens.refresh)
    for cookie in tokens.access.split(separator: ";") {
      if let equals = cookie.utf8.firstIndex(of: UInt8(ascii: "=")) {
        // A short one is no secret, as in lang=en, and would blank out much else.
        let value = cookie[cookie.utf8.index(after: equals)...]
        if value.utf8.count >= Self.leastCookie { add(String(value)) }
      }
    }
  }
}
