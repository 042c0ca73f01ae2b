import Foundation

/// Converts between Unix time and RFC 3339 text in UTC.
package enum Timestamp {
  /// As in `2026-09-21T14:13:20.250Z`; fractions beyond milliseconds are lost.
  package static func text(epochSeconds: Double) -> String {
    Date(timeIntervalSince1970: epochSeconds).formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// Unix time in seconds; `nil` where the text is not such a timestamp.
  package static func epochSeconds(_ text: String) -> Double? {
    let styles = [Date.ISO8601FormatStyle(includingFractionalSeconds: true), Date.ISO8601FormatStyle()]
    return styles.lazy.compactMap { try? Date(text, strategy: $0) }.first?.timeIntervalSince1970
  }
}
