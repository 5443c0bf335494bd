"""The public REST specification of the Batch service: its versions and their examples of requests."""
import json
import os
import re
from urllib.parse import quote

from support.today import objects

TYPES = {
    "object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": (int, float),
    "file": object}
METHODS = ("get", "put", "post", "delete", "head", "patch")


class Specification:
    """One version of the service, as a document of OpenAPI 2 describes it."""

    def __init__(self, path):
        self.path = path
        self.document = load(path)
        self.version = self.document["info"]["version"]

    def examples(self):
        """The examples of all operations."""
        for path, item in self.document["paths"].items():
            for method in METHODS:
                operation = item.get(method, {})
                parameters = item.get("parameters", []) + operation.get("parameters", [])
                for reference in operation.get("x-ms-examples", {}).values():
                    file = os.path.join(os.path.dirname(self.path), reference["$ref"])
                    yield Example(
                        self, method.upper(), path, [self.resolved(each) for each in parameters],
                        operation.get("responses", {}), file)

    def differences(self, value, schema, place=""):
        """Where JSON is not as a schema says: properties that the version has not, or has to have, and types."""
        properties, required, schema = self._properties(schema)
        kind = schema.get("type") or ("object" if properties else None)
        # As in all of OData, integers of 64 bits are strings.
        if schema.get("format") == "int64" and isinstance(value, str) and value.isdecimal():
            return
        if kind and not isinstance(value, TYPES[kind]) or isinstance(value, bool) and kind in ("integer", "number"):
            yield "%s is no %s" % (place, kind)
        elif isinstance(value, dict) and properties:
            yield from ("%s.%s is missing" % (place, name) for name in sorted(required - value.keys()))
            for name, each in value.items():
                if name in properties:
                    yield from self.differences(each, properties[name], "%s.%s" % (place, name))
                elif name != "odata.metadata":
                    yield "%s.%s is unknown" % (place, name)
        elif isinstance(value, list):
            for each in value:
                yield from self.differences(each, schema.get("items", {}), place + "[]")
        elif str(value).lower() not in [each.lower() for each in schema.get("enum", [str(value)])]:
            yield "%s is '%s'" % (place, value)

    def _properties(self, schema):
        """The properties of an object, those of it that have to be there, and its schema."""
        schema = self.resolved(schema)
        properties, required = dict(schema.get("properties", {})), set(schema.get("required", []))
        for base in schema.get("allOf", []):
            inherited, needed, base = self._properties(base)
            properties, required, schema = dict(inherited, **properties), required | needed, dict(base, **schema)
        return properties, required, schema

    def resolved(self, node):
        """What a reference within the document leads to."""
        while "$ref" in node:
            target = self.document
            for part in node["$ref"].lstrip("#/").split("/"):
                target = target[part]
            node = target
        return node


class Example:
    """The example of a request and of its answers."""

    def __init__(self, specification, method, template, parameters, responses, file):
        self.specification, self.method, self.template, self.responses = specification, method, template, responses
        self.name = os.path.splitext(os.path.basename(file))[0]
        content = load(file)
        self.statuses = sorted(int(status) for status in content["responses"] if int(status) < 300)
        self.path_values, self.query, self.headers, self.body = {}, {}, {}, None
        for parameter in parameters:
            value = content["parameters"].get(parameter["name"])
            if value is None and parameter["in"] == "body":
                # Later examples call it otherwise than the operation does.
                value = next((each for each in content["parameters"].values() if isinstance(each, dict)), None)
            # Examples have the date of the day on which they were written.
            if value is None or parameter["name"] in ("api-version", "ocp-date"):
                continue
            if parameter["in"] == "body":
                self.body = value
            elif parameter["in"] == "path":
                self.path_values[parameter["name"]] = value
            else:
                values = self.query if parameter["in"] == "query" else self.headers
                values[parameter["name"]] = value if isinstance(value, str) else json.dumps(value)

    @property
    def version(self):
        return self.specification.version

    @property
    def missing(self):
        """What the path has to have a value of, and the example has none of."""
        return sorted(set(re.findall(r"\{(\w+)\}", self.template)) - self.path_values.keys())

    @property
    def operation(self):
        """The operation whatever the version calls it, as in `POST /pools/*/resize`."""
        return self.method + " " + re.sub(r"\{\w+\}", "*", self.template)

    @property
    def path(self):
        """The path with the values of the example, encoded."""
        return re.sub(r"\{(\w+)\}", lambda match: quote(self.path_values[match[1]], safe=""), self.template)

    def differences(self, answer):
        """Where an answer is not as the version describes it."""
        schema = self.responses.get(str(answer.status), {}).get("schema")
        if not schema or not answer.headers.get("Content-Type", "").startswith("application/json"):
            return []
        return sorted(set(self.specification.differences(answer.json, schema)))


def specifications(directory):
    """The documents of the Batch service below a directory, from the oldest version to the newest."""
    found = []
    for folder, folders, files in os.walk(directory):
        if "examples" not in folders:
            continue
        for name in sorted(files):
            if name.endswith(".json") and "/pools" in load(os.path.join(folder, name)).get("paths", {}):
                found.append(Specification(os.path.join(folder, name)))
    return sorted(found, key=lambda each: (each.version, each.path))


def load(path):
    with open(path, encoding="utf-8-sig") as file:
        return json.load(file)


def values_of(node, name):
    """All values that JSON has under a name, at any depth."""
    return [each[name] for each in objects(node) if name in each]
