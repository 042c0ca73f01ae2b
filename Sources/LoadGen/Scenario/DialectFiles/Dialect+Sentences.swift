import Shared

extension Dialect {
  /// What a client makes of the dialect: one sentence for each of its parts.
  package var sentences: [String] {
    let sentences: [String?] = [
      "An order is made by \(create.request.words)\(contentType), acknowledged by \(Self.words(create.acceptedCodes))"
        + "\(create.success.map { " with \($0.sentence)" } ?? ""); \(create.id.words).",
      confirm.map {
        "Once it is acknowledged it is confirmed by \($0.request.words), acknowledged by \(Self.words($0.acceptedCodes))"
          + "\($0.success.map { " with \($0.sentence)" } ?? "")."
      },
      duplicates, "An order's status is \(status.words(list)).",
      order.map { "A whole order is had by \($0.request.words), its status at \($0.status.words)." },
      cancel.map {
        "An order is cancelled by \($0.request.words): \(Self.words($0.acceptedCodes)) says that it is, "
          + "\(Self.words($0.refusedCodes)) that it is no longer pending."
      } ?? "Orders are not cancelled.",
      list.map {
        "The list is had by \($0.request.words), \($0.words), " + ($0.pages.map { "further pages by \($0.words)." } ?? "all on one page.")
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

extension BodySign {
  /// As in "'ok' at 'status'".
  var sentence: String {
    "\(words.isEmpty ? "anything" : words.map { "'\($0)'" }.joined(separator: " or ")) at \(field.words)"
  }
}

extension Dialect.List {
  /// Where its orders are, as in "at 'orders', each order's id at 'id' and its status at 'state'".
  fileprivate var words: String {
    let places = parts.map { part in part.orders.words + (part.status.map { " (\($0.rawValue))" } ?? "") }.joined(separator: ", ")
    let status = parts.contains { $0.status == nil } ? " and its status at \(self.status.words)" : ""
    return "at \(places), each order's id \(id.words)\(status)"
  }
}

extension Dialect.List.Pages {
  fileprivate var words: String {
    switch way {
    case .cursor(let field): "the cursor at '\(field)'"
    case .offset: "the number of orders before them"
    case .number(let first): "their numbers from \(first)"
    case .link: "the links in the header Link"
    }
  }
}

extension Dialect.List.EntryID {
  /// Where it stands, as in "at 'id'".
  var words: String {
    switch self {
    case .field(let field): "at '\(field)'"
    case .key: "as its key"
    }
  }
}

extension Dialect.IDSource {
  fileprivate var words: String {
    let place =
      switch self.place {
      case .body(let field): "the id is at \(field.words)"
      case .header(let name): "the id is in the header \(name)"
      case .own(let template): "the id is our own, \(template)"
      case .untold: "no id is told"
      }
    return place + (cut.map { ", cut out of '\($0)'" } ?? "") + (letterCase.map { ", its letters made \($0.rawValue)" } ?? "")
  }
}

extension Dialect.Status {
  fileprivate func words(_ list: Dialect.List?) -> String {
    let known = words.listed
    switch source {
    case .untold: return "told by nothing: the figures alone show that orders end"
    case .order(let request, let field): return "asked for by \(request.words), at \(field.words): \(known)"
    case .list:
      let place =
        list?.parts.contains { $0.status != nil } ?? false ? "told by which list has it" : "at '\(list?.status.description ?? "")'"
      return "searched in the list, \(place): \(known)\(gone.map { "; what is gone from it is \($0.rawValue)" } ?? "")"
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
    let known = (figures.map { "\($0.quantity.words) at '\($0.name)'\($0.details)" } + (requests.map { [$0.words] } ?? []))
      .joined(separator: ", ")
    switch source {
    case .document(let request), .prometheus(let request): return "\(request.words) says \(known)."
    case .list: return "What the API claims is counted from its list: \(figures.map(\.quantity.words).joined(separator: ", "))."
    }
  }
}

extension Dialect.RequestFigures {
  fileprivate var words: String {
    let counted = countedWithin.map { $0 == .zero ? "counted before they are answered" : "counted within \($0.text) of their answers" }
    let details = [counted, endsWithAnswer ? "their durations over by then" : nil].compactMap(\.self).joined(separator: ", ")
    return "requests at \([counter, histogram].compactMap { $0.map { "'\($0)'" } }.joined(separator: " and "))"
      + (details.isEmpty ? "" : " (\(details))")
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
