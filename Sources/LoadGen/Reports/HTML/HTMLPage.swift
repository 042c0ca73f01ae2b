import LoadRun

/// The frame of every page and the parts that it is made of: it loads nothing, runs no script, and can be printed.
enum HTMLPage {
  /// - Parameter content: what the page shows, from its header on.
  static func render(title: String, _ content: Markup) -> String {
    let page: Markup = """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <title>\(title)</title>
      <style>
      \(StyleSheet.markup)
      </style>
      </head>
      <body>
      <main>
      \(content)
      </main>
      </body>
      </html>

      """
    return page.text
  }

  /// A section of the page; empty where it has no content.
  static func section(_ title: Markup, _ content: Markup) -> Markup {
    content == .empty ? .empty : "<section>\n<h2>\(title)</h2>\n\(content)</section>\n"
  }

  /// Content that is folded into one line until the reader opens it.
  static func fold(_ title: Markup, _ content: Markup) -> Markup {
    content == .empty ? .empty : "<details><summary>\(title)</summary>\n\(content)</details>\n"
  }

  /// Charts beside each other, as many as there is room for; empty where there are none.
  static func charts(_ charts: Markup) -> Markup { charts == .empty ? .empty : "<div class=\"charts\">\n\(charts)</div>\n" }

  /// Text that may be broken after its `..`, between `80.4ms..` and `103ms`.
  static func ranged(_ text: String) -> Markup {
    guard let dots = text.firstRange(of: "..") else { return "\(text)" }
    return
      "<span class=\"range\">\(String(text[..<dots.lowerBound]))</span><span class=\"quiet\">..</span><wbr/><span class=\"range\">\(String(text[dots.upperBound...]))</span>"
  }

  /// Names and values below a heading; empty where there are none. Both may come from elsewhere, and are made legible here.
  static func facts(_ title: String, _ facts: [(key: String, value: String)]) -> Markup {
    guard !facts.isEmpty else { return .empty }
    let rows = facts.map { fact -> Markup in
      "<dt>\(Legible.line(fact.key, limit: 40))</dt><dd><bdi>\(Legible.line(fact.value))</bdi></dd>\n"
    }
    return "<div><h3>\(title)</h3>\n<dl>\n\(rows)</dl></div>\n"
  }
}
