"""An OpenAPI document as a server gave it, and whether what was seen fits it."""

import json

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator
from referencing import Registry
from referencing.jsonschema import DRAFT202012


class Description:
    def __init__(self, document):
        self.document = document
        self.registry = Registry().with_resource("urn:document", DRAFT202012.create_resource(document))

    def errors(self):
        """Where it is no OpenAPI 3.1 document."""
        for error in OpenAPIV31SpecValidator(self.document).iter_errors():
            yield f"{'/'.join(map(str, error.absolute_path))}: {error.message}"

    def operations(self):
        for path, methods in self.document["paths"].items():
            for method, operation in methods.items():
                yield path, method, operation

    def component(self, reference):
        return self.document["components"]["schemas"][reference.rsplit("/", 1)[1]]

    def misfits(self, value, schema):
        """What is wrong with a value, by a schema of this document."""
        # References lead into the document, wherever the schema is looked at from.
        absolute = json.loads(json.dumps(schema).replace('"#/', '"urn:document#/'))
        for error in Draft202012Validator(absolute, registry=self.registry).iter_errors(value):
            yield f"{error.message[:200]} at {error.json_path}"

    def responses(self, method, path):
        """What a request with all due credentials may be answered with: by code, as an operation's responses."""
        everywhere = self.document["components"]["responses"]
        # As the server does: slashes that lead to nothing are passed over.
        asked = [part for part in path.partition("?")[0].split("/") if part]
        # A path without braces goes before one that has them.
        for known in sorted(self.document["paths"], key=lambda known: "{" in known):
            parts = [part for part in known.split("/") if part]
            if len(parts) == len(asked) and all(part == "{id}" or part == given for part, given in zip(parts, asked)):
                operation = self.document["paths"][known].get("get" if method == "HEAD" else method.lower())
                return operation["responses"] if operation else {"405": everywhere["MethodNotAllowed"]}
        return {"404": everywhere["NoSuchPath"]}

    def mismatches(self, method, path, code, headers, body):
        """How an answer departs from what is said of its request. `headers` by lower-case name."""
        response = self.responses(method, path).get(str(code))
        if response is None:
            yield f"{code} is not among the answers"
            return
        for name, header in response.get("headers", {}).items():
            value = headers.get(name.lower())
            if value is None:
                if header["required"]:
                    yield f"{name} is missing"
            else:
                typed = int(value) if header["schema"].get("type") == "integer" and value.isdigit() else value
                yield from (f"{name}: {misfit}" for misfit in self.misfits(typed, header["schema"]))
        kind = headers.get("content-type")
        content = response["content"].get(kind)
        if content is None:
            yield f"the body is said to be {kind}"
        elif method == "HEAD":
            if body:
                yield "an answer to HEAD has a body"
        elif "json" in kind:
            yield from self.misfits(json.loads(body), content["schema"])
