import Foundation
import Testing

/// SciPy and Apache Otava, which `Tests/Fixtures/statistics/oracle.py` asks, in the environment that `scripts/setup test` makes.
enum StatisticsOracle {
  /// What the fixture's head lists.
  struct Question: Encodable {
    var ask: String
    var values: [Double]
    var others: [Double] = []
    var p: Double = 0
  }

  /// - Returns: An answer to each: its numbers, `nil` for those that are infinite or none.
  static func answers(_ questions: [Question]) throws -> [[Double?]] {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let python = root.appendingPathComponent(".build/python-statistics/bin/python3")
    try #require(FileManager.default.isExecutableFile(atPath: python.path), "there is no \(python.path): 'scripts/setup test' makes it")
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("questions-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    let encoder = JSONEncoder()
    try Data(questions.map { try encoder.encode($0) }.joined(separator: [UInt8(ascii: "\n")])).write(to: file)

    let process = Process()
    process.executableURL = python
    process.arguments = [root.appendingPathComponent("Tests/Fixtures/statistics/oracle.py").path]
    process.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    let answers = try data.split(separator: UInt8(ascii: "\n")).map { try JSONDecoder().decode([Double?].self, from: $0) }
    try #require(answers.count == questions.count)
    return answers
  }
}
