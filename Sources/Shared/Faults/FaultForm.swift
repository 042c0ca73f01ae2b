/// Faults of one kind, that are written alike.
protocol FaultFamily: Sendable, Hashable {
  /// What `FaultForm.read` reads back: `stale:2s`.
  var words: String { get }
}

/// One way to write how something is wrong: a word, a word with an amount after a colon, or an amount alone.
struct FaultForm<Family: FaultFamily>: Sendable {
  /// As the help shows it: `stale:T`, `lost`, `±N`.
  let spelling: String
  /// What it does, as the end of a sentence.
  let help: String
  /// As it can be written: `stale:2s`, `lost`, `-1`.
  let example: String
  /// `nil` where there is no word, but an amount alone.
  let word: String?
  let takesAmount: Bool
  /// Reads the amount, `""` where none is taken. `nil` for a text alone that is of another form.
  /// - Throws: `UnitError`.
  let read: @Sendable (_ amount: String) throws -> Family?

  /// A word alone.
  init(_ word: String, _ fault: Family, _ help: String) {
    self.spelling = word
    self.help = help
    example = word
    self.word = word
    takesAmount = false
    read = { _ in fault }
  }

  /// A word with an amount.
  init(
    _ word: String, _ placeholder: String, example: String, _ help: String, read: @escaping @Sendable (_ amount: String) throws -> Family
  ) {
    spelling = "\(word):\(placeholder)"
    self.help = help
    self.example = "\(word):\(example)"
    self.word = word
    takesAmount = true
    self.read = { try read($0) }
  }

  /// An amount alone.
  /// - Parameter read: `nil` where the text is none.
  init(bare placeholder: String, example: String, _ help: String, read: @escaping @Sendable (_ text: String) -> Family?) {
    spelling = placeholder
    self.help = help
    self.example = example
    word = nil
    takesAmount = true
    self.read = { read($0) }
  }

  /// A word with a time, from 1 µs to 24 h.
  static func timed(_ word: String, example: String = "2s", _ help: String, make: @escaping @Sendable (Duration) -> Family) -> Self {
    Self(word, "T", example: example, help) { text in
      make(
        try SettingFormat.between(.microseconds(1), .seconds(86_400), "a time", "it lies from 1us to 24h, as in \(example)").read(text))
    }
  }
}
