#!/usr/bin/env python3
"""The page docs/primitives.md: the hand-kept list primitives.txt joined with the `// Primitive:` lines of the tests.

    primitives.py ROOT            print the page
    primitives.py ROOT --write    write docs/primitives.md
    primitives.py ROOT --check    fail if the page is stale, a primitive lacks a test in one of its languages, or a test
                                  names an unknown primitive
"""
import argparse
import dataclasses
import difflib
import pathlib
import re
import sys

FOLDERS = ("tests/e2e", "tests/gallery", "tests/programs", "tests/libraries")
LANGUAGES = ("C", "C++")
LIST = "tests/support/primitives.txt"
PAGE = "docs/primitives.md"
DIRECTIVE = re.compile(r"^\s*//\s*(Primitive|Expect|Unsupported|Levels|Libraries|Languages):\s*(.*?)\s*$", re.MULTILINE)
CONDITION = re.compile(r"^\[!?\w+\]\s*")
FIELDS = {"also", "limits", "languages", "no racy test", "no silent test"}
INTRODUCTION = """# Primitives

Everything that Snag understands as synchronisation or reports as misuse, with the version that first did and the
tests that show it. A racy test must be reported, a silent one must not be; for misuse, the racy test is the mistake
and the silent one its correct twin. Both are there from each language, C and C++, that has the primitive. Names are those
of the programs below `tests/`; `.c` is C, `.cpp` is C++, and "C C++" behind a name says that the same source is compiled as
both. What is not understood yet says so instead of a version.

This page is generated: `tools/dev primitives` writes it from the tests and from `tests/support/primitives.txt`.
"""


class BadList(Exception):
    """The hand-kept list makes no sense."""


@dataclasses.dataclass
class Program:
    """One test program: what it names, which verdicts its variants expect, and with what it is built if not the usual."""
    path: pathlib.Path
    names: list
    racy: bool
    silent: bool
    builds: str
    languages: list

    def __str__(self):
        return f"[{self.path.stem}](../{self.path})" + (f" ({self.builds})" if self.builds else "")


@dataclasses.dataclass
class Primitive:
    name: str
    group: str
    since: str
    languages: list
    fields: dict
    racy: list = dataclasses.field(default_factory=list)
    silent: list = dataclasses.field(default_factory=list)


def keyOf(name):
    return " ".join(name.lower().split())


def parseLanguages(text, number):
    languages = text.split()
    if not languages or not set(languages) <= set(LANGUAGES):
        raise BadList(f"{LIST}:{number}: languages are {' and '.join(LANGUAGES)}, not '{text.strip()}'")
    return languages


def parseLine(line, group, languages, number):
    parts = [part.strip() for part in line.split("|")]
    if not group or len(parts) < 2 or not re.fullmatch(r"\d+\.\d+\.\d+|not yet", parts[1]):
        raise BadList(f"{LIST}:{number}: expected 'name | version | field: text' below a [group]")
    fields = dict(part.split(": ", 1) if ": " in part else (part, "") for part in parts[2:])
    if not set(fields) <= FIELDS or not all(fields.values()):
        raise BadList(f"{LIST}:{number}: fields are {', '.join(sorted(FIELDS))}, each with a text")
    own = parseLanguages(fields["languages"], number) if "languages" in fields else languages
    return Primitive(parts[0], group, parts[1], own, fields)


def parseList(text):
    """The primitives in the order of the list, and a map from every accepted name to its primitive."""
    primitives, names, group, languages = [], {}, "", []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("["):
            group, _, only = line.strip()[1:-1].partition(" | ")
            languages = parseLanguages(only or " ".join(LANGUAGES), number)
            continue
        primitive = parseLine(line, group, languages, number)
        primitives.append(primitive)
        for name in [primitive.name] + primitive.fields.get("also", primitive.name).split(";"):
            if names.setdefault(keyOf(name), primitive) is not primitive:
                raise BadList(f"{LIST}:{number}: '{name.strip()}' names two primitives")
    return primitives, names


def namesIn(value):
    """Names are separated by commas, but a comma inside brackets belongs to the name: mmap(…, MAP_SHARED)."""
    return [name.strip() for name in re.split(r",(?![^()<>]*[)>])", CONDITION.sub("", value)) if name.strip()]


