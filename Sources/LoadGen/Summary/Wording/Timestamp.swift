import Foundation

/// Instants as RFC 3339 has them, in UTC.
package enum Timestamp {
  /// `2026-09-21T14:13:20.250Z`.
  package static func text(epochSeconds: Double) -> String {
    Date(timeIntervalSince1970: epochSeconds).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// Seconds since the epoch; `nil` where the text is no instant.
  static func epochSeconds(_ text: String) -> Double? {
    let styles = [Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle()]
    return styles.lazy.compactMap { try? Date(text, strategy: $0) }.first?.timeIntervalSince1970
  }
}
