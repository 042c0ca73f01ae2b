#!/usr/bin/env python3
"""Holds summaries against their JSON Schema: validate.py SCHEMA as-written|of-earlier FILE...

The published schema lets readers meet keys that they do not know. Here no key may be there that it does not tell of, but in tables whose keys
a run names itself; and of a summary that this version wrote (as-written) every key must be there, but those whose $comment says "Only …". Each
fault is a line; it ends with 1 where there is one, and with 2 where the schema itself is wrong or leaves a key without a description.
"""
import json
import sys

from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError


def strict(node, every):
    """The same schema, but closed, and where `every`, with all keys required."""
    if isinstance(node, list):
        return [strict(part, every) for part in node]
    if not isinstance(node, dict):
        return node
    properties = node.get("properties")
    # A key of a summary may be called like a keyword.
    result = {key: value if key == "properties" else strict(value, every) for key, value in node.items()}
    if isinstance(properties, dict):
        result["properties"] = {name: strict(value, every) for name, value in properties.items()}
        result.setdefault("additionalProperties", False)
        if every:
            result["required"] = [name for name, value in properties.items() if not value.get("$comment", "").startswith("Only")]
    return result


def undescribed(node, place=""):
    """The keys of which the schema does not say what they are."""
    if isinstance(node, list):
        return [found for part in node for found in undescribed(part, place)]
    if not isinstance(node, dict):
        return []
    found = []
    for name, value in node.get("properties", {}).items():
        if not value.get("description"):
            found.append(f"{place}.{name}")
    for key, value in node.items():
        parts = value.items() if key in ("properties", "$defs") else [(key, value)]
        for name, part in parts:
            found += undescribed(part, f"{place}.{name}")
    return found


def main(path, kind, *files):
    with open(path, encoding="utf-8") as file:
        schema = json.load(file)
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as error:
        print(f"{path}: {error.message}")
        return 2
    if left := undescribed(schema):
        print(f"{path}: no description of {', '.join(left)}")
        return 2
    validators = [Draft202012Validator(schema), Draft202012Validator(strict(schema, {"as-written": True, "of-earlier": False}[kind]))]
    faults = 0
    for name in files:
        with open(name, encoding="utf-8") as file:
            summary = json.load(file)
        for error in (error for validator in validators for error in validator.iter_errors(summary)):
            faults += 1
            print(f"{name}: {error.json_path}: {error.message[:300]}")
    return 1 if faults else 0


sys.exit(main(*sys.argv[1:]))
