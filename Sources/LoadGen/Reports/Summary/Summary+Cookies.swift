extension Summary {
  /// Cookies that the target set: no request sends one back.
  struct Cookies: Codable, Sendable, Equatable {
    /// Answers that set one.
    var answers: Int
    /// The name of the first; `nil` where it has none.
    @Explicit var name: String?
  }
}

extension Summary.Cookies {
  /// `nil` where none was set.
  init?(_ ledger: Ledger) {
    guard ledger.cookies.answers > 0 else { return nil }
    self.init(answers: ledger.cookies.answers, name: ledger.cookies.name)
  }
}
