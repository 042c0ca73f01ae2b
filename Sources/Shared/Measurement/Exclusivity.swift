/// Whether anybody else sends orders to the target (docs/measurement.md, "Claims of the server").
public enum Exclusivity: String, Sendable {
  /// Nobody does: the user said so, or the target was started for this run.
  case declared
  /// Somebody may.
  case denied
  /// Unknown: nobody is assumed to, as long as the claimed totals leave no room for others' orders.
  case inferred
}
