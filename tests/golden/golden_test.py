#!/usr/bin/env python3
"""One format of the golden reports: equal to the file in expected/, and sound for a parser of its own.

Usage: golden_test.py FORMAT GOLDEN_REPORTS [--accept]
--accept writes the file anew: look at the difference in git before committing it.
"""
import html.parser
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse
import xml.etree.ElementTree

from schema import validate

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE / "stats.cpp"
KINDS = 16
FINGERPRINT = r"^[0-9a-f]{16}$"


def produced(program, format, *more):
    return subprocess.run([program, format, SOURCE, *more], check=True, stdout=subprocess.PIPE, timeout=100).stdout


def json_is_sound(text, program):
    document = json.loads(text)
    validate(document, json.loads((HERE.parents[1] / "docs/findings.schema.json").read_text()))
    assert len(document["findings"]) == document["counts"]["findings"]
    assert {finding["kind"] for finding in document["findings"]} >= {"lost-update", "lock-order-inversion"}
    for finding in document["findings"]:
        assert bool(finding["steps"]) != bool(finding["accesses"]), finding["title"]
    evil = [thread["name"] for finding in document["findings"] for thread in finding["threads"] if "name" in thread]
    assert "<script>x</script>" in evil and "a\\x0a==1==ERROR\\x1b[31m" in evil


def sarif_is_sound(text, program):
    document = json.loads(text)
    # Stricter than the official schema (sarif_schema_test.py): lists what SARIF 2.1.0 says about the parts in use, and
    # allows nothing else.
    schema = json.loads((HERE / "sarif-2.1.0-subset.schema.json").read_text())
    validate(document, schema)
    run = document["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) == KINDS
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        flows = result["codeFlows"][0]["threadFlows"]
        assert len({flow["id"] for flow in flows}) == len(flows) >= 2, "two accesses or steps, under different names"
        for uri in re.findall(r"'uri': '([^']*)'", str(result)):
            assert urllib.parse.quote(urllib.parse.unquote(uri), safe="/:-._~") == uri, uri
    crowd = json.loads(produced(program, "sarif", "26000"))["runs"][0]
    assert len(crowd["results"]) == 25000, "GitHub refuses more"
    assert "1000 more" in crowd["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"]


def junit_is_sound(text, program):
    suites = xml.etree.ElementTree.fromstring(text)
    suite = suites.find("testsuite")
    cases = suite.findall("testcase")
    assert suites.tag == "testsuites" and len(cases) == int(suite.get("tests")) == int(suite.get("failures"))
    assert all(case.find("failure").text.startswith("==12345==ERROR: Snag: ") for case in cases)
    assert any("<svg onload=alert(1)>" in case.find("failure").text for case in cases)


def github_is_sound(text, program):
    lines = text.decode().splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert len(errors) == 10 and lines[10].startswith("::warning title=Snag::") and len(lines) == 11
    for line in errors:
        command = re.fullmatch(r"::error (file=[^:,]*,line=\d+,(col=\d+,)?)?title=[^:,]{1,300}::(.+)", line)
        assert command, line
        assert "%0ATo fix: " in command[3] and re.search(r"%0AFingerprint: [0-9a-f]{16}$", command[3])


def gitlab_is_sound(text, program):
    issues = json.loads(text)
    validate(issues, {"type": "array", "items": {
        "type": "object", "additionalProperties": False,
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {"description": {"type": "string"}, "check_name": {"type": "string", "pattern": "^[a-z-]+$"},
                       "fingerprint": {"type": "string", "pattern": FINGERPRINT},
                       "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
                       "location": {"type": "object", "additionalProperties": False, "required": ["path", "lines"],
                                    "properties": {"path": {"type": "string", "pattern": "^[^/]"},
                                                   "lines": {"type": "object", "required": ["begin"],
                                                             "properties": {"begin": {"type": "integer",
                                                                                      "minimum": 1}}}}}}}})
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)


