/// Whether anybody else sends orders to the target.
public enum Exclusivity: String, Sendable {
  /// Nobody does: said by the user, or because the target was started for this run.
  case declared
  /// Somebody may.
  case denied
  /// Unknown: as long as the claimed totals leave no room for others' orders, there are none.
  case inferred
}
