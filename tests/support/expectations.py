"""What a test program says about itself in its comments: the verdict to expect and how to build it.

    // Intent: one sentence.
    // Expect: silent
    // Expect: lost update on 'counter' at ADD, ADD
    // Expect: data race|lost update on 'Stats::hits|stats' at READ, WRITE
    // Expect: mutex misuse: destroy of a locked mutex on 'm' at DESTROY, LOCK      a misuse: its steps with a known place,
                                                  the one that was caught first; of a cycle in any order
    // Primitive: std::latch                        what it tests, as docs/primitives.md calls it; several with commas
    // Allow: data race on '*' at READ, WRITE       further reports of the same bug
    // Mentions: ALLOCATION                          the report names the line with this marker
    // Says: regular expression                      the report's text matches
    // Unsupported: reason                           Snag is known to get it wrong; the test fails once it is right
    // Flags: -O3 -mavx512f    Levels: O0 O2    Runs: 5    Requires: avx512f    Exit: 3    Std: c++23
    // Define: RACY                                  extra -D, written by twins that share a source
    // Libraries: libstdc++ libc++                   C++ libraries to check with, also libc++-static; without it libstdc++
    // Languages: C C++                              what to compile a .c program as; without it C
    // Packages: glib-2.0                            pkg-config's names of what it needs; without them it cannot run

A marker is a comment `// RACE-ADD` at the end of a line; it may stand on several lines, and then means any of them.
"""
import dataclasses
import itertools
import pathlib
import re

DIRECTIVE = re.compile(r"^\s*//\s*([A-Z][A-Za-z]*):\s*(.*?)\s*$")
MARKER = re.compile(r"//.*?\bRACE-([A-Z0-9-]+)")
RACE = re.compile(r"^(?P<kinds>.+?) on '(?P<names>[^']*)' at (?P<sides>[A-Z0-9|-]+(, [A-Z0-9|-]+)*)$")
UNORDERED = {"lock-order inversion", "file descriptor race"}  # misuses whose steps come in any order
KNOWN = {"Intent", "Expect", "Allow", "Mentions", "Says", "Unsupported", "Flags", "Levels", "Runs", "Requires", "Exit",
         "Std", "Env", "Reference", "Primitive", "Libraries", "Languages", "Packages"}


class BadProgram(Exception):
    """The comments of a test program make no sense; a mistake in the test, not in Snag."""


@dataclasses.dataclass
class Race:
    """One report that is expected or allowed: any of the kinds, any of the names, on these sets of lines."""
    text: str
    kinds: list
    names: list
    sides: list

    def matches(self, report):
        if report.kind not in self.kinds and "*" not in self.kinds:
            return False
        if report.name not in self.names and "*" not in self.names:
            return False
        lines = [access.line for access in report.accesses]
        if len(lines) != len(self.sides):
            return False
        if report.isMisuse and report.kind not in UNORDERED and lines[0] not in self.sides[0]:
            return False
        return any(all(line in side for line, side in zip(lines, order)) for order in itertools.permutations(self.sides))

    def __str__(self):
        lines = [",".join(map(str, sorted(side))) for side in self.sides]
        return f"{self.text}   (lines {' and '.join(lines)})"


@dataclasses.dataclass
class Expectation:
    source: pathlib.Path
    intent: str = ""
    silent: bool = False
    races: list = dataclasses.field(default_factory=list)
    allowed: list = dataclasses.field(default_factory=list)
    mentions: list = dataclasses.field(default_factory=list)
    says: list = dataclasses.field(default_factory=list)
    unsupported: str = ""
    flags: list = dataclasses.field(default_factory=list)
    levels: list = dataclasses.field(default_factory=list)
    runs: int = 0
    requires: list = dataclasses.field(default_factory=list)
    exit: int = 0
    std: str = ""
    env: dict = dataclasses.field(default_factory=dict)
    reference: str = ""
    libraries: list = dataclasses.field(default_factory=list)
    languages: list = dataclasses.field(default_factory=list)
    packages: list = dataclasses.field(default_factory=list)


def readMarkers(lines):
    markers = {}
    for number, line in enumerate(lines, 1):
        found = MARKER.search(line)
        if found:
            markers.setdefault(found.group(1), set()).add(number)
    return markers


def resolve(markers, names, source):
    lines = set()
    for name in names.split("|"):
        if name not in markers:
            raise BadProgram(f"{source}: no line is marked // RACE-{name}")
        lines |= markers[name]
    return lines


def parseRace(text, markers, source):
    found = RACE.match(text)
    if not found:
        raise BadProgram(f"{source}: cannot understand '{text}'")
    return Race(text, found["kinds"].split("|"), found["names"].split("|"),
                [resolve(markers, side, source) for side in found["sides"].split(", ")])


def wantedIn(value, defines):
    """A directive may begin with [RACY] or [!RACY]: it then counts only if that macro is (not) defined."""
    found = re.match(r"^\[(!?)(\w+)\]\s*(.*)$", value)
    if not found:
        return value
    return found.group(3) if (found.group(2) in defines) != bool(found.group(1)) else None


def read(source, defines=()):
    """Reads the comments of one program. `defines` are the macros of this variant of it."""
    source = pathlib.Path(source)
    lines = source.read_text().splitlines()
    markers = readMarkers(lines)
    result = Expectation(source)
    for line in lines:
        found = DIRECTIVE.match(line)
        if not found or found.group(1) not in KNOWN:
            continue
        value = wantedIn(found.group(2), defines)
        if value is not None:
            applyDirective(result, found.group(1), value, markers)
    if not result.intent:
        raise BadProgram(f"{source}: no // Intent: line")
    if result.silent == bool(result.races):
        raise BadProgram(f"{source}: expect either races or silence")
    return result


def applyDirective(result, key, value, markers):
    source = result.source
    if key == "Intent":
        result.intent = value
    elif key == "Expect" and value == "silent":
        result.silent = True
    elif key == "Expect":
        result.races.append(parseRace(value, markers, source))
    elif key == "Allow":
        result.allowed.append(parseRace(value, markers, source))
    elif key == "Mentions":
        result.mentions.append((value, resolve(markers, value, source)))
    elif key == "Says":
        result.says.append(value)
    elif key == "Env":
        result.env.update(item.split("=", 1) for item in value.split())
    elif key == "Languages" and set(value.split()) - {"C", "C++"}:
        raise BadProgram(f"{source}: languages are C and C++, not '{value}'")
    elif key in ("Flags", "Levels", "Requires", "Libraries", "Languages", "Packages"):
        setattr(result, key.lower(), value.split())
    elif key in ("Runs", "Exit"):
        setattr(result, key.lower(), int(value))
    else:
        setattr(result, key.lower(), value)
