import Foundation

/// The time of day by our own clock, which may be wrong: only for what a target gives as a time of day, and never for a duration.
enum WallClock {
  /// Seconds since the epoch.
  static var now: Double { Date().timeIntervalSince1970 }
}
