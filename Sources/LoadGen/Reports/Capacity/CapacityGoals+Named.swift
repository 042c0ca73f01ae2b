import LoadStudy
import Shared

extension [Capacity.Goal] {
  /// The goal that is written so.
  func named(_ expression: String) -> Capacity.Goal? { first { $0.expression.hasSameBytes(as: expression) } }
}
