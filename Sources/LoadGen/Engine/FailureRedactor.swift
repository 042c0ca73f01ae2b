import Shared

/// Removes secrets from failures' messages: a target may repeat the request, including its credentials.
struct FailureRedactor {
  private let secrets: Secrets
  private let accounts: [Credentials]
  /// The last message before and after, because most failures of a run are alike.
  private var last: (account: Int, found: String, redacted: String)?

  /// - Parameters:
  ///   - secrets: what no message may repeat.
  ///   - accounts: by number; no message may repeat those of the account that its request was sent for. Empty if there are none.
  init(_ secrets: Secrets, accounts: [Credentials]) {
    self.secrets = secrets
    self.accounts = accounts
  }

  /// - Parameter context: of the request that failed.
  mutating func redacted(_ failure: Failure, for context: RequestContext) -> Failure {
    var redacted = failure
    if let last, last.account == context.account, last.found.hasSameBytes(as: failure.example) {
      redacted.example = last.redacted
    } else {
      var secrets = secrets
      if !accounts.isEmpty { secrets.add(accounts[context.account % accounts.count]) }
      secrets.add(context.tokens)
      redacted.example = secrets.hidden(failure.example)
      last = (context.account, failure.example, redacted.example)
    }
    return redacted
  }
}
