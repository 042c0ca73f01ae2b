import Foundation
import Testing

/// The real browser in which pages are looked at.
enum Browser {
  static let path = "/usr/bin/chromium"

  /// Without one its tests are left out where people work, and fail where they must be run.
  static var isThere: Bool {
    FileManager.default.isExecutableFile(atPath: path) || ProcessInfo.processInfo.environment["CI"] != nil
  }

  static let missing: Comment = "there is no /usr/bin/chromium: 'scripts/setup test' installs it"

  /// The document as it is after its scripts have run.
  /// - Parameters:
  ///   - folder: for the profile; gone afterwards, by whoever made it.
  ///   - flags: further ones of the browser.
  static func document(of url: String, in folder: URL, flags: [String] = []) async throws -> String {
    let done = try await Programs.run(
      path,
      [
        "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--user-data-dir=\(folder.appendingPathComponent("profile").path)",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--virtual-time-budget=20000",
      ] + flags + ["--dump-dom", url])
    try #require(done.code == 0, "\(done.errors)")
    return done.output
  }
}
