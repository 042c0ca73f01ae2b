import Foundation

/// A shell command as it may be told: without the values of what is called a secret in it, and without the passwords in its URLs.
package enum ShownCommand {
  /// - Parameter command: as it was given to `--serve`.
  package static func text(_ command: String) -> String {
    command.replacing(assignment) { "\($0.output.1)\(Secrets.blank)" }
      .replacing(option) { "\($0.output.1)\(Secrets.blank)" }
      .replacing(userinfo) { "\($0.output.1)\(Secrets.blank)@" }
  }

  // nonisolated(unsafe): a regular expression is never changed, and only not known to be Sendable.

  /// `DB_PASSWORD=…`, with quotes or without.
  private nonisolated(unsafe) static let assignment =
    /(?i)(\b\w*(?:pass|pwd|secret|token|credential|auth|account|key|dsn)\w*=)(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s"';&|])+/

  /// `--db-password …`, `--token=…`.
  private nonisolated(unsafe) static let option =
    /(?i)(--?[\w-]*(?:pass|pwd|secret|token|credential|account|api-?key|user)[\w-]*[ =])(?:"(?:\\.|[^"\\])*"|'[^']*'|[^\s"';&|-][^\s"';&|]*)/

  /// `postgres://user:…@host`.
  private nonisolated(unsafe) static let userinfo = /(\w:\/\/)[^\s\/@"']+@/
}
