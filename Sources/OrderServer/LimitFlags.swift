import ArgumentParser

/// The flags of `order-server` that bound what clients may ask of it.
struct LimitFlags: ParsableArguments {
  @Option(help: ArgumentHelp("Larger bodies are refused with 413. (default: 1MiB)", valueName: "size"))
  var maxBodySize: String?

  @Option(help: ArgumentHelp("Larger request heads, or trailers, are refused with 431. (default: 16KiB)", valueName: "size"))
  var maxHeaderSize: String?

  @Option(help: ArgumentHelp("Requests with more header fields are refused with 431. (default: 100)", valueName: "n"))
  var maxHeaderCount: String?

  @Option(help: ArgumentHelp("A connection without a request is closed after this time. (default: 60s)", valueName: "time"))
  var idleTimeout: String?

  @Option(
    help: ArgumentHelp(
      "A head must come whole within this time of its first byte, and a body within this time of its head; else 408. (default: 30s)",
      valueName: "time"))
  var readTimeout: String?

  @Option(help: ArgumentHelp("A connection whose client takes no answer for this time is closed. (default: 30s)", valueName: "time"))
  var writeTimeout: String?

  @Option(
    help: ArgumentHelp(
      "Connections beyond these are refused with 503. (default: 4096, or what the file descriptors allow)", valueName: "n"))
  var maxConnections: String?

  /// By name.
  var values: [String: String?] {
    [
      "max-body-size": maxBodySize, "max-header-size": maxHeaderSize, "max-header-count": maxHeaderCount, "idle-timeout": idleTimeout,
      "read-timeout": readTimeout, "write-timeout": writeTimeout, "max-connections": maxConnections,
    ]
  }
}
