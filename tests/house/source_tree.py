"""The parts of the source tree and how an #include finds its file. Shared by the checks of this folder."""

import re
from pathlib import Path

SOURCE_SUFFIXES = {".h", ".def", ".cpp", ".c"}
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def sources(folder):
    """Every C and C++ file below a folder, in order of name."""
    return sorted(p for p in folder.rglob("*") if p.suffix in SOURCE_SUFFIXES)


def includes(path):
    """(line number, quote character, name) of every #include in a file."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1), match.group(2)


def resolve(root, including, name):
    """The file of ours that an #include names, relative to the root; None if it belongs to somebody else."""
    roots = [including.parent, root / "runtime", root / "runtime/include", root / "instrument", root / "tools/snag",
             root / "tools", root / "tools/driver", root]
    for folder in roots:
        candidate = folder / name
        if candidate.is_file():
            found = candidate.resolve()
            if found.is_relative_to(root.resolve()):
                return found.relative_to(root.resolve())
    return None
