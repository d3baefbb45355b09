"""Reads the findings out of the text that Snag prints (and, for reference, ThreadSanitizer)."""
import dataclasses
import pathlib
import re

HEADER = re.compile(r"^==\d+==ERROR: Snag: (?P<kind>.+?) on (?:'(?P<name>.*?)'|\d+ bytes? at 0x\w+|the lock at 0x\w+)(?: \((?P<where>.*)\))?\s*$")
SUMMARY = re.compile(r"^SUMMARY: Snag: (?P<kind>.+?) at (?P<path>.+?):(?P<line>\d+)(?::(?P<column>\d+))?(?: in (?P<function>.*))?$")
FRAME = re.compile(r"^\s*#(?P<number>\d+)\s+(?P<function>.*?)\s+(?P<path>/[^\s:]+):(?P<line>\d+)(?::(?P<column>\d+))?")
ANY_FRAME = re.compile(r"^\s*#(?P<number>\d+)\s+\S")
ACCESS = re.compile(r"\b([Tt]hread|[Mm]ain)\b.*\b(reads|writes|sets|reads and writes|frees|freed|allocates|allocated)\b")
STEP = re.compile(r"^  (Thread T\d+|The main thread|An unknown thread) .*:$")
MISUSE = re.compile(r"^(mutex misuse: .*|use after destroy|self-deadlock|lock-order inversion|condition used with two mutexes|"
                    r"destroy of an object in use|read lock upgraded to write|thread leak|signal-unsafe call|"
                    r"file descriptor race)$")
# More races of the same bug: `Also: data race on 'x' at file.c:3:5 and file.c:7:5`, and further lines alike.
ALSO = re.compile(r"^  (?:Also:)?\s+(?P<kind>\S.*?) on '[^']*' at \S+?:(?P<one>\d+)(?::\d+)? and \S+?:(?P<two>\d+)(?::\d+)?$")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


@dataclasses.dataclass
class Frame:
    function: str
    path: str
    line: int


@dataclasses.dataclass
class Access:
    """One side of a race or one step of a misuse: the heading of its block and the frames below it."""
    heading: str
    frames: list
    line: int = 0


@dataclasses.dataclass
class Report:
    kind: str
    name: str
    text: str
    isMisuse: bool = False
    accesses: list = dataclasses.field(default_factory=list)
    also: list = dataclasses.field(default_factory=list)  # (kind, line, line) of races told in one line each
    summary: object = None
    problems: list = dataclasses.field(default_factory=list)


def accessesOf(lines, wanted):
    """The blocks whose heading is wanted (`Thread T2 reads 4 bytes ...:`), each with the stack that follows it."""
    accesses, heading = [], ""
    for line in lines:
        if wanted.search(line) and line.rstrip().endswith(":"):
            heading = line.strip()
        elif not line.strip() or line.endswith(" was taken at:"):
            heading = ""
        elif heading and ANY_FRAME.match(line):
            if ANY_FRAME.match(line)["number"] == "0":
                accesses.append(Access(heading, []))
            found = FRAME.match(line)
            if found:
                accesses[-1].frames.append(Frame(found["function"], found["path"], int(found["line"])))
    return accesses


def sourceLine(access, source):
    """The innermost frame that lies in the program's own source: what the reader looks at first."""
    name = pathlib.Path(source).name
    for frame in access.frames:
        if pathlib.Path(frame.path).name == name:
            return frame.line
    return 0


def parseOne(lines, source):
    header = HEADER.match(lines[0])
    report = Report(header["kind"], header["name"] or "", "\n".join(lines))
    report.isMisuse = bool(MISUSE.match(report.kind))
    report.accesses = accessesOf(lines[1:], STEP if report.isMisuse else ACCESS)
    for access in report.accesses:
        access.line = sourceLine(access, source)
    report.also = [(found["kind"], int(found["one"]), int(found["two"])) for found in map(ALSO.match, lines) if found]
    checkShape(report, lines)
    return report


def checkShape(report, lines):
    if report.isMisuse and not report.accesses:
        report.problems.append("a misuse without the stack of the step that was caught")
    if not report.isMisuse and len(report.accesses) != 2:
        report.problems.append(f"{len(report.accesses)} access stacks instead of two")
    last = next((line for line in reversed(lines) if line.strip()), "")
    report.summary = SUMMARY.match(last)
    if not report.summary:
        report.problems.append("the last line is no SUMMARY line of the agreed shape")
        return
    if report.summary["kind"] != report.kind:
        report.problems.append("header and summary name different kinds")
    if int(report.summary["line"]) not in [access.line for access in report.accesses]:
        report.problems.append("the summary's line is the line of neither access")
    if not report.summary["path"].startswith("/"):
        report.problems.append("the summary's path is not absolute")


def parse(text, source):
    """All findings of a run, in the order in which they were printed."""
    reports, current = [], None
    for line in COLOUR.sub("", text).splitlines():
        if HEADER.match(line):
            current = []
            reports.append(current)
        if current is not None:
            current.append(line)
            if line.startswith("SUMMARY: Snag:"):
                current = None
    return [parseOne(lines, source) for lines in reports]


def countThreadSanitizer(text):
    return text.count("WARNING: ThreadSanitizer: ")
