#!/usr/bin/env python3
"""The recorded findings as SARIF, against the schema that OASIS publishes for version 2.1.0. Exit code 77: it is not
here (tools/dev setup fetches it)."""
import copy
import importlib.util
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parents[1] / ".cache/sarif-2.1.0.json"


def errors(validator, document):
    return [f"{error.message[:300]} at {list(error.absolute_path)}" for error in validator.iter_errors(document)]


def main(program):
    if not SCHEMA.exists() or importlib.util.find_spec("jsonschema") is None:
        print(f"SKIPPED: {SCHEMA.name} or python3-jsonschema is missing: run tools/dev setup")
        return 77
    import jsonschema
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    document = json.loads(subprocess.run([program, "sarif", HERE / "stats.cpp"], check=True, capture_output=True).stdout)
    found = errors(validator, document)
    assert not found, "\n".join(found)
    kinds = {result["ruleId"] for result in document["runs"][0]["results"]}
    assert len(kinds) == len(document["runs"][0]["tool"]["driver"]["rules"]), "not every kind of finding was looked at"

    broken = copy.deepcopy(document)
    broken["runs"][0]["results"][0]["level"] = "fatal"
    assert errors(validator, broken), "the schema lets everything pass"
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
