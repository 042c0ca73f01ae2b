import Foundation
import GRDB
import Shared
import Synchronization
import Testing

@testable import OrderServer

@Suite("A file that has lost what was acknowledged")
struct LostCommitsTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func open(
    _ name: String, _ warnings: Warnings = Warnings(), patience: Duration = .milliseconds(50)
  ) throws -> SQLiteOrderStore {
    try SQLiteOrderStore(SQLiteLocation(path: folder.file(name)), clock: .ticking(), patience: patience) { warnings.add($0) }
  }

  /// Leaves files as a kill would, of a server that has acknowledged so many orders, as `killed.db`.
  private func leaveKilled(orders: Int) async throws {
    let store = try open("orders.db")
    for index in 0..<orders { try await store.insert(.sample("o-\(index)")) }
    try copy("orders.db", to: "killed.db")
    try await store.close()
  }

  private func copy(_ from: String, to: String, _ endings: [String] = ["", "-wal", "-commits"]) throws {
    for ending in ["", "-wal", "-shm", "-commits"] { try? FileManager.default.removeItem(atPath: folder.file(to + ending)) }
    for ending in endings {
      try FileManager.default.copyItem(atPath: folder.file(from + ending), toPath: folder.file(to + ending))
    }
  }

  /// Opens it, and counts what is there; or gives back why it was refused.
  private func found(in name: String, _ warnings: Warnings = Warnings()) async throws -> Result<Int64, StoreOpeningError> {
    do {
      let store = try open(name, warnings)
      let total = try await store.tallies().total
      try await store.close()
      return .success(total)
    } catch let error as StoreOpeningError {
      return .failure(error)
    }
  }

  @Test("However its log is damaged or cut, it is served with all that was acknowledged, or refused by name and left as it is")
  func damagedLog() async throws {
    try await leaveKilled(orders: 30)
    let log = try Data(contentsOf: URL(filePath: folder.file("killed.db-wal")))
    let random = SeededRandom(seed: 7)
    var refused = 0
    for trial in 0..<60 as Range<UInt64> {
      try copy("killed.db", to: "trial.db")
      var damaged = log
      let place = Int(random.bits(.wire, trial) % UInt64(log.count))
      if trial % 2 == 0 { damaged = damaged.prefix(place) } else { damaged[place] ^= 0x55 }
      try damaged.write(to: URL(filePath: folder.file("trial.db-wal")))
      switch try await found(in: "trial.db") {
      case .success(let total): #expect(total == 30, "byte \(place)")
      case .failure(let error):
        refused += 1
        #expect(
          error.description.contains("trial.db-wal' is damaged or missing") && error.description.contains(" of 30 orders"), "\(error)")
        #expect(try Data(contentsOf: URL(filePath: folder.file("trial.db-wal"))) == damaged)
      }
    }
    #expect(refused > 50)
  }

  @Test("Without its log it is refused, as is an older copy; without the record of its commits it is served as it is")
  func missingLog() async throws {
    try await leaveKilled(orders: 5)
    try copy("killed.db", to: "trial.db")
    #expect(try await found(in: "trial.db").get() == 5)
    try copy("killed.db", to: "trial.db", ["", "-commits"])
    let error = #expect(throws: StoreOpeningError.self) { try open("trial.db") }
    #expect(error?.description.contains("remove '\(folder.file("trial.db-commits"))' to go on") == true, "\(error?.description ?? "")")
    // The log comes back, and all is well.
    try copy("killed.db", to: "trial.db")
    #expect(try await found(in: "trial.db").get() == 5)
    // A closed file needs no record, and may be copied by itself.
    #expect(try !folder.names().contains("trial.db-commits"))
  }

  /// Cuts the log once, when a commit has passed all checks and is about to be written.
  private final class Cut: TransactionObserver, Sendable {
    private let path: String
    private let size: Mutex<off_t?>

    init(of path: String, to size: off_t) {
      self.path = path
      self.size = Mutex(size)
    }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { true }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ database: Database) {}
    func databaseDidRollback(_ database: Database) {}

    func databaseWillCommit() throws {
      size.withLock { size in
        if let to = size { truncate(path, to) }
        size = nil
      }
    }
  }

  @Test("Where the log is cut while a commit is on its way, that is not acknowledged, nor is any later one", arguments: 0...3)
  func cutDuringCommit(share: Int) async throws {
    let store = try open("orders.db")
    for index in 0..<5 { try await store.insert(.sample("o-\(index)")) }
    let log = folder.file("orders.db-wal")
    let size = try #require(try FileManager.default.attributesOfItem(atPath: log)[.size] as? off_t)
    let cut = Cut(of: log, to: share == 3 ? size - 4_120 : size * off_t(share) / 3)
    store.pool.add(transactionObserver: cut, extent: .databaseLifetime)
    for index in 5..<9 { await #expect(throws: StoreError.self, "\(index)") { try await store.insert(.sample("o-\(index)")) } }
    try? await store.close()
  }

  @Test("What accounts were told is looked after in the same way")
  func accounts() async throws {
    let store = try open("orders.db")
    let accounts = GroupCommittingAccountStore(file: store.file)
    try copy("orders.db", to: "early.db")
    _ = try await accounts.register(.sample("a@b.c"))
    try copy("orders.db", to: "late.db")
    try copy("early.db", to: "trial.db", ["", "-wal"])
    try FileManager.default.copyItem(atPath: folder.file("late.db-commits"), toPath: folder.file("trial.db-commits"))
    #expect(throws: StoreOpeningError.self) { try open("trial.db") }
    #expect(try await found(in: "late.db").get() == 0)
    await accounts.close()
    try await store.close()
  }

  @Test("Another file under the same name, or a new one, is served, and the operator is told")
  func otherFiles() async throws {
    try await leaveKilled(orders: 3)
    for isNew in [true, false] {
      try copy("killed.db", to: "trial.db", ["-commits"])
      if !isNew {
        let other = try open("other.db")
        try await other.insert(.sample("a"))
        try await other.close()
        try FileManager.default.copyItem(atPath: folder.file("other.db"), toPath: folder.file("trial.db"))
      }
      let warnings = Warnings()
      #expect(try await found(in: "trial.db", warnings).get() == (isNew ? 0 : 1))
      #expect(warnings.lines.count == 1 && warnings.lines[0].contains("which had 3 orders"), "\(warnings.lines)")
    }
  }

  @Test("Database, log and what lies beside them are for the owner alone, and one that others may read is warned of")
  func modes() async throws {
    let store = try open("orders.db")
    try await store.insert(.sample("a"))
    let names = try folder.names()
    #expect(Set(names) == ["orders.db", "orders.db-wal", "orders.db-shm", "orders.db-commits"])
    for name in names { #expect(try mode(of: name) == 0o600, "\(name)") }
    try await store.close()
    #expect(try mode(of: "orders.db") == 0o600)
    for (mode, word) in [(0o644, "read"), (0o640, "read"), (0o660, "change"), (0o600, nil)] as [(Int, String?)] {
      try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: folder.file("orders.db"))
      let warnings = Warnings()
      // A program that another test starts has our locks, too, until it is quite another program: that may take a while.
      try await open("orders.db", warnings, patience: .seconds(120)).close()
      #expect(warnings.lines.count == (word == nil ? 0 : 1), "\(warnings.lines)")
      if let word { #expect(warnings.lines.first?.contains("may \(word) it: chmod 600") == true, "\(warnings.lines)") }
    }
  }

  private func mode(of name: String) throws -> Int {
    try FileManager.default.attributesOfItem(atPath: folder.file(name))[.posixPermissions] as? Int ?? -1
  }
}
