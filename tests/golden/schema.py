"""A strict validator for the part of JSON Schema that our schemas use. Unknown keywords are an error, not ignored.

If the package python3-jsonschema is there, `validate` asks it as well.
"""
import re

try:
    import jsonschema
except ImportError:
    jsonschema = None

ANNOTATIONS = {"$schema", "$id", "$defs", "title", "description"}
TYPES = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool}


def check(value, schema, root, where="document"):
    if "$ref" in schema:
        schema = root["$defs"][schema["$ref"].removeprefix("#/$defs/")]
    for keyword, wanted in schema.items():
        if keyword in ANNOTATIONS:
            continue
        if keyword == "type":
            assert isinstance(value, TYPES[wanted]) and (wanted == "boolean" or not isinstance(value, bool)), \
                f"{where} is no {wanted}: {value!r}"
        elif keyword == "required":
            missing = [name for name in wanted if name not in value]
            assert not missing, f"{where} lacks {missing}"
        elif keyword == "properties":
            for name, part in wanted.items():
                if name in value:
                    check(value[name], part, root, f"{where}.{name}")
        elif keyword == "additionalProperties":
            unknown = set(value) - set(schema.get("properties", {}))
            if wanted is False:
                assert not unknown, f"{where} has unknown members {unknown}"
            else:
                for name in unknown:
                    check(value[name], wanted, root, f"{where}.{name}")
        elif keyword == "items":
            for index, item in enumerate(value):
                check(item, wanted, root, f"{where}[{index}]")
        elif keyword == "enum":
            assert value in wanted, f"{where} is {value!r}, not one of {wanted}"
        elif keyword == "const":
            assert value == wanted, f"{where} is {value!r}, not {wanted!r}"
        elif keyword == "pattern":
            assert re.search(wanted, value), f"{where} is {value!r}, which {wanted} does not match"
        elif keyword == "minimum":
            assert value >= wanted, f"{where} is {value}, less than {wanted}"
        elif keyword == "minItems":
            assert len(value) >= wanted, f"{where} has {len(value)} items"
        elif keyword == "maxItems":
            assert len(value) <= wanted, f"{where} has {len(value)} items"
        else:
            raise AssertionError(f"the schema of {where} uses {keyword}, which this validator does not know")


def validate(document, schema):
    check(document, schema, schema)
    if jsonschema is not None:
        jsonschema.validate(document, schema)
