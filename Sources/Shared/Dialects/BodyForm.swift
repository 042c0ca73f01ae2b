/// What a request's body is written in, which says how the values of its slots are escaped.
public enum BodyForm: Sendable, Hashable {
  case json
  /// `application/x-www-form-urlencoded`: names and values with `=` and `&` between.
  case form
  case xml
  /// Any other: values are written as they are.
  case plain

  /// - Parameter contentType: the value of the header, with or without parameters.
  public init(contentType: String) {
    let type = (contentType.parts(between: ";").first.map(String.init) ?? "").filter { $0 != " " }.lowercased()
    if type.hasSuffix("/json") || type.hasSuffix("+json") || type.hasSuffix("-json-1.0") || type.hasSuffix("-json-1.1") {
      self = .json
    } else if type == "application/x-www-form-urlencoded" {
      self = .form
    } else if type.hasSuffix("/xml") || type.hasSuffix("+xml") {
      self = .xml
    } else {
      self = .plain
    }
  }
}

extension Dialect {
  /// What the body of a request is written in: by its own content type, or that of every request, or else JSON.
  public func bodyForm(of request: Request) -> BodyForm {
    let type = (request.headers + headers).first { $0.name.isSameWord(as: "content-type") }
    return type.map { BodyForm(contentType: $0.value.description) } ?? .json
  }
}
