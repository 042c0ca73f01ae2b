import Foundation
import LoadRun
package import Shared

/// The runs that a reader named: a run's folder, its summary, a folder of runs' folders, or what an A/B comparison wrote.
package enum RunPlaces {
  /// - Returns: the folders and files to read, in the order of names within a folder of runs.
  /// - Throws: `ConfigurationError` where a folder has no run, or there are more than `ComparedSide.mostRuns`.
  package static func expanded(_ places: [String]) throws(ConfigurationError) -> [String] {
    var runs: [String] = []
    for place in places {
      runs += try expanded(place)
      guard runs.count <= ComparedSide.mostRuns else {
        throw ConfigurationError(
          "\(Legible.line(place, limit: 4_096)): that makes \(runs.count) runs, and at most \(ComparedSide.mostRuns) a side are compared")
      }
    }
    return runs
  }

  private static func expanded(_ place: String) throws(ConfigurationError) -> [String] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), isFolder.boolValue, !holds(place, "summary.json") else {
      return [place]
    }
    // 'loadgen ab' writes its runs beside the comparison.
    let folder = holds(place, "compare.json") ? (place as NSString).appendingPathComponent("runs") : place
    let names: [String]
    do { names = try FileManager.default.contentsOfDirectory(atPath: folder) } catch {
      throw ConfigurationError("\(Legible.line(folder, limit: 4_096)) cannot be read: \(error.localizedDescription)")
    }
    let runs = names.sorted().map { (folder as NSString).appendingPathComponent($0) }.filter { holds($0, "summary.json") }
    guard !runs.isEmpty else {
      throw ConfigurationError(
        "\(Legible.line(place, limit: 4_096)) holds no run: give a run's folder, its summary.json, or a folder with runs' folders in it")
    }
    return runs
  }

  private static func holds(_ folder: String, _ file: String) -> Bool {
    FileManager.default.fileExists(atPath: (folder as NSString).appendingPathComponent(file))
  }
}
