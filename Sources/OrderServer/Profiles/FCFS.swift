import HTTPTypes
import Shared

extension Profile {
  /// One worker, strictly first come, first served.
  static let fcfs = Profile(
    name: "fcfs", dialect: .fcfs, plan: ProcessingPlan(workers: .limited(1), serviceTime: .fixed(.seconds(2))), spelling: .fcfs)
}

extension Spelling {
  fileprivate static let fcfs = Spelling(
    draft: { try OrderDraft(body: $0, takesID: false) },
    created: { Answer(.created, ["message": "Order placed successfully", "order_id": .string($0.id.text)]) },
    order: .statusAlone { id, status in
      ["order_id": .string(id.text), "status": .string(Dialect.fcfs.status.words.word(for: status))]
    },
    metrics: { figures in
      [
        // Whole seconds, rounded down.
        "average_processing_time": .integer(Int64(figures.tallies.average(.completion) ?? 0)),
        "estimated_processing_time": .wholeWherePossible(figures.estimate),
        "status_counts": [
          "completed_orders": .integer(figures.tallies[.completed]), "pending_orders": .integer(figures.tallies[.pending]),
          "processing_orders": .integer(figures.tallies[.processing]),
        ],
        "total_orders": .integer(figures.tallies.total),
      ]
    },
    refusal: { refusal in
      switch refusal {
      case .unknownOrder: Answer(.notFound, ["error": "Order not found"])
      default: .flask(refusal)
      }
    })
}

extension JSON {
  /// Without decimals where there are none.
  fileprivate static func wholeWherePossible(_ number: Double) -> JSON {
    Int64(exactly: number).map(JSON.integer) ?? .number(number)
  }
}
