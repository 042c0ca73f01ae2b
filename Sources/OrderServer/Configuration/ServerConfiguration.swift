import Logging
import Shared

/// All settings of the server, as they are at its start.
struct ServerConfiguration: Sendable {
  /// The address to listen on, as a name or a number.
  var host = "127.0.0.1"
  /// 0 lets the system choose a free one.
  var port = 8000
  var store = StoreLocation.sqlite(SQLiteLocation(path: "orders.db"))
  /// The file with the password of the database's user; `nil`: the password is in the store's location, or there is none.
  var storePasswordFile: NamedFile?
  /// How many connections to a database server there may be at most.
  var storeConnections = 8
  /// After how long without a sign of life other servers on the same database take over this one's orders.
  var lease = Duration.seconds(5)
  /// Which order system to be.
  var profile = Profile.standard
  /// How many orders are processed at the same time.
  var workers = Workers.limited(8)
  /// How long each of them is processed.
  var serviceTime = ServiceTime.fixed(.milliseconds(100))
  /// A job takes up all pending orders at every multiple of this; `nil`: each is taken up as soon as a worker is free.
  var batchEvery: Duration?
  /// All waits are multiplied by this: service times, and the time between batches. 0 < scale ≤ 1.
  var timeScale = 1.0
  /// The share of orders whose processing fails, from 0 to 1.
  var failureRate = 0.0
  /// What service times and failures are drawn from; `nil` chooses one at random.
  var seed: UInt64?
  /// How many sample orders an empty store is filled with at the start.
  var sampleOrders = 0
  /// What the server does wrong, and which lies it tells, on purpose.
  var faults: [Fault] = []
  /// How many orders each caller may send; `nil`: there is no limit.
  var createRateLimit: Rate?
  var accounts = AccountSettings()
  var limits = ServerLimits()
  /// `nil`: connections are not encrypted.
  var tls: TLSSettings?
  /// What is to be logged about the settings themselves.
  var notes: [Settings.Note] = []
  /// Less important messages are not logged.
  var logLevel = Logger.Level.notice
  var logFormat = LogFormat.text
  /// How long a stop may take before connections are cut off.
  var stopLimit = Duration.seconds(5)

  /// How orders are processed, with `timeScale` applied to all waits.
  var plan: ProcessingPlan {
    ProcessingPlan(workers: workers, serviceTime: serviceTime, batchEvery: batchEvery, failureRate: failureRate).scaled(by: timeScale)
  }

  /// Takes over the profile's workers, service time and batches, the defaults that settings after the profile may change.
  mutating func adoptPlan(of profile: Profile) {
    workers = profile.plan.workers
    serviceTime = profile.plan.serviceTime
    batchEvery = profile.plan.batchEvery
  }
}
