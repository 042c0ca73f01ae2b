/// The words an API uses for each status. They are written as given and read in any case.
public struct StatusWords: Sendable, Hashable {
  private let words: [OrderStatus: [String]]
  private let statuses: [String: OrderStatus]

  /// The first word of each status is the one that a server writes.
  public init(_ words: [OrderStatus: [String]]) {
    self.words = words
    statuses = Dictionary(
      words.flatMap { status, words in words.map { ($0.lowercased(), status) } },
      uniquingKeysWith: { first, _ in first })
  }

  /// The word that a server writes; the status's own name where the API has none.
  public func word(for status: OrderStatus) -> String {
    words[status]?.first ?? status.rawValue
  }

  /// All words of a status, the one that a server writes first.
  public func words(for status: OrderStatus) -> [String] { words[status] ?? [] }

  public func status(for word: String) -> OrderStatus? {
    statuses[word] ?? statuses[word.lowercased()]
  }
}
