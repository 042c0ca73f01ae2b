import Foundation
package import LoadRun

/// The files of a run's report that are written while it goes on, because memory does not hold them: in a staging folder of their own until the
/// run is over.
///
/// Whoever ends the program before that finds them in a folder named `.loadgen-…` beside the report's, or in it where it was there before.
package struct OrderFiles {
  /// Takes the orders.
  package let writer: OrderWriter
  private let formats: [OrderFormat]
  private let staging: StagingFolder

  /// - Parameters:
  ///   - folder: the report's.
  ///   - isVirtual: whether the run is in virtual time, and waits for the disk.
  /// - Returns: `nil` where the scenario wants none.
  /// - Throws: `ReportFolderError` where they cannot be begun; nothing is left of them.
  package init?(_ scenario: Scenario, in folder: String, isVirtual: Bool) throws {
    formats = scenario.orderFormats
    guard !formats.isEmpty else { return nil }
    let staging = try StagingFolder(for: folder)
    self.staging = staging
    do {
      let files = try formats.map { OrderFile($0, descriptor: try staging.create($0.rawValue)) }
      writer = OrderWriter(files, waits: isVirtual)
    } catch {
      staging.remove()
      throw error
    }
  }

  /// Moves the files, which must be finished, to where the other reports are staged.
  /// - Returns: for each that could not be moved, why.
  func move(to other: StagingFolder) -> [ReportFolderError] {
    formats.compactMap { format in
      do throws(ReportFolderError) {
        try other.take(format.rawValue, from: staging)
        return nil
      } catch { return error }
    }
  }

  /// Removes what was not moved.
  package func remove() { staging.remove() }
}
