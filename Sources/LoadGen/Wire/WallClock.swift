import Foundation

/// The time of day by our own clock, which may be wrong. Only to be compared with times of day that a target gives, never for measuring a
/// duration.
enum WallClock {
  /// Seconds since the epoch.
  static var now: Double { Date().timeIntervalSince1970 }
}
