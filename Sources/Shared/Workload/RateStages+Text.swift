extension RateStages: CustomStringConvertible {
  /// Reads stages, separated by commas: `0/s..1000/s over 1m, 1000/s for 5m, 200/s for 30s`.
  /// - Throws: `UnitError` that names the stage that is wrong, and the part of it.
  public init(text: some StringProtocol) throws {
    let found = String(text)
    func refuse(_ remedy: String) -> UnitError { UnitError(expected: "a rate in stages", found: found, remedy: remedy) }
    var parts: [(from: Double, to: Double, length: Duration)] = []
    var end = Duration.zero
    for (number, text) in found.split(separator: ",", omittingEmptySubsequences: false).enumerated() {
      let words = text.split { $0.isWhitespace }
      guard !words.isEmpty else { throw refuse("stage \(number + 1) is empty: \(Self.example)") }
      let stage = words.joined(separator: " ")
      do {
        let part = try Self.part(words)
        end += part.length
        guard end.nanoseconds < .max else { throw Wrong(remedy: "with it the stages are longer than 292 years") }
        parts.append(part)
      } catch let wrong as Wrong {
        throw refuse("stage \(number + 1), '\(stage)': \(wrong.remedy)")
      } catch {
        throw refuse("stage \(number + 1), '\(stage)': \(error)")
      }
    }
    guard let stages = RateStages(parts) else { throw refuse("nothing ever arrives: one of its rates must be greater than zero") }
    self = stages
  }

  /// Reads back as the same stages.
  public var description: String { stages.map(\.description).joined(separator: ", ") }

  private static let example = "write it as in 200/s for 30s, or 0/s..200/s over 1m"

  private struct Wrong: Error { var remedy: String }

  /// Reads one stage's words.
  private static func part(_ words: [some StringProtocol]) throws -> (from: Double, to: Double, length: Duration) {
    guard let place = words.firstIndex(where: { $0 == "for" || $0 == "over" }) else {
      throw Wrong(remedy: "it has no length: \(example)")
    }
    let rates = words[..<place].joined()
    let time = words[(place + 1)...].joined(separator: " ")
    guard !rates.isEmpty else { throw Wrong(remedy: "it has no rate before '\(words[place])': \(example)") }
    guard !time.isEmpty else { throw Wrong(remedy: "it has no time after '\(words[place])': \(example)") }
    let length = try Duration(text: time)
    guard length > .zero else { throw Wrong(remedy: "'\(time)' is no time: it must be greater than zero") }
    guard let dots = rates.firstRange(of: "..") else {
      guard words[place] == "for" else {
        throw Wrong(remedy: "a ramp has two rates, as in 0/s..\(rates) over \(time); one rate is held 'for' a time")
      }
      let rate = try rate(text: rates)
      return (rate, rate, length)
    }
    guard words[place] == "over" else { throw Wrong(remedy: "a ramp goes 'over' its time, as in \(rates) over \(time)") }
    return (try rate(text: rates[..<dots.lowerBound]), try rate(text: rates[dots.upperBound...]), length)
  }

  /// Reads a rate, which may be zero.
  private static func rate(text: some StringProtocol) throws -> Double {
    let rate = try Rate.perSecond(text: text)
    guard rate <= highestRate else {
      throw UnitError(expected: "a rate in stages", found: String(text), remedy: "it is at most \(self.rate(highestRate))")
    }
    return rate
  }

  fileprivate static func rate(_ perSecond: Double) -> String { Rate(perSecond: perSecond)?.description ?? "0/s" }
}

extension RateStages.Stage: CustomStringConvertible {
  /// `200/s for 30s`, or `0/s..200/s over 1m`.
  public var description: String {
    let first = RateStages.rate(from)
    return from == to ? "\(first) for \(length.text)" : "\(first)..\(RateStages.rate(to)) over \(length.text)"
  }
}
