/// The page at `/docs`. It builds itself from `/openapi.json` and loads nothing else, so that it works without a network.
enum DocumentationPage {
  /// The value of `Content-Type`.
  static let type = "text/html; charset=utf-8"

  /// The value of `Content-Security-Policy`: the page may send requests only to its own server, and may run and load nothing that is not in
  /// it.
  static let policy =
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; connect-src 'self'; "
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

  static let text = """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Orders: API documentation</title>
    <link rel="icon" href="data:,">
    <style>
    \(style)
    </style>
    </head>
    <body>
    <nav aria-label="Operations"></nav>
    <main>
    <noscript>This page is made by a script. What it shows stands in <a href="/openapi.json">openapi.json</a>.</noscript>
    </main>
    <script>
    \(script)
    </script>
    </body>
    </html>

    """
}
