/// A placeholder in a request, for what differs from one request to the next.
public enum Slot: Sendable, Hashable, CustomStringConvertible {
  /// The order's id, as the API knows it.
  case id
  /// The order's number in the run, counted from 0.
  case index
  /// A whole number that no other order has, in other runs included: counted up from a first number that the run draws at random.
  case number
  /// A UUID that no other order has.
  case uuid
  /// Eight hexadecimal digits that no other run has.
  case run
  /// A whole number, drawn anew for each order.
  case random(ClosedRange<Int64>)
  /// One of these texts, drawn anew for each order.
  case choice([String])
  /// The name of the account that a request is made for.
  case username
  case password
  /// The token with which another one is renewed.
  case refreshToken
  /// The cursor of the next page of a list.
  case cursor
  /// The path of the next page of a list, as a link says it. No file can write it.
  case nextPage

  /// The slots that are written as a single word, without arguments.
  public static let words: [Slot] = [.id, .index, .number, .uuid, .run, .username, .password, .refreshToken, .cursor, .nextPage]

  /// Reads what stands between the braces: `id`, `random:1..100`, `choice:red|green`.
  /// - Returns: `nil` where it is not a slot.
  public init?(text: some StringProtocol) {
    if let word = Self.words.first(where: { $0.description == text }) {
      self = word
      return
    }
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "random":
      guard let dots = parts[1].firstRange(of: ".."), let least = Int64(parts[1][..<dots.lowerBound]),
        let greatest = Int64(parts[1][dots.upperBound...]), least <= greatest
      else { return nil }
      self = .random(least...greatest)
    case "choice":
      let texts = String(parts[1]).split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard texts.count > 1 else { return nil }
      self = .choice(texts)
    default: return nil
    }
  }

  public var description: String {
    switch self {
    case .id: "id"
    case .index: "index"
    case .number: "number"
    case .uuid: "uuid"
    case .run: "run"
    case .random(let range): "random:\(range.lowerBound)..\(range.upperBound)"
    case .choice(let texts): "choice:\(texts.joined(separator: "|"))"
    case .username: "username"
    case .password: "password"
    case .refreshToken: "refresh_token"
    case .cursor: "cursor"
    case .nextPage: "next_page"
    }
  }
}
