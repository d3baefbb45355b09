#!/usr/bin/env python3
"""Runs the RUN: lines of one test file, in order, through bash; the first that fails fails the test.

usage: run_lit.py TEST --temporary=DIR NAME=VALUE...

Substitutions: %s the test file, %S its folder, %t a path for temporary files, and %NAME for each NAME=VALUE given.
A RUN: line that ends in a backslash goes on in the next RUN: line.
"""
import os
import re
import subprocess
import sys

RUN_LINE = re.compile(r"^\s*(?://|;|#)\s*RUN:\s?(.*)$")


def run_lines(path):
    commands, pending = [], ""
    with open(path, encoding="utf-8") as file:
        for line in file:
            match = RUN_LINE.match(line)
            if not match:
                continue
            pending += match.group(1).rstrip()
            if pending.endswith("\\"):
                pending = pending[:-1]
                continue
            commands.append(pending)
            pending = ""
    return commands


def substitute(command, values):
    names = sorted(values, key=len, reverse=True)
    pattern = re.compile("%(" + "|".join(map(re.escape, names)) + r")(?![A-Za-z_+])")
    return pattern.sub(lambda match: values[match.group(1)], command)


def main():
    test, options = sys.argv[1], dict(argument.split("=", 1) for argument in sys.argv[2:])
    folder = options.pop("--temporary")
    os.makedirs(folder, exist_ok=True)
    values = dict(options)
    values["s"] = os.path.abspath(test)
    values["S"] = os.path.dirname(values["s"])
    values["t"] = os.path.join(folder, os.path.basename(test) + ".tmp")
    commands = run_lines(test)
    if not commands:
        sys.exit(f"{test}: no RUN: line")
    for command in commands:
        expanded = substitute(command, values)
        print("+ " + expanded, flush=True)
        status = subprocess.run(["bash", "-c", "set -o pipefail; " + expanded], cwd=folder).returncode
        if status != 0:
            sys.exit(f"{test}: RUN line failed with status {status}")


if __name__ == "__main__":
    main()
