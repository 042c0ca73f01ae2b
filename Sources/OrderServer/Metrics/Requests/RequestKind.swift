import Shared

/// What requests are told apart by where they are counted. There are few kinds, whatever clients send.
struct RequestKind: Sendable, Hashable {
  /// As in `GET`; `other` for all that are not known.
  var method: ByteText
  /// The path's template, as in `/orders/{id}`; empty where no path that is served was asked for.
  var route: ByteText
  /// The code that was answered with.
  var status: Int
}