def msvc_is_sound(text, program):
    # The canonical form of MSBuild: origin : category code : text.
    form = re.compile(r"(?:snag |[^:]+\(\d+(?:,\d+)?\)): (?:error SNAG\d{3}|note): .+")
    lines = text.decode().splitlines()
    assert all(form.fullmatch(line) for line in lines), [line for line in lines if not form.fullmatch(line)]
    assert len({re.search(r"error (SNAG\d+)", line)[1] for line in lines if " error " in line}) == KINDS


class Page(html.parser.HTMLParser):
    """Collects elements, attributes and text; complains about tags that are not closed."""
    VOID = {"meta", "input", "br", "link", "img", "hr"}

    def __init__(self):
        super().__init__()
        self.open, self.tags, self.attributes, self.texts, self.ids = [], [], [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attributes]
        self.ids += [value for name, value in attributes if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open and self.open[-1] == tag, f"</{tag}> closes {self.open[-3:]}"
        self.open.pop()

    def handle_data(self, data):
        self.texts.append(data)


def html_is_sound(text, program):
    page = Page()
    page.feed(text.decode())
    page.close()
    assert not page.open and page.tags.count("script") == 1 and "img" not in page.tags, "nothing of the program's own"
    assert len(set(page.ids)) == len(page.ids)
    assert not [entry for entry in page.attributes if entry[1].startswith("on")], "no handlers in attributes"
    links = {value for _, name, value in page.attributes if name in ("src", "href") and not value.startswith("#")}
    assert "src" not in [name for _, name, _ in page.attributes], "the page loads nothing"
    assert all(link.startswith("https://docs.example/snag/findings/") for link in links), "and links to --docs-url only"
    words = "".join(page.texts)
    for hostile in ("<script>x</script>", "<svg onload=alert(1)>", "evil<script>alert(1)</script>",
                    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script> & ]]>"):
        assert hostile in words, f"{hostile} must be shown as text"
    cards = [value for tag, name, value in page.attributes if tag == "article" and name == "data-fingerprint"]
    assert len(cards) > KINDS and page.tags.count("svg") >= len(cards)


def text_is_sound(text, program):
    """The shapes that Qt Creator's issues pane looks for."""
    opened = None
    for line in text.decode("utf-8", "replace").splitlines():
        if header := re.match(r"^==(\d+)==ERROR: (.*)$", line):
            assert opened is None, "a report begins inside another"
            opened = header[2]
        elif line.startswith("SUMMARY: "):
            assert opened is not None
            assert re.match(r"^SUMMARY: Snag: .*", line)
            opened = None
    assert opened is None
    assert b"\x1b" not in text, "no control characters of the program's"
    assert re.search(rb"^SUMMARY: Snag: lost update at /demo/src/stats.cpp:11:31 in increment\(\)$", text, re.M)


def tsan_is_sound(text, program, before=""):
    """Reports between two lines of "=": header, paragraphs that an empty line ends, summary."""
    reports = re.split(r"^==================\n", text.decode("utf-8", "replace"), flags=re.M)
    assert all(not between.strip() for between in reports[2:-1:2]) and reports[0].strip() == ""
    assert re.fullmatch(r"ThreadSanitizer: reported \d+ warnings\n", reports[-1])
    kinds = set()
    for report in reports[1:-1:2]:
        header = re.match(before + r"WARNING: ThreadSanitizer: (.*) \(pid=12345\)\n", report)
        assert header and report.count("WARNING: ") == 1, report
        assert re.search(r"\n\nSUMMARY: ThreadSanitizer: " + re.escape(header[1]) + r"[^\n]*\n$", report), report
        kinds.add(header[1])
    assert {"data race", "heap-use-after-free", "lock-order-inversion (potential deadlock)", "thread leak"} < kinds
    assert b"\x1b" not in text


def codechecker_is_sound(text, program):
    tsan_is_sound(text, program, before="==12345==")


def main():
    format, program = sys.argv[1:3]
    text = produced(program, format)
    expected = HERE / "expected" / f"report.{format}"
    if "--accept" in sys.argv:
        expected.write_bytes(text)
    globals()[f"{format}_is_sound"](text, program)
    if text != expected.read_bytes():
        subprocess.run(["diff", "-u", expected, "-"], input=text)
        sys.exit(f"The {format} report is not what {expected.name} says. If that is right, run this with --accept.")


if __name__ == "__main__":
    main()
