/// The words that an API uses for each status. They are written as given, and read regardless of case.
public struct StatusWords: Sendable, Hashable {
  private let words: [OrderStatus: [String]]
  private let statuses: [String: OrderStatus]
  /// The ASCII words, in lower case, as bytes. Most answers are read with these alone, without making a `String`.
  private let plain: [PlainWord]
  /// In bytes. A longer text cannot be a word, whatever its normalisation, and is rejected unread: normalising a peer's text can take hours
  /// if it is long enough.
  private let longest: Int

  private struct PlainWord: Sendable, Hashable {
    var bytes: [UInt8]
    var status: OrderStatus
  }

  /// - Parameter words: the first word of each status is the one that a server writes. Where two statuses share a word, the one that comes
  ///   first in the life of an order is read from it.
  public init(_ words: [OrderStatus: [String]]) {
    self.words = words
    statuses = Dictionary(
      OrderStatus.allCases.flatMap { status in (words[status] ?? []).map { ($0.lowercased(), status) } },
      uniquingKeysWith: { first, _ in first })
    longest = 4 * (statuses.keys.map(\.utf8.count).max() ?? 0)
    plain = statuses.filter { $0.key.utf8.allSatisfy { $0 < 0x80 } }.sorted { $0.key < $1.key }
      .map { PlainWord(bytes: Array($0.key.utf8), status: $0.value) }
  }

  /// The word that a server writes; the status's own name where the API has none.
  public func word(for status: OrderStatus) -> String {
    words[status]?.first ?? status.rawValue
  }

  /// All words of a status, the one that a server writes first.
  public func words(for status: OrderStatus) -> [String] { words[status] ?? [] }

  /// Whether an order that is said to be pending may be processing, because one word stands for both.
  public var pendingMayBeProcessing: Bool { words(for: .processing).contains { status(for: $0) == .pending } }

  /// Whether pending and processing have the same words, so that a count of one is a count of both.
  public var processingIsPending: Bool {
    pendingMayBeProcessing && Set(words(for: .processing).map { $0.lowercased() }) == Set(words(for: .pending).map { $0.lowercased() })
  }

  /// Reads a word, regardless of case; `nil` where no status has it.
  public func status(for word: String) -> OrderStatus? {
    guard word.utf8.count <= longest else { return nil }
    return statuses[word] ?? statuses[word.lowercased()]
  }

  /// Reads a word without making a `String` of it where it is ASCII.
  /// - Parameter word: in UTF-8.
  public func status(forUTF8 word: UnsafeRawBufferPointer) -> OrderStatus? {
    for candidate in plain where Self.isSame(word, candidate.bytes) { return candidate.status }
    return word.count > longest || word.allSatisfy { $0 < 0x80 } ? nil : status(for: String(decoding: word, as: UTF8.self))
  }

  /// Compares regardless of case.
  /// - Parameter plain: ASCII, in lower case.
  private static func isSame(_ word: UnsafeRawBufferPointer, _ plain: [UInt8]) -> Bool {
    guard word.count == plain.count else { return false }
    for index in plain.indices {
      let byte = word[index]
      let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      guard (isCapital ? byte | 0x20 : byte) == plain[index] else { return false }
    }
    return true
  }
}
