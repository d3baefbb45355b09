#!/usr/bin/env python3
"""What the pages in docs/findings/ say is so: the first example of a page is reported as the page's kind, at the lines
that are marked with `// reported` and at no others; the fixed one is silent.

Usage: page_test.py KIND --pages DIR --bin-dir DIR --clang CC --clangxx CXX
       page_test.py every_kind_has_its_page --pages DIR --bin-dir DIR
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

SUPPORT = pathlib.Path(__file__).resolve().parents[1] / "support"
sys.path.insert(0, str(SUPPORT))
import report_text  # noqa: E402

EXAMPLE = re.compile(r"^```(c|cpp)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
MARK = "// reported"
PERHAPS = "// may be reported"
SECTIONS = ["Why it is a bug", "How compiler and processor make it worse", "How to fix it", "Example"]
FINDINGS = 66


def examplesOf(page):
    found = EXAMPLE.findall(page[page.index("\n## Example\n"):])
    assert len(found) == 2, "a page has one example that is reported and one that is fixed"
    assert "\nFixed:\n" in page
    return found


def run(arguments, folder, name, language, text):
    source = folder / f"{name}.{language}"
    source.write_text(text)
    compiler = pathlib.Path(arguments.bin_dir).resolve() / ("snag-clang" if language == "c" else "snag-clang++")
    real = arguments.clang if language == "c" else arguments.clangxx
    subprocess.run([compiler, "-O1", "-g", "-pthread", *(["-std=c++20"] if language == "cpp" else []),
                    source, "-o", folder / name], check=True, env={**os.environ, "SNAG_CLANG": real})
    # The first finding ends the program: some examples would wait for ever.
    done = subprocess.run([folder / name], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
                          env={"PATH": "/usr/bin:/bin", "SNAG_OPTIONS": "halt_on_error=1"})
    print(done.stdout + done.stderr)
    return done.returncode, report_text.parse(done.stderr, source)


def marked(text, mark=MARK):
    return {number for number, line in enumerate(text.splitlines(), 1) if re.search(rf"{mark}(: .*)?$", line)}


def check(arguments, kind):
    page = (pathlib.Path(arguments.pages) / f"{kind}.md").read_text()
    title = page.splitlines()[0].removeprefix("# ")
    with tempfile.TemporaryDirectory() as folder:
        (language, racy), (fixedLanguage, fixed) = examplesOf(page)
        code, reports = run(arguments, pathlib.Path(folder), "racy", language, racy)
        assert code == FINDINGS and reports, f"exit code {code}"
        for report in reports:
            assert report.kind.lower() == title.lower(), f"{report.kind}, but the page is about {title}"
            lines = {access.line for access in report.accesses if access.line}
            assert lines <= marked(racy) | marked(racy, PERHAPS), f"reported at {lines}, marked {marked(racy)}"
        assert {access.line for report in reports for access in report.accesses} >= marked(racy)
        assert MARK not in fixed
        code, reports = run(arguments, pathlib.Path(folder), "fixed", fixedLanguage, fixed)
        assert code == 0 and not reports, "the fixed example must be silent"


def every_kind_has_its_page(arguments):
    """Kinds and pages are the same list, each page has all sections, and snag explain prints it as it is."""
    snag = pathlib.Path(arguments.bin_dir) / "snag"
    listed = subprocess.run([snag, "explain", "--list"], check=True, capture_output=True, text=True).stdout
    kinds = dict(line.split(maxsplit=1) for line in listed.splitlines())
    pages = {page.stem: page.read_text() for page in pathlib.Path(arguments.pages).glob("*.md") if page.stem != "README"}
    assert pages.keys() == kinds.keys() and len(kinds) >= 17, pages.keys() ^ kinds.keys()
    for kind, page in pages.items():
        assert page.splitlines()[0].lower() == f"# {kinds[kind]}".lower(), kind
        assert re.findall(r"^## (.*)$", page, re.MULTILINE) == SECTIONS, kind
        explained = subprocess.run([snag, "explain", kind], check=True, capture_output=True, text=True).stdout
        assert explained == page, f"snag explain {kind} prints something else: build again"
    index = (pathlib.Path(arguments.pages) / "README.md").read_text()
    assert all(f"({kind}.md)" in index for kind in kinds), "the index lists every page"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claim")
    for name in ("pages", "bin-dir", "clang", "clangxx"):
        parser.add_argument(f"--{name}", default="")
    arguments = parser.parse_args()
    if arguments.claim in globals():
        globals()[arguments.claim](arguments)
    else:
        check(arguments, arguments.claim)


if __name__ == "__main__":
    sys.exit(main())
