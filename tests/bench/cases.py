"""The benchmark programs and what their first lines say about them.

    // Bench: groups=kernels affine; args=640; quick=200
    // Bench: variant=4-GB; groups=scaling; args=4096; quick=256; large=yes     one case for each line
    // Build: std=c++17; flags=-fsomething; header=some/library.h               if the program needs anything special

groups: of GROUPS below.  args, quick: the program's arguments in a full and in a quick run.  valgrind: arguments for
Helgrind and DRD, which are slow (without: not run).  large: only with --large.
short: over before its time means anything, only its cost per operation counts; left out of means and plots.
std: language version.  flags: for the compiler.  header: must be installed, or the program is left out.
"""
import dataclasses
import pathlib

GROUPS = ["kernels", "affine", "call-heavy", "pointer-chasing", "sync", "lock-heavy", "scaling"]
CASE_KEYS = {"variant", "groups", "args", "quick", "valgrind", "large", "short"}
BUILD_KEYS = {"std", "flags", "header"}
INCLUDE_FOLDERS = [pathlib.Path("/usr/include"), pathlib.Path("/usr/local/include")]


class BadHeader(Exception):
    """A program's `// Bench:` line makes no sense."""


@dataclasses.dataclass
class Case:
    """One program with one set of arguments."""
    name: str
    groups: list
    arguments: list
    quickArguments: list
    valgrindArguments: list
    isLarge: bool
    isShort: bool


@dataclasses.dataclass
class Program:
    """One source file: built once, run for each of its cases."""
    path: pathlib.Path
    cases: list
    std: str
    flags: list
    header: str

    @property
    def name(self):
        return self.path.stem

    @property
    def isCxx(self):
        return self.path.suffix == ".cpp"

    def missingHeader(self):
        there = any((folder / self.header).exists() for folder in INCLUDE_FOLDERS)
        return None if not self.header or there else self.header


def fieldsOf(path, line, known):
    fields = dict(part.strip().split("=", 1) for part in line.split(":", 1)[1].split(";"))
    unknown = set(fields) - known
    if unknown:
        raise BadHeader(f"{path.name}: unknown: {', '.join(sorted(unknown))}")
    return fields


def readCase(path, line):
    fields = fieldsOf(path, line, CASE_KEYS)
    for key in ("groups", "args", "quick"):
        if key not in fields:
            raise BadHeader(f"{path.name}: a // Bench: line without {key}=")
    for group in fields["groups"].split():
        if group not in GROUPS:
            raise BadHeader(f"{path.name}: there is no group '{group}'")
    return caseOf(path, fields)


def caseOf(path, fields):
    name = path.stem + ("/" + fields["variant"] if "variant" in fields else "")
    return Case(name, fields["groups"].split(), fields["args"].split(), fields["quick"].split(),
                fields.get("valgrind", "").split(), "large" in fields, "short" in fields)


def readProgram(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    found = [readCase(path, line) for line in lines if line.startswith("// Bench:")]
    if not found:
        raise BadHeader(f"{path.name}: no // Bench: line")
    build = {}
    for line in lines:
        if line.startswith("// Build:"):
            build = fieldsOf(path, line, BUILD_KEYS)
    std = build.get("std", "c++20" if path.suffix == ".cpp" else "gnu17")
    return Program(path, found, std, build.get("flags", "").split(), build.get("header", ""))


def readAll(folder):
    return [readProgram(path) for path in sorted(folder.iterdir()) if path.suffix in (".c", ".cpp")]
