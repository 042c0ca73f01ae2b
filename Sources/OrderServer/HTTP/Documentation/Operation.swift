import HTTPTypes
import Shared

/// What is said of one method on one path in the API's description.
struct Operation: Sendable {
  /// What it is about; the description is in this order.
  enum Topic: String, Sendable, CaseIterable {
    case accounts = "Accounts"
    case orders = "Orders"
    case metrics = "Metrics"
    case server = "Server"
  }

  /// Its name, as clients that are made from the description call it.
  var id: String
  var topic: Topic
  /// A few words.
  var summary: String
  /// What else there is to know.
  var detail: String?
  var parameters: [Parameter] = []
  var body: Content?
  /// What is answered where nothing is in the way.
  var outcomes: [Outcome]
  /// One of each kind that may come instead, with everything in it that an example needs.
  var errors: [APIError] = []
  /// Whether it is about the caller's own orders, where callers have accounts.
  var isOnesOwn = false

  struct Parameter: Sendable {
    enum Place: String, Sendable { case path, query, header }

    var name: String
    var place: Place
    var schema: Schema
    var detail: String
  }

  /// A body of one media type.
  struct Content: Sendable {
    var type = "application/json"
    var schema: Schema
    var example: JSON?
  }

  struct Outcome: Sendable {
    var status = HTTPResponse.Status.ok
    var detail: String
    var contents: [Content]
    var headers: [Header] = []
    var links: [Link] = []
  }

  struct Header: Sendable, Equatable {
    var name: HTTPField.Name
    var schema: Schema
    var detail: String
    /// Whether every answer with this code has it.
    var isRequired = true
  }

  /// What can be asked next, with values from this exchange.
  struct Link: Sendable {
    enum Source: Sendable {
      /// A member of the request's body.
      case request(String)
      /// A member of the answer's.
      case answer(String)
    }

    var operation: String
    var detail: String
    /// What goes where into the next request's parameters.
    var parameters: KeyValuePairs<String, Source> = [:]
    /// What goes where into its body.
    var body: KeyValuePairs<String, Source> = [:]
  }
}
