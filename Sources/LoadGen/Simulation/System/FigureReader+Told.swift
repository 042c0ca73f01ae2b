import Shared

extension FigureReader {
  /// What is read where a simulated system lies: its document with what it tells of some figures in the place of the truth.
  func claims(
    _ truth: Claims, _ told: ToldFigures, _ figures: [Dialect.Figure], _ settings: SimulatedSystem.Settings
  ) -> Claims {
    var document = SimulatedDocument()
    for figure in figures {
      let written: String? =
        switch told[figure.quantity] {
        case nil: truth[figure.quantity]?.text
        case .number(let number): Self.text(number, figure, settings)
        case .nothing: figure.quantity.isDuration ? "null" : "0"
        case .null: "null"
        case .nan: "NaN"
        case .word: "\"\(ToldFigure.someWord)\""
        case .gone: nil
        }
      if let written { document.set(figure, written) }
    }
    let text = document.text
    return Array(text.utf8).withUnsafeBytes { bytes in
      do throws(Failure) { return try claims(bytes) } catch { return .unreadable }
    }
  }

  private static func text(_ number: Double, _ figure: Dialect.Figure, _ settings: SimulatedSystem.Settings) -> String {
    guard figure.quantity.isDuration else { return Claim(count: Int(number)).text }
    let nanoseconds = Int128((number * 1e9).rounded())
    return settings.spelling.claim(nanoseconds, over: 1, figure, decimals: settings.metricsDecimals).text
  }
}
