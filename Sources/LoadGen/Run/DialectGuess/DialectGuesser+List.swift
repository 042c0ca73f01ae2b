import Shared

extension DialectGuesser {
  /// Where a list of orders, and of each its id and status, is in an answer.
  struct ListPlaces {
    var orders: FieldPath
    var id: FieldPath
    var status: FieldPath
  }

  mutating func guessList(_ description: OpenAPIDescription) {
    guard let operation = description.operation("GET", collection) ?? description.operation("GET", collection + "/") else { return }
    let key = if case .body(let field) = guess.dialect.create.id.place { field.keys.last } else { String?.none }
    let answer = description.answer(operation)
    guard let list = Self.list(of: answer, wanted: key) else {
      return guess.because("list", "\(operation.words) is described, but no list in its answer has an id and a status of each order")
    }
    let limit = description.query(operation, ["limit", "page_size", "pageSize", "per_page", "size"])
    let most = limit.map { min(100, $0.schema?["maximum"]?.number.map { Int(min(max($0, 1), 100)) } ?? 100) }
    let query = limit.flatMap { limit in most.map { "\(limit.name)=\($0)" } }
    let first = operation.path.text + (query.map { "?\($0)" } ?? "")
    guess.dialect.list = Dialect.List(
      Dialect.Request("GET", Template(first)), orders: list.orders, id: list.id, status: list.status,
      pages: pages(operation, answer, description, first))
    guess.because("list", "\(operation.words)")
    if guess.dialect.list?.pages == nil, limit != nil {
      guess.because("list.pages", "how further pages are had was not understood")
    }
  }

  /// The list in an answer whose elements have an id and a status.
  /// - Parameter wanted: the key that the create's answer has the id by.
  static func list(of answer: AnswerShape, wanted: String?) -> ListPlaces? {
    for list in answer.lists where list.keys.count <= 3 {
      let element = list.element
      guard let status = statusField(element) else { continue }
      let id = element.fields.first { field in field.keys.count == 1 && wanted.map { field.keys[0].hasSameBytes(as: $0) } ?? false }
      guard let id = id ?? idField(element) else { continue }
      return ListPlaces(orders: FieldPath(list.keys.joined(separator: ".")), id: id.path, status: status.path)
    }
    return nil
  }

  /// How further pages are had, where that is clear.
  private func pages(
    _ operation: OpenAPIDescription.Operation, _ answer: AnswerShape, _ description: OpenAPIDescription, _ first: String
  ) -> Dialect.List.Pages? {
    let separator = first.utf8.contains(UInt8(ascii: "?")) ? "&" : "?"
    if let cursor = description.query(operation, ["cursor", "after", "page_token", "pageToken", "starting_after", "continuation"]) {
      let next = answer.fields.first { field in
        field.kinds.isScalar && field.name.has(["next", "cursor", "continuation"]) && !field.name.has(["url", "link", "previous", "prev"])
      }
      if let next { return Dialect.List.Pages(cursor: next.path, path: Template("\(first)\(separator)\(cursor.name)={cursor}")) }
    }
    if let offset = description.query(operation, ["offset", "skip"]) {
      return Dialect.List.Pages(.offset, path: Template("\(first)\(separator)\(offset.name)={cursor}"))
    }
    if let page = description.query(operation, ["page"]) {
      let from = page.schema?["minimum"]?.number ?? page.schema?["default"]?.number
      return Dialect.List.Pages(.number(first: from == 0 ? 0 : 1), path: Template("\(first)\(separator)page={cursor}"))
    }
    return nil
  }
}
