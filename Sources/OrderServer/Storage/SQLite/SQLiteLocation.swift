/// Which file orders are kept in, and how.
struct SQLiteLocation: Sendable, Hashable {
  var path: String
  var synchronous: Synchronous = .full

  /// When a commit counts as done.
  enum Synchronous: String, Sendable, CaseIterable {
    /// When the file has been synced: it survives a power cut.
    case full
    /// The log is synced only now and then: a power cut may take the latest orders, the program's death none.
    case normal
    /// Nothing is ever synced: a power cut may damage the file.
    case off
  }
}
