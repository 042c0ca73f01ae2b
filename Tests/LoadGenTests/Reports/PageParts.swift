import Testing

/// What each of our pages is made of, and nothing else.
struct PageParts {
  var elements: Set<String>
  var attributes: Set<String>

  /// What all of them have in common, and more.
  init(elements: Set<String> = [], attributes: Set<String> = []) {
    self.elements = Self.commonElements.union(elements)
    self.attributes = Self.commonAttributes.union(attributes)
  }

  private static let commonElements: Set<String> = [
    "html", "head", "meta", "title", "style", "body", "main", "header", "section", "h1", "h2", "h3", "p", "span", "strong", "code", "bdi",
    "div", "table", "thead", "tbody", "tr", "th", "td", "dl", "dt", "dd", "figure", "figcaption", "svg", "desc", "path", "wbr", "rect",
    "circle", "text",
  ]
  private static let commonAttributes: Set<String> = [
    "lang", "charset", "name", "content", "http-equiv", "class", "id", "role", "scope", "aria-label", "aria-labelledby", "aria-hidden",
    "viewBox", "d", "data-label", "x", "y", "width", "height", "cx", "cy", "r",
  ]
  private static let ofPaths = Set("MLHVZhlmvz-.0123456789 ".utf8)

  /// Expects that a page is well-formed, has these elements and attributes alone, each id once, and is drawn by numbers.
  func expect(in page: String, _ comment: Comment) {
    let tree = XMLTree(page)
    #expect(tree.error == nil, comment)
    for element in tree.elements {
      #expect(elements.contains(element.name), "\(element)")
      #expect(Set(element.attributes.keys).isSubset(of: attributes), "\(element)")
      for name in ["x", "y", "width", "height", "cx", "cy", "r"] {
        if let value = element.attributes[name] { #expect(Double(value) != nil, "\(element)") }
      }
      if let path = element.attributes["d"] { #expect(path.utf8.allSatisfy(Self.ofPaths.contains), "\(element)") }
    }
    let ids = tree.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count, comment)
    #expect(!page.saysNoNumber, comment)
  }
}
