"""Checks what the core's objects call: platform functions, each other, and functions that compilers emit calls to."""

import re
import subprocess
import sys

PLATFORM = re.compile(r"^_ZN[KVRO]*4snag8platform")
# A compiler may turn plain code into calls of these; every environment that can run C++ has them.
COMPILER_MADE = {"memcpy", "memmove", "memset", "memcmp", "bcmp", "_GLOBAL_OFFSET_TABLE_"}


def symbols(nm, objects):
    """(undefined, defined) names over all objects."""
    undefined, defined = set(), set()
    output = subprocess.run([nm, "--format=posix", *objects], capture_output=True, text=True, check=True).stdout
    for line in output.splitlines():
        fields = line.split()
        if len(fields) < 2:
            continue  # the name of an object, or an empty line
        (undefined if fields[1] in "Uwv" else defined).add(fields[0])
    return undefined, defined


def foreign(undefined, defined):
    return sorted(name for name in undefined - defined
                  if name not in COMPILER_MADE and not PLATFORM.match(name))


def main():
    nm, objects = sys.argv[1], [o for o in sys.argv[2:] if o.endswith(".o")]
    undefined, defined = symbols(nm, objects)
    found = foreign(undefined, defined)
    for name in found:
        print(f"the core refers to {name}")
    print(f"{len(objects)} objects, {len(defined)} symbols defined, {len(undefined - defined)} from outside")
    return 1 if found or not defined else 0


if __name__ == "__main__":
    sys.exit(main())
