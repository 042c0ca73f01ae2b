extension Fault {
  /// One of each form of each thing that can be wrong.
  public static let examples: [Fault] = FaultTopic.all.flatMap { topic in
    topic.forms.compactMap { form in try? Fault(text: form.example) }
  }

  /// All that can be said, one line each, by what is wrong.
  public static let help: String = {
    var text = """
      A fault is written WHAT=HOW, or WHAT=HOW:SHARE for a part of the readings, of the orders, or of the answers: 10%, or 0.1.
      Figures are wrong from the first order after the start on. T is a time, as in 250ms or 2s.

      """
    for (title, words) in groups {
      let topics = FaultTopic.all.filter { words.contains($0.word) }
      guard let first = topics.first else { continue }
      text += "\n\(title): \(topics.map(\.word).joined(separator: ", "))\n"
      for form in first.forms {
        let name = "\(topics.count == 1 ? first.word : "…")=\(form.spelling)"
        let example = "  \(form.example)"
        text += "  \(padded(name, 27))\(padded(form.help, 68))\(example)\n"
      }
    }
    return text
  }()

  private static let groups: [(title: String, words: [String])] = [
    ("The total", ["total"]), ("The orders at a status", OrderStatus.allCases.map(\.rawValue)),
    ("An average, or both", ["average_processing", "average_completion", "averages"]), ("The estimate", ["estimate"]),
    ("All figures", ["figures"]), ("The sums of durations", ["sums"]), ("The histograms of durations", ["histograms"]),
    ("The requests, in Prometheus text", ["requests"]),
    ("The answer with the figures", ["metrics"]),
    ("Orders that were accepted", ["orders"]), ("Answers to creates", ["creates"]), ("Ids in answers to creates", ["ids"]),
    ("How answers are sent", ["wire"]),
  ]

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
  }
}
