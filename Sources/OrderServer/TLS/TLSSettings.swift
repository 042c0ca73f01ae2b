/// Whether connections are encrypted, and how the server and its clients prove who they are.
struct TLSSettings: Sendable {
  /// What the server shows of itself.
  enum Identity: Sendable {
    /// A certificate, with those that lead from it to a known authority after it, and its key.
    case files(certificate: NamedFile, key: NamedFile)
    /// A certificate that is made at the start, and kept in memory alone.
    case selfSigned
  }

  var identity: Identity
  /// Clients must show a certificate that one of this file's has signed; `nil`: they need none.
  var clientAuthority: NamedFile?
}
