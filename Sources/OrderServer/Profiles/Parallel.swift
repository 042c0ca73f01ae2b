import HTTPTypes
import Shared

extension Profile {
  /// Every order is processed at once.
  static let parallel = Profile(
    name: "parallel", dialect: .parallel, plan: ProcessingPlan(workers: .unlimited, serviceTime: .fixed(.seconds(5))), spelling: .parallel)
}

extension Spelling {
  fileprivate static let parallel = Spelling(
    draft: { try OrderDraft(body: $0, takesID: false) },
    created: { Answer(.created, view($0.id, .pending)) },
    order: .statusAlone(view),
    metrics: { figures in
      [
        "total_orders": .integer(figures.tallies.total),
        "average_processing_time": .number(figures.tallies.average(.completion) ?? 0),
        "order_status_counts": [
          "Pending": .integer(figures.tallies[.pending]), "Processing": .integer(figures.tallies[.processing]),
          "Completed": .integer(figures.tallies[.completed]),
        ],
      ]
    },
    hasDocumentation: true,
    refusal: { refusal in
      switch refusal {
      case .unknownOrder: Answer(.notFound, ["detail": "Order not found"])
      default: .pydantic(refusal)
      }
    })

  @Sendable private static func view(_ id: OrderID, _ status: OrderStatus) -> JSON {
    ["order_id": .string(id.text), "status": .string(Dialect.parallel.status.words.word(for: status))]
  }
}
