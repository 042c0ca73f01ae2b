import Foundation
import LoadRun
import SystemPackage

/// Where reports are written before they are renamed to their places: next to a folder that does not exist yet, but inside one that does,
/// since that may be a mount point, or have a parent that we may not write to.
struct StagingFolder {
  /// The folder's own path, as given but without slashes at its end.
  let target: String
  private let path: String
  private let targetExists: Bool
  /// The parent folders that had to be created, the innermost last.
  private let made: [String]

  /// Creates the staging folder, and parent folders that are missing.
  /// - Throws: `ReportFolderError`, with nothing left behind.
  init(for target: String) throws {
    let plain = Self.withoutTrailingSlashes(target)
    guard !plain.isEmpty else { throw ReportFolderError(path: target, found: "is empty", remedy: "give the path of a folder") }
    self.target = plain
    targetExists = try Self.isFolder(plain, of: plain)
    let above = targetExists ? plain : Self.parent(of: plain)
    made = targetExists ? [] : try Self.makeFolders(above, for: plain)
    let name = ".loadgen-\(UInt32.random(in: .min ... .max))"
    path = above + "/" + name
    guard mkdir(path, 0o777) == 0 else {
      let error = ReportFolderError(path: plain, errno: errno)
      for folder in made.reversed() { rmdir(folder) }
      throw error
    }
  }

  /// - Throws: `ReportFolderError`, with nothing of the file left behind.
  func write(_ file: ReportFolder.File) throws {
    let place = path + "/" + file.name
    let descriptor = try create(file.name)
    // A full disk may be reported only when the bytes must really be stored.
    let written = Self.writeAll(file.content, to: descriptor) && (fsync(descriptor) == 0 || errno == EINVAL)
    let error = written ? nil : failure(file.name)
    let closed = close(descriptor) == 0
    guard error == nil, closed else {
      let error = error ?? failure(file.name)
      unlink(place)
      throw error
    }
  }

  /// Creates an empty file.
  /// - Returns: its descriptor, open for writing, which is the caller's.
  /// - Throws: `ReportFolderError` where it cannot be created.
  func create(_ name: String) throws(ReportFolderError) -> Int32 {
    let descriptor = open(path + "/" + name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw failure(name) }
    return descriptor
  }

  /// Takes a file over from another staging folder.
  /// - Throws: `ReportFolderError` where it cannot be renamed; it then is where it was.
  func take(_ name: String, from other: StagingFolder) throws(ReportFolderError) {
    guard rename(other.path + "/" + name, path + "/" + name) == 0 else { throw failure(name) }
  }

  /// Renames the staged files to their places.
  /// - Parameter replaced: names of files that are removed if they were not written this time.
  /// - Throws: `ReportFolderError`; each file that existed before is then still there, or replaced as a whole.
  func moveIntoPlace(replacing replaced: [String] = []) throws {
    try checkPlaces(of: names())
    guard targetExists else {
      guard rename(path, target) == 0 else { throw ReportFolderError(path: target, errno: errno) }
      return
    }
    let own = names()
    for name in own {
      guard rename(path + "/" + name, target + "/" + name) == 0 else { throw failure(name) }
    }
    // A file of an earlier run would be taken for one of this run.
    for name in replaced where !own.contains(name) { unlink(target + "/" + name) }
    rmdir(path)
  }

  /// Checks that files of these names can be moved into the folder, so that either all of them are or none.
  /// - Throws: `ReportFolderError` where a folder has the name of a file.
  func checkPlaces(of names: [String]) throws {
    guard targetExists else { return }
    for name in names {
      let entry = try? Stat(FilePath(target + "/" + name), followTargetSymlink: false)
      guard entry?.type == .directory else { continue }
      throw ReportFolderError(path: target, found: "has a folder named \(name)", remedy: "move that away, or give another folder")
    }
  }

  /// Removes what was not moved, and the folders that were created for it.
  func remove() {
    for name in names() { unlink(path + "/" + name) }
    rmdir(path)
    for folder in made.reversed() { rmdir(folder) }
  }

  private func names() -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  private func failure(_ name: String) -> ReportFolderError { ReportFolderError(path: target + "/" + name, errno: errno) }

  /// The folder that a path is in. Foundation's `deletingLastPathComponent` crashes where the path is a single letter.
  static func parent(of path: String) -> String {
    let folder = FilePath(path).removingLastComponent()
    return folder.isEmpty ? "." : folder.string
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var path = path
    while path.count > 1, path.last == "/" { path.removeLast() }
    return path
  }

  /// Whether there is a folder at the path.
  /// - Throws: `ReportFolderError` where there is something else, or something is in the way.
  private static func isFolder(_ path: String, of target: String) throws -> Bool {
    let entry: Stat
    do { entry = try Stat(FilePath(path)) } catch {
      guard error == .noSuchFileOrDirectory else { throw ReportFolderError(path: target, errno: error.rawValue) }
      guard (try? Stat(FilePath(path), followTargetSymlink: false)) != nil else { return false }
      let found = path == target ? "is a link that leads nowhere" : "cannot be made: \(path) is a link that leads nowhere"
      throw ReportFolderError(path: target, found: found, remedy: "make what it leads to, or give the path of a folder")
    }
    guard entry.type == .directory else {
      let found = path == target ? "is no folder" : "cannot be made: \(path) is no folder"
      throw ReportFolderError(path: target, found: found, remedy: "give the path of a folder, or one that is not there yet")
    }
    return true
  }

  /// Creates a folder and its missing parents.
  /// - Returns: the folders that were created, the innermost last.
  private static func makeFolders(_ path: String, for target: String) throws -> [String] {
    if try isFolder(path, of: target) { return [] }
    let above = try makeFolders(parent(of: path), for: target)
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      let error = ReportFolderError(path: target, errno: errno)
      for folder in above.reversed() { rmdir(folder) }
      throw error
    }
    return above + [path]
  }

  private static func writeAll(_ content: Data, to descriptor: Int32) -> Bool {
    content.withUnsafeBytes { bytes in
      var offset = 0
      while offset < bytes.count {
        guard let base = bytes.baseAddress else { return true }
        let count = Foundation.write(descriptor, base + offset, bytes.count - offset)
        if count < 0 {
          if errno == EINTR { continue }
          return false
        }
        offset += count
      }
      return true
    }
  }
}
