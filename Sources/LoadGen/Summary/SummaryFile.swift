package import Shared
import SystemPackage

/// A summary on disk: the `summary.json` of a run, which may have been cut short, edited, or written by something else.
package enum SummaryFile {
  /// What the file of a run's folder is called.
  package static let name = "summary.json"

  /// The longest file that is read, in bytes: 256 MiB.
  static let largest = 1 << 28

  /// Reads a summary, and checks that every report can be made from it.
  /// - Parameter path: a run's folder, or the file itself.
  /// - Throws: `ConfigurationError` that begins with the path, and says in one line what is wrong and what would be right.
  package static func read(_ path: String) throws(ConfigurationError) -> Summary {
    let place = isFolder(path) ? file(in: path) : path
    func refusal(_ problem: String) -> ConfigurationError {
      ConfigurationError("\(Legible.line(place, limit: 4_096)): \(Legible.line(problem, limit: 600))")
    }
    do {
      let summary = try Summary.read(from: InputFile.read(place, most: largest))
      if let fault = summary.fault { throw SummaryError(description: fault) }
      return summary
    } catch let error as InputFile.Fault {
      throw refusal("it \(error): give a run's folder, or its \(name)")
    } catch {
      throw refusal("\(error)")
    }
  }

  /// Whether there is a folder at the path.
  package static func isFolder(_ path: String) -> Bool { (try? Stat(FilePath(path)))?.type == .directory }

  /// The run's folder that a file is the summary of; `nil` where it has another name than a run gives it.
  package static func folder(of path: String) -> String? {
    let file = FilePath(path)
    guard file.lastComponent?.string == name else { return nil }
    let folder = file.removingLastComponent()
    return folder.isEmpty ? "." : folder.string
  }

  /// Whether a summary, named by its folder or itself, lies in this folder, by whatever path.
  package static func isSame(_ folder: String, as place: String) -> Bool {
    let file = isFolder(place) ? file(in: place) : place
    guard let there = try? Stat(FilePath(self.file(in: folder))), let here = try? Stat(FilePath(file)) else { return false }
    return there.deviceID == here.deviceID && there.inode == here.inode
  }

  /// The path of the summary in a run's folder.
  static func file(in folder: String) -> String { FilePath(folder).appending(name).string }
}
