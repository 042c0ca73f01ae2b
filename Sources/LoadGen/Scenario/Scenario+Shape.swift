import Shared

/// The shape of the load, as given by `--rate`, `--schedule` and `--think-time`.
extension Scenario.Load {
  /// Whether orders are due regardless of whether the target keeps up.
  var isOpen: Bool {
    switch self {
    case .closed: false
    case .open, .stages, .recorded: true
    }
  }

  /// Whether it ends even if neither `--orders` nor `--duration` is given.
  var endsByItself: Bool {
    switch self {
    case .closed, .open: false
    case .stages, .recorded: true
    }
  }
}

extension Scenario {
  /// The open load that the settings describe; `nil` where they describe none.
  static func openLoad(_ settings: SettingLayers, _ arrivals: Arrivals?) throws(ConfigurationError) -> Load? {
    if let times = try settings.value(.schedule, ScheduleFile.read) {
      for other in [Setting.rate, .arrivals] where settings[other] != nil {
        throw ConfigurationError(
          "\(settings.origin(.schedule)) and \(settings.origin(other)) contradict one another: a recorded schedule has its own due times")
      }
      return .recorded(times)
    }
    let arrivals = arrivals ?? defaultArrivals
    return try settings.value(.rate) { text in
      let isStaged = text.contains { $0 == "," || $0.isWhitespace } || text.contains("..")
      return isStaged ? .stages(try RateStages(text: text), arrivals) : .open(try Rate(text: text), arrivals)
    }
  }

  /// Checks `--orders` and `--duration` against a load that has an end of its own: they may shorten it, but not extend it.
  mutating func takeShape(_ settings: SettingLayers) throws(ConfigurationError) {
    switch load {
    case .closed, .open: break
    case .stages(let stages, _):
      if let duration, duration > stages.length {
        throw ConfigurationError(
          "\(settings.origin(.duration)): the stages of \(settings.origin(.rate)) last \(stages.length.text), and \(duration.text) is longer: "
            + "leave it out, or say what comes after them, as in '\(stages), 100/s for \((duration - stages.length).text)'")
      }
      duration = duration ?? stages.length
    case .recorded(let times):
      if let orders, orders > times.due.count {
        throw ConfigurationError(
          "\(settings.origin(.orders)): \(orders) orders are more than the \(times.due.count) of \(settings.origin(.schedule)): leave it out, or ask for fewer"
        )
      }
    }
  }

  /// Refuses settings about waiting users for an open load, in which nobody waits.
  func refuseWaiting(_ settings: SettingLayers) throws(ConfigurationError) {
    guard load.isOpen else { return }
    let open = schedule == nil ? "--rate" : "--schedule"
    guard waitFor == .answer else {
      throw ConfigurationError("\(settings.origin(.waitFor)) completion is of a closed load: with \(open) nobody waits")
    }
    guard thinkTime == nil else {
      throw ConfigurationError("\(settings.origin(.thinkTime)) is of a closed load: with \(open) nobody waits")
    }
  }

  /// The planned length of an open load, in seconds: its duration, or the time in which the rate comes to `orders`, whichever is shorter;
  /// for a recorded schedule, the time until its last order is due. `nil` for a closed load. See docs/measurement.md, "Rates".
  package var arrivalSpan: Double? {
    let byOrders: Double?
    switch load {
    case .closed: return nil
    case .open(let rate, _): byOrders = orders.map { Double($0) / rate.perSecond }
    case .stages(let stages, _): byOrders = orders.flatMap { stages.time(of: Double($0)) }?.seconds
    case .recorded(let times):
      let last = orders.map { min($0, times.due.count) } ?? times.due.count
      byOrders = last == 0 ? 0 : Double(times.due[last - 1]) / 1e9
    }
    return [byOrders, duration?.seconds].compactMap { $0 }.min()
  }

  /// How many orders will be sent, as far as that can be told beforehand: for a closed load and for Poisson arrivals, the limit on orders,
  /// which a duration may cut short; `nil` where there is none.
  package var expectedOrders: Int? {
    let fit: Int
    switch load {
    case .open(let rate, .constant):
      guard let duration else { return orders }
      // The cap only keeps the conversion to `Int` from overflowing: so many orders cannot be sent.
      fit = Int(min(duration.seconds * rate.perSecond, 1e15).rounded(.up))
    case .stages(let stages, .constant):
      fit = Int(stages.expected(by: duration ?? stages.length).rounded(.up))
    case .recorded(let times):
      fit = duration.map { times.count(before: $0.nanoseconds) } ?? times.due.count
    case .closed, .open, .stages: return orders
    }
    return min(fit, orders ?? fit)
  }

  /// The part of the plan that one event loop carries out.
  func plan(_ share: LoopShare) -> LoadSchedule {
    let end = LoadEnd(orders: orders.map(UInt64.init), time: duration?.nanoseconds)
    let random = SeededRandom(seed: seed)
    switch load {
    case .closed(let users):
      let thinking = thinkTime.map { ClosedSchedule.Thinking(time: $0, random: random) }
      return .closed(ClosedSchedule(users: UInt64(users), thinking: thinking, end: end, share: share))
    case .open(let rate, let arrivals):
      return .open(OpenSchedule(ArrivalTimes(arrivals, rate: rate, random: random), end: end, share: share))
    case .stages(let stages, let arrivals):
      return .open(OpenSchedule(ArrivalTimes(arrivals, stages: stages, random: random), end: end, share: share))
    case .recorded(let times):
      return .recorded(RecordedSchedule(times, end: end, share: share))
    }
  }
}
