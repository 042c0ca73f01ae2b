import Shared

extension OpenAPIDescription {
  func operation(_ method: String, _ path: String) -> Operation? {
    operations.first { $0.method.hasSameBytes(as: method) && $0.path.text.hasSameBytes(as: path) }
  }

  /// The answers that an operation is described to give, by code; those for `2XX` and the like are left out.
  func answers(_ operation: Operation) -> [(code: Int, tree: JSONTree)] {
    (operation.tree["responses"]?.members ?? []).prefix(100).compactMap { member in
      guard member.key.utf8.count == 3, let code = Int(member.key), (100...599).contains(code), let tree = resolved(member.value) else {
        return nil
      }
      return (code, tree)
    }
  }

  /// The codes of success that are described, 200 to 204.
  func accepted(_ operation: Operation) -> [Int] { answers(operation).map(\.code).filter { (200...204).contains($0) } }

  /// The first described answer that is a success.
  func success(_ operation: Operation) -> JSONTree? { answers(operation).first { (200...204).contains($0.code) }?.tree }

  /// What an answer or a request's body is described to be, where it can be in a form.
  func media(_ tree: JSONTree?, as form: BodyForm) -> (type: String, tree: JSONTree)? {
    for member in (resolved(tree)?["content"]?.members ?? []).prefix(20) where member.key.utf8.count <= 100 {
      if BodyForm(contentType: member.key) == form { return (member.key, member.value) }
    }
    return nil
  }

  /// What a successful answer looks like; empty where nothing is said.
  func answer(_ operation: Operation) -> AnswerShape {
    guard let media = media(success(operation), as: .json)?.tree else { return AnswerShape() }
    var shape = AnswerShape()
    shape.add(schema: media["schema"], in: self)
    if let example = media["example"] ?? resolved(media["examples"]?.members.first?.value)?["value"] { shape.add(sample: example) }
    return shape
  }

  /// The name of a parameter in the query, where one of some names is described.
  func query(_ operation: Operation, _ names: [String]) -> (name: String, schema: JSONTree?)? {
    for name in names {
      for parameter in operation.parameters {
        guard let tree = resolved(parameter), tree["in"]?.text?.hasSameBytes(as: "query") ?? false else { continue }
        if tree["name"]?.text?.hasSameBytes(as: name) ?? false { return (name, resolved(tree["schema"])) }
      }
    }
    return nil
  }
}