def readProgram(root, path):
    """The program's directives; None if Snag is known to get it wrong. Variants may make it both racy and silent."""
    lines = DIRECTIVE.findall(path.read_text(encoding="utf-8"))
    of = lambda wanted: [CONDITION.sub("", value) for key, value in lines if key == wanted]
    if of("Unsupported"):
        return None
    verdicts = [value == "silent" for value in of("Expect")]
    names = [name for value in of("Primitive") for name in namesIn(value)]
    builds = "; ".join(of("Levels") + of("Languages") + of("Libraries"))
    languages = " ".join(of("Languages")).split() or ["C" if path.suffix == ".c" else "C++"]
    return Program(path.relative_to(root), names, False in verdicts, True in verdicts, builds, languages)


def programsIn(root):
    """Test programs, and scripts that build and judge programs of their own and say so in the same lines."""
    for folder in FOLDERS:
        for pattern in ("*.c", "*.cpp", "*_test.py"):
            for path in sorted((root / folder).rglob(pattern)):
                program = readProgram(root, path)
                if program:
                    yield program


def join(root, names):
    """Adds the programs to their primitives; returns what is wrong with the programs' lines."""
    problems = []
    for program in programsIn(root):
        primitives = [names.get(keyOf(name)) for name in program.names]
        problems += [f"{program.path}: '{name}' is not in {LIST}"
                     for name, primitive in zip(program.names, primitives) if primitive is None]
        for primitive in {id(found): found for found in primitives if found}.values():
            primitive.racy += [program] * program.racy
            primitive.silent += [program] * program.silent
    return problems


def lacking(primitive):
    for sign, tests in (("racy", primitive.racy), ("silent", primitive.silent)):
        reason = f"no {sign} test"
        shown = {language for test in tests for language in test.languages}
        missing = [language for language in primitive.languages if language not in shown]
        if missing and reason not in primitive.fields:
            yield f"'{primitive.name}' has no {sign} test in {' and '.join(missing)}, and {LIST} gives no reason"
        if tests and reason in primitive.fields:
            yield f"'{primitive.name}' has a {sign} test: remove '{reason}' from {LIST}"


def cell(primitive, sign, tests):
    reason = primitive.fields.get(f"no {sign} test")
    if reason:
        return f"none: {reason}"
    return "<br>".join(map(str, tests)) or "none yet"


def escape(text):
    return text.replace("<", "&lt;").replace(">", "&gt;").replace("*", "\\*").replace("__", "\\_\\_")


def render(primitives):
    lines, group = [INTRODUCTION], None
    for primitive in primitives:
        if primitive.group != group:
            group = primitive.group
            lines += [f"\n## {group}\n", "| primitive | since | racy tests | silent tests | known limits |",
                      "|---|---|---|---|---|"]
        lines.append(f"| {escape(primitive.name)} | {primitive.since} | {cell(primitive, 'racy', primitive.racy)} | "
                     f"{cell(primitive, 'silent', primitive.silent)} | {primitive.fields.get('limits', '')} |")
    return "\n".join(lines).replace("\n\n\n", "\n\n") + "\n"


def check(root, page, primitives, problems):
    written = (root / PAGE).read_text(encoding="utf-8") if (root / PAGE).exists() else ""
    if written != page:
        sys.stdout.writelines(difflib.unified_diff(written.splitlines(True), page.splitlines(True), PAGE, "tests", n=0))
        problems = problems + [f"{PAGE} is stale: run tools/dev primitives"]
    for primitive in primitives:
        problems = problems + list(lacking(primitive))
    print("\n".join(problems) or f"{len(primitives)} primitives have their tests")
    return 1 if problems else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("root", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    root = arguments.root.resolve()
    primitives, names = parseList((root / LIST).read_text(encoding="utf-8"))
    problems = join(root, names)
    page = render(primitives)
    if arguments.check:
        return check(root, page, primitives, problems)
    if arguments.write:
        (root / PAGE).write_text(page, encoding="utf-8")
        return check(root, page, primitives, problems)
    print(page, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
