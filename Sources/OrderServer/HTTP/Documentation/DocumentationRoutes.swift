import HTTPTypes
import Hummingbird
import NIOCore
import Shared

/// The API's description, and a page on which it can be read and tried out.
struct DocumentationRoutes: Sendable {
  let profile: Profile

  func add(to routes: inout Routes) {
    guard profile.spelling.hasDocumentation else { return }
    let description = OpenAPIDocument(profile: profile).json
    routes.get("/openapi.json") { _, _ in Response(.ok, description) }
    routes.get("/docs") { _, _ in
      Response(
        status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
        body: ResponseBody(byteBuffer: ByteBuffer(string: Self.page)))
    }
  }

  /// It needs nothing from elsewhere, so that it works without a network.
  private static let page = """
    <!doctype html>
    <html lang="en">
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>Orders: API documentation</title>
    <style>
      body { font: 16px/1.5 system-ui, sans-serif; max-width: 50rem; margin: 2rem auto; padding: 0 1rem }
      summary { cursor: pointer } code, textarea, pre { font: 14px/1.4 ui-monospace, monospace }
      textarea { width: 100%; height: 6rem } pre { background: #f2f2f2; color: #111; padding: .5rem; overflow: auto }
      details { border-bottom: 1px solid #ccc; padding: .5rem 0 } input { margin: 0 .5rem .5rem 0 }
    </style>
    <h1>Orders</h1>
    <p>Described in <a href="/openapi.json">openapi.json</a>. <label>Authorization <input id="auth" placeholder="Bearer …"></label></p>
    <main>Loading…</main>
    <script>
      const element = (name, values, ...children) => {
        const made = Object.assign(document.createElement(name), values)
        made.append(...children)
        return made
      }
      const section = (path, method, operation) => {
        const inputs = (operation.parameters || []).map(p => [p, element("input", { placeholder: p.name, ariaLabel: p.name })])
        const example = operation.requestBody && operation.requestBody.content["application/json"].example
        const body = example && element("textarea", { ariaLabel: "body", value: JSON.stringify(example, null, 2) })
        const answer = element("pre", { textContent: "" })
        const send = element("button", { textContent: "Send", onclick: async () => {
          let url = path
          const query = new URLSearchParams()
          for (const [p, input] of inputs) {
            if (p.in === "path") url = url.replace(`{${p.name}}`, encodeURIComponent(input.value))
            else if (input.value) query.set(p.name, input.value)
          }
          const headers = document.getElementById("auth").value ? { Authorization: document.getElementById("auth").value } : {}
          const response = await fetch(query.size ? `${url}?${query}` : url, { method, headers, body: body && body.value })
          answer.textContent = `${response.status}\n${await response.text()}`
        } })
        return element("details", {},
          element("summary", {}, element("code", { textContent: `${method} ${path}` }), ` ${operation.summary}`),
          ...inputs.map(([, input]) => input), ...(body ? [body] : []), send, answer)
      }
      fetch("/openapi.json").then(r => r.json()).then(api => document.querySelector("main").replaceChildren(
        ...Object.entries(api.paths).flatMap(([path, operations]) =>
          Object.entries(operations).map(([method, operation]) => section(path, method.toUpperCase(), operation)))))
    </script>
    </html>
    """
}
