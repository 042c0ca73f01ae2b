extension Summary {
  /// Cookies that the target set, although no request ever sent them back.
  package struct Cookies: Codable, Sendable, Equatable {
    /// How many answers set a cookie.
    package var answers: Int
    /// The name of the first cookie; `nil` where it has none.
    @Explicit package var name: String?
  }
}

extension Summary.Cookies {
  /// `nil` where no cookie was set.
  /// - Parameter secrets: hidden in the name, because the target chooses it and may repeat a secret in it.
  init?(_ ledger: Ledger, hiding secrets: Secrets) {
    guard ledger.cookies.answers > 0 else { return nil }
    self.init(answers: ledger.cookies.answers, name: ledger.cookies.name.map(secrets.hidden))
  }
}
