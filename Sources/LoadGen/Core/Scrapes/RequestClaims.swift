import Shared

/// What a target says of the requests that it has answered, by route and by the status of the answer.
struct RequestClaims: Sendable, Hashable {
  struct Key: Sendable, Hashable {
    /// Which of our routes it may be of.
    let routes: RequestRoutes.Subset
    let status: AnswerStatus
  }

  /// How the status of an answer is told.
  enum AnswerStatus: Sendable, Hashable {
    case untold
    case code(UInt16)
    /// The first digit of codes.
    case hundred(UInt8)
    case other

    /// - Parameter text: a code, as in `404`, or its first digit, as in `4xx` and `4`.
    init(_ text: some RandomAccessCollection<UInt8>) {
      let bytes = Array(text)
      guard let first = bytes.first else {
        self = .untold
        return
      }
      let digits = bytes.map { $0 &- UInt8(ascii: "0") }
      if bytes.count == 3, digits.allSatisfy({ $0 < 10 }) {
        self = .code(digits.reduce(0) { $0 * 10 + UInt16($1) })
      } else if (UInt8(ascii: "1")...UInt8(ascii: "5")).contains(first),
        bytes.count == 1 || bytes.count == 3 && bytes.dropFirst().allSatisfy({ $0 | 0x20 == UInt8(ascii: "x") })
      {
        self = .hundred(digits[0])
      } else {
        self = .other
      }
    }
  }

  /// What the series of one metric say.
  struct Family: Sendable, Hashable {
    /// Whether there is such a metric at all.
    var isThere = false
    /// The labels that say these in its series; `nil` where none does.
    var methodLabel: String?
    var routeLabel: String?
    var statusLabel: String?
    var tells: Set<StatusForm> = []
    var counts: [Key: Claim.Orders] = [:]
    /// The sums of durations, in seconds.
    var sums: [Key: [Claim]] = [:]
    /// Rising by their limits.
    var buckets: [Key: [Claims.Bucket]] = [:]
    /// Some of the routes that are none of ours, as told.
    var foreignRoutes: Set<ByteText> = []

    mutating func count(_ key: Key, _ number: Claim.Orders) {
      counts[key, default: 0] += number
      switch key.status {
      case .untold: tells.insert(.nothing)
      case .code: tells.insert(.codes)
      case .hundred: tells.insert(.hundreds)
      case .other: tells.insert(.other)
      }
    }
  }

  enum StatusForm: Sendable, Hashable { case nothing, codes, hundreds, other }

  var counter = Family()
  var histogram = Family()
}

extension Set<ByteText> {
  /// Up to five of them, as in `'/ping', '/docs'`.
  var listed: String {
    map(\.text).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
  }
}
