extension Summary {
  /// Cookies that the target set: no request sends one back.
  package struct Cookies: Codable, Sendable, Equatable {
    /// Answers that set one.
    package var answers: Int
    /// The name of the first; `nil` where it has none.
    @Explicit package var name: String?
  }
}

extension Summary.Cookies {
  /// `nil` where none was set.
  /// - Parameter secrets: which a name of the target's making may repeat.
  init?(_ ledger: Ledger, hiding secrets: Secrets) {
    guard ledger.cookies.answers > 0 else { return nil }
    self.init(answers: ledger.cookies.answers, name: ledger.cookies.name.map(secrets.hidden))
  }
}
