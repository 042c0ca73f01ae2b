import Foundation
import SystemPackage
import Shared

/// A small file of secrets that only its owner should be able to read.
struct ProtectedFile: Sendable {
  /// In bytes. A larger file is refused: it was named by mistake.
  static let largest = 1 << 20

  let path: String
  /// Whether the program chooses the name and makes the file. Another user of the machine could have made a file of that name earlier, and
  /// would know what is in it, so a file that belongs to another user is refused.
  var isOwn = false
  /// The user that this program runs as.
  var user = geteuid()

  /// Reads the whole file, which may have at most `largest` bytes.
  /// - Parameter warn: told in one line where others may read the file too, or it belongs to another user.
  /// - Throws: `ConfigurationError`, which names the file and shows nothing of its content.
  func read(warn: (String) -> Void) throws -> [UInt8] {
    let descriptor = Foundation.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    guard let status = try? Stat(FileDescriptor(rawValue: descriptor)), status.type == .regular else {
      throw failure("it is no regular file")
    }
    guard status.size <= Self.largest else { throw failure("it is larger than \(Self.largest) bytes") }
    let link = try? Stat(FilePath(path), followTargetSymlink: false)
    if let owner = [status.userID, link?.userID ?? status.userID].map(\.rawValue).first(where: { $0 != user && $0 != 0 }) {
      guard !isOwn else {
        throw ConfigurationError(
          "cannot use '\(path)': it belongs to another user of this machine (\(owner)), who may know what is in it; "
            + "remove it, and it is made anew, or name a file of secrets by its flag")
      }
      warn("'\(path)' holds secrets, and belongs to another user of this machine (\(owner)): chown would make it yours")
    }
    if !status.permissions.isDisjoint(with: [.groupReadWriteExecute, .otherReadWriteExecute]) {
      warn("'\(path)' holds secrets, and other users of this machine may read it: chmod 600 would keep it private")
    }
    do {
      return Array(try handle.read(upToCount: Self.largest) ?? Data())
    } catch {
      throw failure("it cannot be read")
    }
  }

  /// Makes the file, readable by its owner alone. A file that exists already is left as it is.
  ///
  /// The file appears whole or not at all, whenever the program may end.
  /// - Parameter text: what to write; not called where the file exists.
  /// - Returns: whether the file was made.
  /// - Throws: `ConfigurationError`.
  @discardableResult
  func make(_ text: () -> String) throws -> Bool {
    guard access(path, F_OK) != 0 else { return false }
    let draft = "\(path).\(getpid()).new"
    unlink(draft)
    let descriptor = Foundation.open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw failure(String(cString: strerror(errno))) }
    defer { unlink(draft) }
    let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    do {
      try handle.write(contentsOf: Data(text().utf8))
      try handle.synchronize()
    } catch {
      throw failure("it cannot be written")
    }
    // A link fails where the name is taken; a rename would replace the file.
    guard link(draft, path) == 0 else {
      guard errno == EEXIST else { throw failure(String(cString: strerror(errno))) }
      return false
    }
    return true
  }

  private func failure(_ reason: String) -> ConfigurationError {
    ConfigurationError("cannot use '\(path)': \(reason); name a file that this program can read")
  }
}
