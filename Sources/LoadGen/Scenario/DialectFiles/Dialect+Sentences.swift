import Shared

extension Dialect {
  /// What a client makes of the dialect: one sentence for each of its parts.
  package var sentences: [String] {
    let sentences: [String?] = [
      "An order is made by \(create.request.words)\(contentType), acknowledged by \(Self.words(create.acceptedCodes)); \(create.id.words).",
      duplicates, "An order's status is \(status.words(list)).",
      order.map { "A whole order is had by \($0.request.words), its status at \($0.status.words)." },
      cancel.map {
        "An order is cancelled by \($0.request.words): \(Self.words($0.acceptedCodes)) says that it is, "
          + "\(Self.words($0.refusedCodes)) that it is no longer pending."
      } ?? "Orders are not cancelled.",
      list.map {
        "The list is had by \($0.request.words), at \($0.orders.words), each order's id at '\($0.id)' and its status at '\($0.status)', "
          + ($0.pages.map { "further pages by the cursor at '\($0.cursor)'." } ?? "all on one page.")
      } ?? "Orders are not listed.",
      metrics?.words ?? "The API says nothing about itself: nothing is audited.",
      orderMetrics.map {
        "How long an order took from \($0.span.words) is at '\($0.field)' of GET \($0.path), in units of \($0.unit.text)."
      }
        ?? "Single orders have no metrics.",
      authentication.words,
      orderTimeout.map { "An order may take \($0.text) to its end, where --order-timeout says nothing." },
    ]
    return sentences.compactMap { $0 }
  }

  /// What the content type adds to the sentence about creates; empty where the body is plain JSON, or there is none.
  private var contentType: String {
    let type = (create.request.headers + headers).first { $0.name.lowercased() == "content-type" }
    return create.request.body == nil ? "" : type.map { " as \($0.value)" } ?? ""
  }

  private var duplicates: String {
    switch create.duplicates {
    case .refused: "The same order a second time is refused."
    case .sameID(let key): "The same order a second time, with the same \(key.name), brings the same id."
    case nil: "The API cannot tell the same order a second time from another."
    }
  }

  /// As in "200, 201 or 202".
  static func words(_ codes: Set<Int>) -> String {
    let texts = codes.sorted().map { "\($0)" }
    guard let last = texts.last else { return "no code" }
    return texts.count == 1 ? last : "\(texts.dropLast().joined(separator: ", ")) or \(last)"
  }
}

extension Dialect.Request {
  fileprivate var words: String { "\(method) \(path)" }
}

extension FieldPath {
  /// A place in an answer.
  var words: String { keys.isEmpty ? "the answer itself" : "'\(self)'" }
}

extension Dialect.IDSource {
  fileprivate var words: String {
    let place =
      switch self.place {
      case .body(let field): "the id is at \(field.words)"
      case .header(let name): "the id is in the header \(name)"
      case .own(let template): "the id is our own, \(template)"
      }
    return place + (cut.map { ", cut out of '\($0)'" } ?? "") + (letterCase.map { ", its letters made \($0.rawValue)" } ?? "")
  }
}

extension Dialect.Status {
  fileprivate func words(_ list: Dialect.List?) -> String {
    let known = words.listed
    switch source {
    case .order(let request, let field): return "asked for by \(request.words), at \(field.words): \(known)"
    case .list: return "searched in the list, at '\(list?.status.description ?? "")': \(known)"
    }
  }
}

extension StatusWords {
  /// As in "NEW is pending, DONE or ARCHIVED is completed".
  var listed: String {
    OrderStatus.allCases.filter { !words(for: $0).isEmpty }
      .map { "\(words(for: $0).joined(separator: " or ")) is \($0.rawValue)" }.joined(separator: ", ")
  }
}

extension Dialect.Metrics {
  fileprivate var words: String {
    let known = figures.map { "\($0.quantity.words) at '\($0.field)'\($0.details)" }.joined(separator: ", ")
    switch source {
    case .document(let path): return "GET \(path) says \(known)."
    case .list: return "What the API claims is counted from its list: \(figures.map(\.quantity.words).joined(separator: ", "))."
    }
  }
}

extension Dialect.Figure {
  fileprivate var details: String {
    guard quantity.isDuration else { return "" }
    return unit == .seconds(1) ? " (in seconds)" : " (in units of \(unit.text))"
  }
}

extension Authentication.TokenPlace {
  fileprivate var subject: String { self == .cookies ? "Cookies go" : "A token goes" }

  /// Where it stands, as in "at 'access_token'".
  var words: String {
    switch self {
    case .body(let field): "at \(field.words)"
    case .header(let name): "in its header \(name)"
    case .cookies: "in its headers Set-Cookie"
    }
  }
}

extension Authentication {
  fileprivate var words: String {
    switch self {
    case .none: "Nobody has to say who asks."
    case .basic: "A name and a password go with every request."
    case .bearer(let login):
      "\(login.token.subject) with every request, had by \(login.request.words), \(login.token.words), and renewed by "
        + "\(login.refresh.map { $0.request.words } ?? "logging in again")"
        + (login.register.map { "; accounts are made by \($0.words)." } ?? ".")
    }
  }
}
