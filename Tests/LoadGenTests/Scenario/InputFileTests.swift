import Foundation
import Testing

@testable import LoadRun

@Suite("What is named as a file")
struct InputFileTests {
  /// Longer than any machine lets a writer stand still.
  private static let patience = Duration.seconds(600)

  private func fault(_ path: String, most: Int = 1_000) -> String? {
    do throws(InputFile.Fault) {
      _ = try InputFile.read(path, most: most, patience: Self.patience)
      return nil
    } catch { return error.description }
  }

  @Test("A file is read up to its bound, and what would never end is refused")
  func kinds() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("input-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("a").path
    try Data(repeating: 65, count: 1_000).write(to: URL(fileURLWithPath: file))
    #expect(try InputFile.read(file, most: 1_000).count == 1_000)
    #expect(fault(file, most: 999) == "has more than 999 bytes")
    #expect(fault(folder.path) == "is a folder, and no file")
    #expect(fault("/dev/zero") == "is a device, and no file")
    #expect(try InputFile.read("/dev/null", most: 10).isEmpty)
    #expect(fault(folder.path + "/b") == "cannot be read: No such file or directory")
  }

  @Test("A pipe is read to its end, whoever writes to it and whenever, and no further than the bound")
  func pipes() throws {
    let path = FileManager.default.temporaryDirectory.appendingPathComponent("pipe-\(UUID().uuidString)").path
    #expect(mkfifo(path, 0o600) == 0)
    defer { unlink(path) }
    for (written, most) in [(300_000, 300_000), (300_000, 200_000)] {
      let writer = Thread {
        // Opens once there is a reader.
        let descriptor = open(path, O_WRONLY)
        let bytes = [UInt8](repeating: 65, count: written)
        var sent = 0
        while sent < written {
          let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress.map { $0 + sent }, written - sent) }
          if count <= 0 { break }
          sent += count
        }
        close(descriptor)
      }
      signal(SIGPIPE, SIG_IGN)
      writer.start()
      if written <= most {
        #expect(try InputFile.read(path, most: most, patience: Self.patience).count == written)
      } else {
        #expect(fault(path, most: most) == "has more than \(most) bytes")
      }
    }
  }
}
