extension Setting {
  /// Whether runs that differ in it do different things: two runs of one load may differ in where it goes to and by which seed, in how it is
  /// judged, and in where that is written.
  package var changesLoad: Bool {
    switch self {
    case .target, .serve, .readyURL, .readyTimeout, .insecure, .cacert, .cert, .key, .user, .userFile, .seed: false
    case .threshold, .noThreshold, .confidence, .exclusive, .sharedTarget, .onInvalid, .auditPrecision: false
    case .name, .label, .reportDirectory, .noReport, .orderLog, .ordersCSV: false
    case .dialect, .header, .concurrency, .rate, .arrivals, .schedule, .orders, .duration, .warmup, .thinkTime, .waitFor, .mix,
      .maxOutstanding, .keepGoing, .eventLoops, .noFollow, .orderTimeout, .poll, .pollFirst, .pollJitter, .maxPolls, .metricsEvery,
      .connections, .requestTimeout, .noKeepAlive, .maxRequestsPerConnection, .connectRamp, .accounts:
      true
    }
  }
}
