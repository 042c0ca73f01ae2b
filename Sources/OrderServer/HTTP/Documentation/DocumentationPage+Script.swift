extension DocumentationPage {
  static let script = #"""
    const make = (name, values, ...children) => {
      const element = Object.assign(document.createElement(name), values)
      element.append(...children.filter(child => child !== null && child !== undefined))
      return element
    }
    const pretty = value => typeof value === "string" ? value : JSON.stringify(value, null, 2)
    let api

    // Schemas, in words and as trees.

    const nameOf = schema => schema.$ref && schema.$ref.split("/").pop()
    const resolved = schema => schema.$ref ? { ...resolved(api.components.schemas[nameOf(schema)]), ...schema } : schema
    const between = (low, high, unit) =>
      low === undefined && high === undefined ? null
        : high === undefined ? `from ${low}${unit}`
        : low === undefined ? `up to ${high}${unit}`
        : low === high ? `${low}${unit}` : `${low} to ${high}${unit}`

    const typeOf = given => {
      const schema = resolved(given)
      if ("const" in schema) return JSON.stringify(schema.const)
      if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(" | ")
      if (schema.anyOf) return schema.anyOf.map(typeOf).join(" or ")
      const facts = {
        array: () => [["list of", between(schema.minItems, schema.maxItems, " ×"), typeOf(schema.items)].filter(Boolean).join(" ")],
        string: () => ["string", between(schema.minLength, schema.maxLength, " characters"), schema.format],
        object: () => [nameOf(given) || "object"],
      }
      const known = facts[schema.type] || (() => [schema.type || "anything", between(schema.minimum, schema.maximum, "")])
      return known().filter(Boolean).join(", ") + ("default" in schema ? `, ${schema.default} where left out` : "")
    }

    const treeOf = given => {
      const schema = resolved(given)
      if (schema.anyOf) {
        const trees = schema.anyOf.map(treeOf).filter(Boolean)
        return trees.length ? make("div", {}, ...trees) : null
      }
      if (schema.items) return treeOf(schema.items)
      if (!schema.properties) return null
      const required = schema.required || []
      return make("ul", { className: "schema" }, ...Object.entries(schema.properties).map(([name, value]) => {
        const member = resolved(value)
        return make("li", {},
          make("code", { className: "name", textContent: name }), make("code", { className: "quiet", textContent: typeOf(value) }),
          required.includes(name) ? null : make("span", { className: "quiet", textContent: " · optional" }),
          member.description ? make("span", { className: "note", textContent: member.description }) : null,
          member.pattern ? make("span", { className: "note" }, "matches ", make("code", { textContent: member.pattern })) : null,
          treeOf(value))
      }))
    }

    // Responses and bodies.

    const examplesOf = content => content.examples
      ? Object.values(content.examples) : "example" in content ? [{ value: content.example }] : []

    const contentsOf = contents => Object.entries(contents || {}).flatMap(([type, content]) => [
      make("p", {}, make("code", { textContent: type }), " ", make("code", { className: "quiet", textContent: typeOf(content.schema) })),
      treeOf(content.schema),
      ...examplesOf(content).flatMap(example => [
        example.summary ? make("p", { className: "note", textContent: example.summary }) : null,
        make("pre", { textContent: pretty(example.value) }),
      ]),
    ])

    const responseOf = (code, response) => make("details", { className: "response" },
      make("summary", {},
        make("span", { className: `code ${code < 400 ? "good" : "bad"}`, textContent: code }), response.description),
      make("div", {},
        ...Object.entries(response.headers || {}).map(([name, header]) => make("p", {},
          make("code", { textContent: name }), " ", make("code", { className: "quiet", textContent: typeOf(header.schema) }),
          make("span", { className: "note", textContent: header.description }))),
        ...contentsOf(response.content)))

    // Trying it out.

    const inputs = {}
    const token = make("input", { autocomplete: "off", spellcheck: false })

    // What an answer says of the next requests goes into their forms.
    const follow = (response, sent, body) => {
      for (const link of Object.values(response.links || {})) {
        const target = inputs[link.operationId]
        const value = expression => {
          const [source, name] = expression.split(".body#/")
          return (source === "$request" ? JSON.parse(sent) : body)[name]
        }
        for (const [name, pointer] of Object.entries(link.parameters || {})) {
          const found = value(pointer)
          if (target && target.parameters[name] && found !== undefined) target.parameters[name].value = found === null ? "" : found
        }
        if (target && target.body && link.requestBody) {
          target.body.value = pretty(Object.fromEntries(Object.entries(link.requestBody).map(([name, pointer]) => [name, value(pointer)])))
        }
      }
      if (body && body.access_token) token.value = body.access_token
    }

    const formOf = (path, method, operation) => {
      const parameters = operation.parameters || []
      const mine = { parameters: {} }
      inputs[operation.operationId] = mine
      const field = (name, input) => make("label", {}, name, input)
      const fields = parameters.map(parameter => {
        const input = make("input", { required: parameter.required, autocomplete: "off", spellcheck: false, placeholder: typeOf(parameter.schema) })
        mine.parameters[parameter.name] = input
        return field(parameter.name, input)
      })
      if (operation.requestBody) {
        const content = operation.requestBody.content["application/json"]
        mine.body = make("textarea", { spellcheck: false, value: pretty(content.example) })
        fields.push(field("body", mine.body))
      }
      const good = Object.entries(operation.responses).find(([code]) => code < 400)
      const types = Object.keys(good[1].content)
      const accept = types.length > 1 ? make("select", {}, ...types.map(type => make("option", { textContent: type }))) : null
      if (accept) fields.push(field("Accept", accept))
      const answer = make("div", { ariaLive: "polite" })
      const send = async event => {
        event.preventDefault()
        const query = new URLSearchParams()
        const headers = {}
        let target = path
        for (const { name, in: place } of parameters) {
          const value = mine.parameters[name].value
          if (place === "path") target = target.replace(`{${name}}`, encodeURIComponent(value))
          else if (value !== "" && place === "query") query.set(name, value)
          else if (value !== "") headers[name] = value
        }
        if (mine.body) headers["Content-Type"] = "application/json"
        if (accept) headers.Accept = accept.value
        if (token.value && operation.security.some(scheme => "bearer" in scheme)) headers.Authorization = `Bearer ${token.value.trim()}`
        const url = new URL(query.size ? `${target}?${query}` : target, location.origin)
        try {
          const response = await fetch(url, { method: method.toUpperCase(), headers, body: mine.body && mine.body.value })
          const text = await response.text()
          let shown = text
          if (/json/.test(response.headers.get("content-type"))) {
            const body = JSON.parse(text)
            shown = pretty(body)
            follow(operation.responses[response.status] || {}, mine.body && mine.body.value, body)
          }
          answer.replaceChildren(
            make("p", {}, make("span", { className: `code ${response.ok ? "good" : "bad"}`, textContent: response.status }), response.statusText),
            make("pre", { className: "wrapped", textContent: [...response.headers].map(pair => pair.join(": ")).join("\n") }),
            make("pre", { className: "wrapped", textContent: shown }))
        } catch (error) {
          answer.replaceChildren(make("p", { className: "bad", textContent: `There was no answer: ${error.message}` }))
        }
      }
      return make("form", { onsubmit: send }, make("h3", { textContent: "Try it" }), ...fields, make("button", { textContent: "Send" }), answer)
    }

    // The page.

    const operationOf = (path, method, operation) => make("details", { className: "operation", id: operation.operationId },
      make("summary", {},
        make("span", { className: `method ${method}`, textContent: method.toUpperCase() }), make("code", { textContent: path }),
        make("span", { className: "quiet", textContent: operation.summary })),
      make("div", {},
        operation.description ? make("p", { textContent: operation.description }) : null,
        ...operation.security.flatMap(scheme => Object.keys(scheme)).map(name => make("p", { className: "quiet" },
          "Needs credentials: ", make("code", { textContent: name }))),
        operation.parameters ? make("h3", { textContent: "Parameters" }) : null,
        operation.parameters ? make("ul", { className: "schema" }, ...operation.parameters.map(parameter => make("li", {},
          make("code", { className: "name", textContent: parameter.name }),
          make("code", { className: "quiet", textContent: typeOf(parameter.schema) }),
          make("span", { className: "quiet", textContent: ` · ${parameter.in}${parameter.required ? "" : ", optional"}` }),
          make("span", { className: "note", textContent: parameter.description })))) : null,
        operation.requestBody ? make("h3", { textContent: "Request" }) : null,
        ...(operation.requestBody ? contentsOf(operation.requestBody.content) : []),
        make("h3", { textContent: "Responses" }),
        ...Object.entries(operation.responses).map(([code, response]) => responseOf(code, response)),
        formOf(path, method, operation)))

    const schemeOf = ([name, scheme]) => make("div", {},
      make("p", {}, make("code", { textContent: `${name} (${[scheme.type, scheme.scheme, scheme.bearerFormat].filter(Boolean).join(", ")})` }),
        ` ${scheme.description}`),
      scheme.scheme === "bearer" ? make("label", {}, "Access token", token) : null,
      scheme.scheme === "bearer" ? make("p", { className: "note", textContent: "A login below puts it here." }) : null)

    const show = () => {
      const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))
      const of = tag => operations.filter(({ operation }) => operation.tags.includes(tag.name))
      document.title = api.info.title
      document.querySelector("nav").replaceChildren(...api.tags.flatMap(tag => [
        make("strong", { textContent: tag.name }),
        ...of(tag).map(({ path, method, operation }) => make("a", { href: `#${operation.operationId}`, title: operation.summary },
          make("span", { className: `method ${method}`, textContent: method.toUpperCase() }), path)),
      ]))
      const schemes = Object.entries(api.components.securitySchemes || {})
      document.querySelector("main").replaceChildren(
        make("h1", { textContent: api.info.title }),
        ...api.info.description.split("\n\n").map(text => make("p", { textContent: text })),
        make("p", {}, make("a", { href: "/openapi.json", textContent: "openapi.json" }), ` · OpenAPI ${api.openapi}`),
        ...(schemes.length ? [make("h2", { textContent: "Credentials" }), ...schemes.map(schemeOf)] : []),
        ...api.tags.flatMap(tag => [
          make("h2", { textContent: tag.name }), ...of(tag).map(({ path, method, operation }) => operationOf(path, method, operation)),
        ]),
        make("h2", { textContent: "Everywhere else" }),
        responseOf(404, api.components.responses.NoSuchPath), responseOf(405, api.components.responses.MethodNotAllowed))
      openNamed()
    }

    // A link to an operation opens it.
    const openNamed = () => {
      const operation = location.hash && document.getElementById(location.hash.slice(1))
      if (!operation) return
      operation.open = true
      operation.scrollIntoView()
    }
    addEventListener("hashchange", openNamed)

    fetch(new URL("/openapi.json", location.origin))
      .then(response => response.ok ? response.json() : Promise.reject(new Error(`it was answered with ${response.status}`)))
      .then(document => { api = document; show() })
      .catch(error => document.querySelector("main").replaceChildren(
        make("p", { className: "bad", textContent: `The description could not be read: ${error.message}` })))
    """#
}
