"""Checks the include order of the house:

    include <- core <- report <- hooks, interceptors <- runtime.cpp     core sees platform/platform.h only
    instrument  sees  snag/hooks.h, snag/hooks.def and LLVM, nothing else of ours
    tools       sees  snag/record.h and snag/options.def, nothing else of ours
"""

import sys
from pathlib import Path

import source_tree

INCLUDE = "runtime/include/"
PLATFORM = "runtime/platform/platform.h"  # all that the core may know of the operating system
PROCESS = "runtime/platform/process.h"  # what reports and the layers above need besides
INSIDE = [INCLUDE, PLATFORM, PROCESS, "runtime/core/"]
ABOVE_REPORT = INSIDE + ["runtime/report/", "runtime/message.h", "runtime/options.h", "runtime/runtime.h"]

# What each part may include besides its own files: folders (ending in a slash) or single files.
# The part of a file is the longest key that its path starts with.
MAY_SEE = {
    "runtime/include/": [],
    "runtime/platform/": [INCLUDE],
    "runtime/platform/fake/": [INCLUDE, PLATFORM, PROCESS, "runtime/core/address_layout.h"],
    "runtime/core/": [INCLUDE, PLATFORM],
    "runtime/report/": INSIDE + ["runtime/options.h"],
    "runtime/hooks/": ABOVE_REPORT,
    "runtime/interceptors/": ABOVE_REPORT + ["runtime/platform/"],  # they stand for functions of one system's libraries
    "runtime/": ["runtime/"],
    "instrument/": ["runtime/include/snag/hooks.h", "runtime/include/snag/hooks.def"],
    "tools/": ["runtime/include/snag/record.h", "runtime/include/snag/options.def"],
}

# Headers of the language that need no operating system and no C library.
CORE_SYSTEM_HEADERS = {
    "algorithm", "array", "atomic", "bit", "compare", "concepts", "cstddef", "cstdint", "initializer_list",
    "iterator", "limits", "new", "optional", "span", "stddef.h", "stdint.h", "string_view", "tuple", "type_traits",
    "utility", "immintrin.h",
}


def part_of(path):
    matches = [part for part in MAY_SEE if path.as_posix().startswith(part)]
    return max(matches, key=len) if matches else None


def may_include(part, target):
    allowed = [part] + MAY_SEE[part]
    name = target.as_posix()
    return any(name.startswith(entry) if entry.endswith("/") else name == entry for entry in allowed)


def problem_with(root, path, quote, name):
    """Why this #include breaks the law, or None."""
    relative = path.relative_to(root)
    part = part_of(relative)
    target = source_tree.resolve(root, path, name)
    if target is not None and part_of(target) is not None:
        return None if may_include(part, target) else f"{part} may not see {target}"
    if part == "runtime/core/":
        if quote == "<" and (name in CORE_SYSTEM_HEADERS or name.startswith("boost/")):
            return None
        return f"core may not include {name}, or there is no such file"
    return None


def violations(root):
    for part in ("runtime", "instrument", "tools"):
        for path in source_tree.sources(root / part):
            for line, quote, name in source_tree.includes(path):
                problem = problem_with(root, path, quote, name)
                if problem:
                    yield f"{path.relative_to(root)}:{line}: {problem}"


def main():
    root = Path(sys.argv[1]).resolve()
    found = list(violations(root))
    print("\n".join(found) or "every #include keeps to the order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
