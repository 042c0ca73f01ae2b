import Foundation

/// A shell command made fit to be shown: without the values of what looks like a secret, and without the passwords in URLs.
package enum ShownCommand {
  /// - Parameter command: as it was given to `--serve`.
  package static func text(_ command: String) -> String {
    command.replacing(assignment) { "\($0.output.1)\(Secrets.blank)" }
      .replacing(option) { "\($0.output.1)\(Secrets.blank)" }
      .replacing(userinfo) { "\($0.output.1)\(Secrets.blank)@" }
  }

  // nonisolated(unsafe): regular expressions are never changed, but not declared Sendable.

  /// `DB_PASSWORD=…`, quoted or not.
  private nonisolated(unsafe) static let assignment =
    /(?i)(\b\w*(?:pass|pwd|secret|token|credential|auth|account|key|dsn)\w*=)(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"';&|])+/

  /// `--db-password …`, `--token=…`.
  private nonisolated(unsafe) static let option =
    /(?i)(--?[\w-]*(?:pass|pwd|secret|token|credential|account|api-?key|user)[\w-]*[ =])(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"';&|-][^\s"';&|]*)/

  /// `postgres://user:…@host`.
  private nonisolated(unsafe) static let userinfo = /(\w:\/\/)[^\s\/@"']+@/
}
