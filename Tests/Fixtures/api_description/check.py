"""check.py FILE: holds an OpenAPI document against what its readers count on; says what is wrong, and ends with 1 where anything is.

- It is a valid OpenAPI 3.1 document.
- Every example and every default fits its schema.
- Every object that the server answers with is closed: it has no members but those that are described.
- Every operation has a name of its own, and every link leads to one.
"""

import json
import sys

from description import Description

# What OpenAPI itself says of such documents is not said again.
OPEN = ("describe",)


def openings(schema, description, seen=frozenset()):
    """Where a schema leaves room for members that it does not name."""
    if (reference := schema.get("$ref")) and reference not in seen:
        yield from openings(description.component(reference), description, seen | {reference})
    members = schema.get("properties", {})
    others = schema.get("additionalProperties", True)
    if schema.get("type") == "object":
        if others is True:
            yield f"further members are let through by {json.dumps(schema)[:120]}"
        for name in set(schema.get("required", [])) - set(members):
            yield f"'{name}' is required and not described"
    parts = list(members.values()) + schema.get("anyOf", []) + [schema[key] for key in ["items"] if key in schema]
    for part in parts + ([others] if isinstance(others, dict) else []):
        yield from openings(part, description, seen)


def examples(content):
    if "example" in content:
        yield "example", content["example"]
    for name, example in content.get("examples", {}).items():
        yield name, example["value"]


def complaints(description):
    yield from description.errors()
    names = [operation["operationId"] for _, _, operation in description.operations()]
    bodies = []
    for path, method, operation in description.operations():
        name = operation["operationId"]
        where = f"{method} {path}"
        if names.count(name) > 1:
            yield f"{where}: {name} is the name of several operations"
        bodies += [(f"{where}: request", False, operation["requestBody"])] if "requestBody" in operation else []
        bodies += [(f"{where}: {code}", name not in OPEN, response) for code, response in operation["responses"].items()]
        for parameter in operation.get("parameters", []):
            if "default" in parameter["schema"]:
                for misfit in description.misfits(parameter["schema"]["default"], parameter["schema"]):
                    yield f"{where}: {parameter['name']}: default: {misfit}"
        for response in operation["responses"].values():
            for link in response.get("links", {}).values():
                if link["operationId"] not in names:
                    yield f"{where}: a link to {link['operationId']}, which is not there"
    bodies += [(name, True, response) for name, response in description.document["components"]["responses"].items()]
    for where, is_closed, body in bodies:
        for kind, content in body["content"].items():
            for name, value in examples(content):
                yield from (f"{where}: {kind}: {name}: {misfit}" for misfit in description.misfits(value, content["schema"]))
            if is_closed:
                yield from (f"{where}: {kind}: {opening}" for opening in openings(content["schema"], description))


with open(sys.argv[1], encoding="utf-8") as file:
    found = list(complaints(Description(json.load(file))))
print("\n".join(found))
sys.exit(1 if found else 0)
