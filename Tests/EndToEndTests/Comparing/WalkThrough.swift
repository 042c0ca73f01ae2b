import Foundation
import Testing

/// A page whose lines of shell are to be run: ```` ```sh ```` blocks, each of which may be followed by a ```` ```text ```` block, what it prints.
struct WalkThrough {
  struct Step: Sendable, CustomTestStringConvertible {
    var script: String
    /// What is printed, a line each; `…` stands for what varies. Empty where nothing is.
    var printed: [String]
    var testDescription: String { script }
  }

  let steps: [Step]
  /// The blocks that are YAML.
  let examples: [String]

  init(_ page: String) {
    var steps: [Step] = []
    var examples: [String] = []
    for block in page.matches(of: #/(?m)^```(sh|text|yaml)\n((?s:.*?))^```$/#) {
      let text = String(block.2)
      switch block.1 {
      case "sh": steps.append(Step(script: text, printed: []))
      case "yaml": examples.append(text)
      default: steps[steps.count - 1].printed = text.split(separator: "\n").map(String.init)
      }
    }
    (self.steps, self.examples) = (steps, examples)
  }

  /// The first of the lines that is not in the text after those before it; `nil` where all are. Lines may have been wrapped, and tables be wider.
  static func missing(_ lines: [String], in text: String) -> String? {
    func words(_ text: some StringProtocol) -> String { text.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    var rest = Substring(words(text))
    for line in lines {
      for part in line.split(separator: "…").map(words) where !part.isEmpty {
        guard let found = rest.range(of: part) else { return line }
        rest = rest[found.upperBound...]
      }
    }
    return nil
  }
}
