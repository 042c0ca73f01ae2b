import HTTPTypes
import Shared

/// One method on one path in the API's description.
struct Operation: Sendable {
  /// What an operation is about. The description lists the topics in this order.
  enum Topic: String, Sendable, CaseIterable {
    case accounts = "Accounts"
    case orders = "Orders"
    case metrics = "Metrics"
    case server = "Server"
  }

  /// Its name, which clients that are generated from the description use.
  var id: String
  var topic: Topic
  /// A few words.
  var summary: String
  /// What else there is to know.
  var detail: String?
  var parameters: [Parameter] = []
  var body: Content?
  /// The answers where no error happens.
  var outcomes: [Outcome]
  /// One of each kind of error that may happen instead, with everything in it that an example needs.
  var errors: [APIError] = []
  /// Whether it is about the caller's own orders, where callers have accounts.
  var isOnesOwn = false

  /// A part of the request outside its body. Those in the path are required, all others are optional.
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

  /// An answer where no error happens.
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

  /// An operation that can follow, with values taken from this request and its answer (a link of OpenAPI).
  struct Link: Sendable {
    enum Source: Sendable {
      /// A member of the request's body.
      case request(String)
      /// A member of the answer's body.
      case answer(String)
    }

    var operation: String
    var detail: String
    /// The next request's parameters, and where their values come from.
    var parameters: KeyValuePairs<String, Source> = [:]
    /// The members of its body, and where their values come from.
    var body: KeyValuePairs<String, Source> = [:]
  }
}
