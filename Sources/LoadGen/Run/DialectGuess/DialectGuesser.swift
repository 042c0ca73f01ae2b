import Shared

/// Makes a guess of what a target said of itself: a pure function.
struct DialectGuesser {
  let evidence: TargetEvidence
  var guess = DialectGuess.start
  /// The operation that makes an order.
  var creator: OpenAPIDescription.Operation?
  /// The place of the orders, as `/orders`.
  var collection = "/orders"
  /// Words for statuses that figures are told by.
  var seenWords: [OrderStatus: [String]] = [:]

  static func guess(_ evidence: TargetEvidence) -> DialectGuess {
    var guesser = DialectGuesser(evidence: evidence)
    guesser.make()
    return guesser.guess
  }

  private init(evidence: TargetEvidence) { self.evidence = evidence }

  private mutating func make() {
    guessMetrics()
    if let description = evidence.description {
      guess.dialect.summary = description.title
      let name = NameWords(description.title).words.map(\.text).filter { $0.utf8.allSatisfy { $0 < 0x80 } }.joined(separator: "-")
      if !name.isEmpty { guess.dialect.name = name.beginning(40) }
      guessCreate(description)
      guessStatus(description)
      guessList(description)
      guessCancel(description)
      guessConfirm(description)
      guessOrderMetrics(description)
      guessAuthentication(description)
      guessReady(description)
    } else {
      guessPlace()
      guessWords([], of: nil)
      guessChallenge()
      if let path = evidence.readyPath {
        guess.dialect.readyPath = path
        guess.because("ready", "GET \(path) answered 2xx")
      }
    }
    guess.heading = heading
  }

  private var heading: [String] {
    guard let description = evidence.description else {
      let rest = evidence.figures.first.map { "only GET \($0.path) was understood" } ?? "nothing but a place for orders was understood"
      return ["A skeleton: the target describes itself nowhere, and \(rest). What has \(DialectGuess.mark) before it is unproven."]
    }
    let orders = creator == nil ? "A skeleton: in it no request was found that makes an order. " : ""
    let figures = evidence.figures.isEmpty ? "" : ", and from the figures at \(evidence.figures.map(\.path).joined(separator: ", "))"
    return ["\(orders)Guessed from \(evidence.descriptionPath) (OpenAPI \(description.version))\(figures)."]
  }

  // MARK: Without a description

  /// Where orders are made, by what was answered to GET.
  private mutating func guessPlace() {
    guess.open("create.body", "what an order has is described nowhere: write one as the API takes it")
    let found = evidence.places.first { $0.takesPOST } ?? evidence.places.first { $0.document != nil }
    if let found {
      collection = found.path
      let why =
        found.allowed.map { "GET \(found.path) answered \(found.status), and that it takes \(Legible.line($0, limit: 60))" }
        ?? "GET \(found.path) answered \(found.status)"
      guess.because("create.path", "\(why); that orders are made there is likely, and unproven")
    } else {
      guess.open("create.path", "no place for orders was found: \(collection) is only the most common one")
    }
    guess.dialect.create.request.path = Template(collection)
    guess.dialect.status.source = .order(Dialect.Request("GET", Template(collection + "/{id}")), field: "status")
    guess.because("create.id", "the most common place, unproven")
    guess.because("status.path", "the most common place, unproven")
    if let document = found?.document { guessListed(document, at: collection) }
  }

  /// Takes the names of an order's fields from a list that was answered.
  private mutating func guessListed(_ document: JSONTree, at path: String) {
    var shape = AnswerShape()
    shape.add(sample: document)
    guard let list = Self.list(of: shape, wanted: nil) else { return }
    guess.dialect.list = Dialect.List(Dialect.Request("GET", Template(path)), orders: list.orders, id: list.id, status: list.status)
    guess.because("list", "as GET \(path) answered")
    guess.dialect.create.id = Dialect.IDSource(.body(list.id))
    guess.forget("create.id")
    guess.because("create.id", "as the list has it")
    guess.dialect.status.source = .order(Dialect.Request("GET", Template(path + "/{id}")), field: list.status)
    guess.because("status.field", "as the list has it")
  }

  private mutating func guessChallenge() {
    guard let challenge = evidence.challenge else { return }
    if challenge.hasSameBytes(as: "basic") {
      guess.dialect.authentication = .basic
      guess.because("authentication", "a GET was refused with WWW-Authenticate: Basic")
    } else {
      guess.open("authentication", "a GET was refused with 401: say how to log in, or give a header with --header to the run")
    }
  }

  // MARK: What is common to several parts

  /// The words for statuses: those that are described, and where none are, those of figures and the most common ones.
  mutating func guessWords(_ words: [String], of place: String?) {
    var known: [OrderStatus: [String]] = [:]
    var strange: [String] = []
    var taken: Set<ByteText> = []
    for word in words where Self.isWord(word) && taken.insert(ByteText(word.lowercasedASCII)).inserted {
      if let status = StatusSynonyms.status(word) { known[status, default: []].append(word) } else { strange.append(word) }
    }
    if let place, known[.completed] != nil {
      guess.because("status.words", "what \(place) lists, by their meaning in English")
    } else {
      var common = seenWords
      for (status, words) in StatusSynonyms.common {
        let new = words.filter { word in
          !(common.values.contains { $0.contains { $0.isSameWord(as: word) } }
            || known.values.contains { $0.contains { $0.isSameWord(as: word) } })
        }
        common[status, default: []] += new
      }
      known.merge(common) { described, common in
        described + common.filter { word in !described.contains { $0.isSameWord(as: word) } }
      }
      let why =
        seenWords.isEmpty ? "no words are described: these are the most common ones" : "the words of the figures, and the most common ones"
      guess.because("status.words", "\(why), in any case; leave out what the API never says")
    }
    if !strange.isEmpty {
      let shown = strange.prefix(12).map { Legible.line($0, limit: 30) }.joined(separator: ", ")
      guess.open("status.words", "what these mean is not known, put each where it belongs: \(shown)")
    }
    guess.dialect.status.words = StatusWords(known)
  }

  /// Whether a text can be a word of a dialect file.
  static func isWord(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 60 && text.unicodeScalars.allSatisfy { $0.value >= 0x20 && !TerminalText.isCommand($0) }
  }
}

extension String {
  /// The text with its ASCII letters in lower case.
  var lowercasedASCII: String {
    String(decoding: utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
