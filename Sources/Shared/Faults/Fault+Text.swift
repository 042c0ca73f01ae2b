extension Fault: CustomStringConvertible {
  /// Reads `what=how` or `what=how:share`, as in `figures=stale:2s:50%`.
  /// - Throws: `UnitError`.
  public init(text: String) throws {
    func refuse(_ remedy: String) -> UnitError {
      UnitError(expected: "a fault", found: text, remedy: "\(remedy) (--help faults lists all)")
    }
    guard let (what, how) = text.cut(at: "=") else { throw refuse("write what is wrong, and how, as in total=-1 or orders=lost:10%") }
    guard let topic = FaultTopic.all.first(where: { $0.word.hasSameBytes(as: what) }) else {
      let guess = Spelling.nearest(to: String(what), among: FaultTopic.all.map(\.word))
      throw refuse("'\(what)' is nothing that can be wrong\(guess.map { "; did you mean '\($0)'?" } ?? ", as total or orders are")")
    }
    // An empty part is kept: it is a mistake, and no separator too many.
    var parts = how.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map {
      String(how[$0.startIndex..<$0.endIndex])
    }
    let word = parts.removeFirst()
    kind = try topic.kind(word, &parts, refuse)
    guard parts.count <= 1 else { throw refuse("nothing comes after the share, and not ':\(parts[1])'") }
    share = .all
    guard let last = parts.first else { return }
    do { share = try Share(text: last) } catch let error as UnitError { throw refuse("\(error)") }
    guard share.fraction > 0 else { throw refuse("the share '\(last)' strikes nothing: it must be greater than 0%") }
  }

  /// The shortest text that reads back as the same fault.
  public var description: String {
    let (what, how) =
      switch kind {
      case .figures(let scope, let fault): (scope.word, fault.words)
      case .metrics(let fault): ("metrics", fault.words)
      case .orders(let fault): ("orders", fault.words)
      case .creates(let fault): ("creates", fault.words)
      case .ids(let fault): ("ids", fault.words)
      case .wire(let fault): ("wire", fault.words)
      }
    return share == .all ? "\(what)=\(how)" : "\(what)=\(how):\(share)"
  }
}

extension FaultTopic {
  /// - Parameter rest: the parts after the word; the amount is taken out of it.
  fileprivate func kind(_ word: String, _ rest: inout [String], _ refuse: (String) -> UnitError) throws -> Fault.Kind {
    if let form = forms.first(where: { $0.word?.hasSameBytes(as: word) == true }) {
      guard !form.takesAmount || !rest.isEmpty else {
        throw refuse("'\(word)' needs an amount, as in \(form.example)")
      }
      let amount = form.takesAmount ? rest.removeFirst() : ""
      do {
        if let kind = try form.read(amount) { return kind }
      } catch let error as UnitError { throw refuse("\(error)") }
    }
    for form in forms where form.word == nil {
      if let kind = try form.read(word) { return kind }
    }
    let guess = Spelling.nearest(to: word, among: forms.compactMap(\.word)).map { "; did you mean '\($0)'?" } ?? ""
    throw refuse("\(self.word) can be \(forms.map(\.spelling).joined(separator: ", ")), and not '\(word)'\(guess)")
  }
}
