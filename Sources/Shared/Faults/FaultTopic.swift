/// What can be wrong: the word before the equals sign, and how it may be.
struct FaultTopic: Sendable {
  /// `total`, `orders`, …
  let word: String
  let forms: [Form]

  /// A form, whatever its family.
  struct Form: Sendable {
    let spelling: String
    let help: String
    let example: String
    let word: String?
    let takesAmount: Bool
    let read: @Sendable (_ amount: String) throws -> Fault.Kind?
  }

  private init<Family>(_ word: String, _ forms: [FaultForm<Family>], _ kind: @escaping @Sendable (Family) -> Fault.Kind) {
    self.word = word
    self.forms = forms.map { form in
      Form(
        spelling: form.spelling, help: form.help, example: "\(word)=\(form.example)", word: form.word, takesAmount: form.takesAmount
      ) { try form.read($0).map(kind) }
    }
  }

  /// All that can be wrong.
  static let all: [FaultTopic] =
    FigureScope.allCases.map { scope in FaultTopic(scope.word, FigureForms.of(scope.kind)) { .figures(scope, $0) } } + [
      FaultTopic("metrics", MetricsFault.forms) { .metrics($0) }, FaultTopic("orders", OrderFault.forms) { .orders($0) },
      FaultTopic("creates", CreateFault.forms) { .creates($0) }, FaultTopic("ids", IDFault.forms) { .ids($0) },
      FaultTopic("wire", WireFault.forms) { .wire($0) },
    ]
}
