import Shared

/// A place in the table of orders, and which of its successive tenants is meant: a late reply to a reused slot is dropped and counted.
struct Handle: Hashable, Sendable {
  var slot: UInt32
  var generation: UInt32

  /// Stands in calls that belong to no order.
  static let none = Handle(slot: .max, generation: .max)
}

/// What one request is for. The raw value is the phase that an error is reported under.
enum Exchange: String, Sendable {
  case create, poll, metrics
}

/// One request on one connection.
struct Call: Hashable, Sendable {
  var order: Handle
  var what: Exchange
  var connection: Int
}

/// Whether any byte of a broken request may have reached the target.
enum Sent: Sendable {
  /// Not one byte was handed to the kernel.
  case nothing
  case perhaps
}

/// Why a request brought no usable answer.
struct Failure: Error, Hashable, Sendable {
  enum Kind: String, Sendable, CaseIterable {
    case dns, refused
    case connectTimeout = "connect_timeout"
    case tls, reset, closed, timeout
    case badResponse = "bad_response"
    case httpStatus = "http_status"
    /// Out of descriptors, ports or buffers on our own side: the run is not valid.
    case exhausted
  }

  var kind: Kind
  /// The status code, where there was one.
  var status: Int?
  /// What happened, in words, with what was found.
  var example: String

  init(_ kind: Kind, status: Int? = nil, _ example: String) {
    self.kind = kind
    self.status = status
    self.example = example
  }
}

/// What an answer meant, in the words of the dialect.
enum Reply: Sendable {
  /// The order was acknowledged; without an id it cannot be followed.
  case accepted(OrderID?)
  /// The order was refused for good: a complete 4xx but 408.
  case refused(Failure)
  /// An answer to a create that leaves open whether there is an order.
  case uncertain(Failure)
  case status(OrderStatus)
  /// A status word that the dialect does not know.
  case unknownWord(Failure)
  /// 404 to a poll: the target knows no such order.
  case unknownOrder(Failure)
  /// An answer to a poll or a metrics reading that says nothing about it.
  case useless(Failure)
  /// A metrics document with figures; the driver keeps them.
  case metrics
}
