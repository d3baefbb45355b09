"""The report in the README is the one that its program really gets.

What differs from run to run is evened out: process and thread numbers, values, addresses, which of the two threads
is caught, and the folder of the clone.
"""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

PROGRAM = "docs/examples/counter.cpp"
SHOWN = re.compile(r"<!-- demo-output -->\s*```\w*\n(.*?)```\s*<!-- /demo-output -->", re.DOTALL)


def even(line):
    """A line without what differs from run to run. Lines and columns of the program stay."""
    line = re.sub(r"/\S*?" + re.escape(PROGRAM), PROGRAM, line)
    line = re.sub(r"^\s*Threads:", "", line)
    line = re.sub(r"0x[0-9a-f]+", "0xN", line)
    line = re.sub(r"\bT\d+\b", "T#", line)
    line = re.sub(r"\b(running|finished)\b", "there", line)
    line = re.sub(r"\bracing pairs?\b", "racing pairs", line)
    return re.sub(r"(?<![\w.:])\d+\b(?!:)", "N", line).strip()


def evened(report):
    return sorted(filter(None, map(even, report.splitlines())))


def true_report(root, compiler):
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder) / "counter"
        subprocess.run([compiler, "-O1", "-g", PROGRAM, "-o", program], cwd=root, check=True)
        result = subprocess.run([program], cwd=root, capture_output=True, text=True, check=False,
                                stdin=subprocess.DEVNULL)
        return result.stderr


class Readme(unittest.TestCase):
    def test_shows_the_true_report(self):
        shown = SHOWN.search((ROOT / "README.md").read_text(encoding="utf-8"))
        self.assertIsNotNone(shown, "README.md has no demo-output block")
        report = "\n".join(line for line in shown.group(1).splitlines() if not re.match(r"\$ |\(exit|counter = ", line))
        self.assertEqual(evened(report), evened(true_report(ROOT, COMPILER)))

    def test_evening_keeps_the_lines_of_the_program(self):
        self.assertEqual(even("  at /a/b/docs/examples/counter.cpp:9:13 in count() (tid 77)"),
                         "at docs/examples/counter.cpp:9:13 in count() (tid N)")
        self.assertNotEqual(even("counter.cpp:9:13"), even("counter.cpp:8:13"))


if __name__ == "__main__":
    ROOT, COMPILER = Path(sys.argv[1]).resolve(), sys.argv[2]
    unittest.main(argv=[sys.argv[0]])
