import ArgumentParser
import LoadReports
import LoadRun
import LoadStudy
import Shared

/// The flags that say how runs are compared.
struct ComparisonOptions: ParsableArguments {
  @Option(
    name: .long,
    help: "A figure that decides, as a threshold names it: 'completion.p(50)' (repeatable; \(Self.gates) where none is named).")
  var gate: [String] = []
  @Option(help: "A ratio within this much is no difference that matters (5%).") var margin: String?
  @Option(help: "A difference of shares, such as errors.rate, within this much is none that matters (0.1%).") var shareMargin: String?
  @Option(help: "How sure all gates together are (95%).") var confidence: String?
  @Option(help: "What fails beside a regression: 'undecided'.") var failOn: FailOn?

  private static let gates = ComparedFigure.defaultGates.map(\.name).joined(separator: ", ")

  /// What `--fail-on` takes.
  enum FailOn: String, ExpressibleByArgument, CaseIterable {
    case regression, undecided
  }

  func settings() throws(ConfigurationError) -> ComparisonSettings {
    var settings = ComparisonSettings()
    if !gate.isEmpty {
      var gates: [ComparedFigure] = []
      for text in gate {
        let figure = try ComparedFigure(text: text)
        if !gates.contains(figure) { gates.append(figure) }
      }
      guard gates.count <= 50 else { throw ConfigurationError("--gate: \(gates.count) figures are too many to be sure of: at most 50") }
      (settings.gates, settings.namesGates) = (gates, true)
    }
    if let margin { settings.margin = try share(margin, "--margin", below: 10) }
    if let shareMargin { settings.shareMargin = try share(shareMargin, "--share-margin", below: 1) }
    if let confidence { settings.alpha = 1 - (try Self.confidence(confidence)) }
    settings.failsUndecided = failOn == .undecided
    return settings
  }

  private func share(_ text: String, _ flag: String, below limit: Double) throws(ConfigurationError) -> Double {
    let fraction = try Share.fraction(of: text, flag)
    guard fraction < limit else { throw ConfigurationError("\(flag) \(text): less than \(Int(limit * 100))% would be right") }
    return fraction
  }

  /// How sure something is to be. More than the greatest cannot be had of so few pairs as there are.
  static func confidence(_ text: String) throws(ConfigurationError) -> Double {
    let value = try Share.fraction(of: text, "--confidence")
    guard (0.5...0.999).contains(value) else { throw ConfigurationError("--confidence \(text): between 50% and 99.9% would be right") }
    return value
  }
}

extension Share {
  /// The share that a flag was given.
  static func fraction(of text: String, _ flag: String) throws(ConfigurationError) -> Double {
    do { return try Share(text: text).fraction } catch { throw ConfigurationError("\(flag): \(error)") }
  }
}
