/// How the answer that holds the figures is wrong, as a whole.
public enum MetricsFault: Sendable, Hashable {
  /// A page for people, with 200 and `text/html`.
  case html
  /// The document ends in its middle, and the answer with it: its length is right for what is sent.
  case cut
  /// An error of this code, from 400 to 599.
  case status(Int)
  /// The right answer, so long after it was asked for.
  case slow(Duration)
  /// 404, as if there had never been such a path.
  case gone
}

extension MetricsFault: FaultFamily {
  var words: String {
    switch self {
    case .html: "html"
    case .cut: "cut"
    case .status(let code): "\(code)"
    case .slow(let time): "slow:\(time.text)"
    case .gone: "gone"
    }
  }

  static let forms: [FaultForm<MetricsFault>] = [
    FaultForm("html", .html, "a page for people in the place of the document"),
    FaultForm("cut", .cut, "the first half of the document, as if it were all"),
    FaultForm(bare: "CODE", example: "500", "this error, from 400 to 599") { text in
      guard let code = Int(text), (400...599).contains(code) else { return nil }
      return .status(code)
    },
    .timed("slow", "answered rightly, so long afterwards") { .slow($0) },
    FaultForm("gone", .gone, "404"),
  ]
}
