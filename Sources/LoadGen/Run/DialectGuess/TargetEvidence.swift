import Shared

/// All that a target said of itself when it was asked by GET alone.
struct TargetEvidence: Sendable {
  /// What a path of figures answered.
  struct Figures: Sendable {
    /// Below the target's URL.
    var path: String
    var content: Content

    enum Content: Sendable {
      case json(JSONTree)
      case series(SeriesSeen)
    }
  }

  /// A path at which orders may be made, as it answered GET.
  struct Place: Sendable {
    var path: String
    var status: Int
    /// The methods that it says it takes, where it says that.
    var allowed: String?
    /// The document that it answered.
    var document: JSONTree?

    var takesPOST: Bool { allowed.map { NameWords($0).has("post") } ?? (status == 405) }
  }

  var description: OpenAPIDescription?
  /// Where the description was found, as in `/openapi.json`.
  var descriptionPath = ""
  var figures: [Figures] = []
  var places: [Place] = []
  /// The scheme by which callers are to name themselves, as a refusal said it: `basic` or `bearer`, in lower case.
  var challenge: String?
  /// A path that answered 2xx.
  var readyPath: String?

  /// Whether anything at all can be understood.
  var isEmpty: Bool { description == nil && figures.isEmpty && places.allSatisfy { !$0.takesPOST && $0.document == nil } }
}
