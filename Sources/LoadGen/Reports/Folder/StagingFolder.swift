import Foundation
import LoadRun
import SystemPackage

/// Where reports are written before they are renamed into their place: beside a folder that is yet to be, and inside of one that is there,
/// which may be a mount of its own and have a parent that we may not write to.
struct StagingFolder {
  /// The folder's own path, as it was given.
  let target: String
  private let path: String
  private let targetExists: Bool
  /// The folders above that had to be made, the innermost last.
  private let made: [String]

  /// Makes the folder, and those above it that are missing.
  /// - Throws: `ReportFolderError`; then nothing is left behind.
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

  /// - Throws: `ReportFolderError`; then nothing of the file is left.
  func write(_ file: ReportFolder.File) throws {
    let place = path + "/" + file.name
    let descriptor = open(place, O_WRONLY | O_CREAT | O_EXCL, 0o666)
    guard descriptor >= 0 else { throw failure(file.name) }
    // A full disk may only show when the bytes have to be there.
    let written = Self.writeAll(file.content, to: descriptor) && (fsync(descriptor) == 0 || errno == EINVAL)
    let error = written ? nil : failure(file.name)
    let closed = close(descriptor) == 0
    guard error == nil, closed else {
      let error = error ?? failure(file.name)
      unlink(place)
      throw error
    }
  }

  /// - Parameter replaced: names of files that go where they were not written this time.
  /// - Throws: `ReportFolderError`; what had been there is there still, or has been replaced as a whole.
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
    // An earlier run's would be taken for this one's.
    for name in replaced where !own.contains(name) { unlink(target + "/" + name) }
    rmdir(path)
  }

  /// Makes sure that files of these names can be moved into the folder, so that either all are or none.
  /// - Throws: `ReportFolderError` where a folder stands in a file's place.
  func checkPlaces(of names: [String]) throws {
    guard targetExists else { return }
    for name in names {
      let entry = try? Stat(FilePath(target + "/" + name), followTargetSymlink: false)
      guard entry?.type == .directory else { continue }
      throw ReportFolderError(path: target, found: "has a folder named \(name)", remedy: "move that away, or give another folder")
    }
  }

  /// Removes whatever was not moved, and the folders that had been made for it.
  func remove() {
    for name in names() { unlink(path + "/" + name) }
    rmdir(path)
    for folder in made.reversed() { rmdir(folder) }
  }

  private func names() -> [String] { ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted() }

  private func failure(_ name: String) -> ReportFolderError { ReportFolderError(path: target + "/" + name, errno: errno) }

  /// The folder that a path lies in. Foundation's `deletingLastPathComponent` ends the program where the path is one letter.
  static func parent(of path: String) -> String {
    let folder = FilePath(path).removingLastComponent()
    return folder.isEmpty ? "." : folder.string
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var path = path
    while path.count > 1, path.last == "/" { path.removeLast() }
    return path
  }

  /// - Throws: `ReportFolderError` where something else is there, or in the way.
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
