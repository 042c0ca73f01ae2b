import Shared

/// Where a text with slots is used, and therefore which slots can be filled in it.
struct SlotPlace {
  /// The first words of the slots that can be filled: `random` for `random:1..100`.
  var words: [String]
  /// What errors call the place: it completes "`{cursor}` cannot be filled in …".
  var name: String
  /// What `{id}` is filled with when a body is checked: the client's own id, or a number such as a server may give.
  var id = Template("18")

  /// The words of all slots.
  static let all = Slot.words.map(\.description) + ["random", "choice"]

  private static let ofAnOrder = ["index", "number", "uuid", "run", "random", "choice"]
  private static let ofAnAccount = ["username", "run", "uuid"]

  /// In a create, the id is known only where the client chooses it.
  static func create(own: Template?) -> SlotPlace {
    SlotPlace(
      words: (own == nil ? [] : ["id"]) + ofAnOrder + ["username"],
      name: "a create" + (own == nil ? " whose id the API chooses" : ""), id: own ?? "18")
  }

  /// A request about an order that exists.
  static func order(own: Template?) -> SlotPlace {
    SlotPlace(words: ["id"] + ofAnOrder + ["username"], name: "a request about an order", id: own ?? "18")
  }

  static let ownID = SlotPlace(words: ofAnOrder, name: "an id of one's own")
  static let cut = SlotPlace(words: ["id"], name: "what an id is cut out of")
  static let list = SlotPlace(words: ["username", "run"], name: "a request that is about no single order")
  static let page = SlotPlace(words: ["cursor", "username", "run"], name: "the path of a further page")
  static let everywhere = SlotPlace(words: ofAnOrder + ["username"], name: "a header of every request")
  static let login = SlotPlace(words: ofAnAccount + ["password"], name: "a login")
  static let refresh = SlotPlace(words: ofAnAccount + ["refresh_token"], name: "the renewal of a token")
}

extension Slot {
  /// What stands first between its braces: `random` for `random:1..100`.
  var word: String { String(description.prefix { $0 != ":" }) }
}
