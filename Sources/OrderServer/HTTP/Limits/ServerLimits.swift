import Shared

/// What clients may ask of the server at most. A connection on which a limit is exceeded is closed, after an error where one is named here.
struct ServerLimits: Sendable, Equatable {
  /// A larger body is refused (413).
  var maxBodySize = ByteCount(1 << 20)
  /// A larger head, or larger trailers, are refused (431): the request's target and the names and values of all fields.
  var maxHeaderSize = ByteCount(16 << 10)
  /// A request with more header fields is refused (431).
  var maxHeaderCount = 100
  /// A connection without a request is closed after this time.
  var idleTimeout = Duration.seconds(60)
  /// The whole head of a request must come within this time of its first byte, and the whole body within this time of its head (408).
  var readTimeout = Duration.seconds(30)
  /// A connection whose client takes no answer for this time is closed.
  var writeTimeout = Duration.seconds(30)
  /// A connection beyond these is refused (503).
  var maxConnections = 4_096

  /// After its last answer a connection stays open for this time to let the client read it: closing at once while the client still sends
  /// would make its system drop the answer. A client that finds the server full may take this long, too, to send its request.
  static let farewell = Duration.seconds(2)
  /// How many connections may be open beyond `maxConnections` in order to be refused. Further ones wait to be accepted.
  static let refusedAtOnce = 64
}
