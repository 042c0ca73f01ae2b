import Shared

extension Scenario {
  /// Every setting as a flag would take it. Values of headers may be secrets: only their names are told.
  var resolved: [String: String] {
    var texts: [Setting: String] = [
      .target: targetText, .dialect: dialect.name, .name: name, .warmup: warmup.text, .poll: poll.description,
      .orderTimeout: orderTimeout.text, .requestTimeout: requestTimeout.text, .noFollow: "\(!follows)", .keepGoing: "\(keepsGoing)",
      .waitFor: waitFor.rawValue, .connections: "\(connections)", .noKeepAlive: "\(!keepsAlive)", .maxOutstanding: "\(maxOutstanding)",
      .eventLoops: "\(eventLoops)", .seed: "\(seed)", .onInvalid: onInvalid.rawValue,
      .threshold: thresholds.map(\.expression).joined(separator: ", "),
      .exclusive: "\(exclusivity == .declared)", .sharedTarget: "\(exclusivity == .denied)",
    ]
    switch load {
    case .closed(let users): texts[.concurrency] = "\(users)"
    case .open(let rate, let arrivals):
      texts[.rate] = rate.description
      texts[.arrivals] = arrivals.rawValue
    case .stages(let stages, let arrivals):
      texts[.rate] = stages.description
      texts[.arrivals] = arrivals.rawValue
    case .recorded: texts[.schedule] = schedule
    }
    texts[.thinkTime] = thinkTime?.description
    texts[.orders] = orders.map(String.init)
    texts[.duration] = duration?.text
    texts[.serve] = serve.map(ShownCommand.text)
    texts[.pollFirst] = poll.delay.map { Duration.nanoseconds($0).text }
    if poll.jitter > 0 { texts[.pollJitter] = (try? Share(text: "\(poll.jitter)"))?.description }
    texts[.maxPolls] = maxPolls?.description
    texts[.maxRequestsPerConnection] = requestsPerConnection.map(String.init)
    if connectRamp > .zero { texts[.connectRamp] = connectRamp.text }
    if !tls.verifies { texts[.insecure] = "true" }
    texts[.cacert] = tls.authorities?.path
    texts[.cert] = tls.certificate?.path
    if tls.key?.path != tls.certificate?.path { texts[.key] = tls.key?.path }
    if !accounts.isEmpty { texts[.accounts] = "\(accounts.count)" }
    if !mix.isEmpty { texts[.mix] = mix.text }
    if !headers.isEmpty { texts[.header] = headers.map(\.name).joined(separator: ", ") }
    return Dictionary(uniqueKeysWithValues: texts.map { ($0.key.rawValue, $0.value) })
  }

  /// Tells whether two runs did the same: FNV-1a over all settings that change what is sent, and none that changes where or by which seed.
  /// Of a recorded schedule it is the due times that count, and not the file's name.
  var hash: String {
    let apart: Set<Setting> = [.target, .name, .seed, .serve, .schedule, .insecure, .cacert, .cert, .key]
    let text = resolved.filter { key, _ in !apart.contains { $0.rawValue == key } }
      .sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)\n" }.joined()
    var hash = text.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    if case .recorded(let times) = load { hash = times.due.reduce(hash) { ($0 ^ UInt64(bitPattern: $1)) &* 0x100_0000_01b3 } }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
