import Shared

extension Threshold {
  /// What to do about a rule on orders or readings that failed; empty where the figure itself says enough.
  func remedy(_ scenario: Scenario) -> String {
    switch metric {
    case .orders("timed_out"), .share("timed_out"):
      "not ended by --order-timeout (\(scenario.orderTimeout.text)): give them longer where they may take it, else find out why they do not end"
    case .orders("not_sent"), .share("not_sent"):
      "due and never sent: at most \(Figure.count(scenario.maxOutstanding)) orders are in hand (--max-outstanding), "
        + "and none waits for a connection longer than \(scenario.orderTimeout.text) (--order-timeout)"
    case .orders("untracked"), .share("untracked"): "acknowledged without an id where the dialect looks for one (create.id)"
    case .orders("unknown_status"), .share("unknown_status"): "their status is no word of the dialect (status.words)"
    case .readings:
      "no figures from after the first order were read: see the errors; where figures are older than their answers (an Age header, max_age), "
        + "make the run longer; or say 'metrics: none' in the dialect"
    default: ""
    }
  }
}
