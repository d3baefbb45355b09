#!/usr/bin/env python3
"""The commands of docs/quickstart.md, run one after the other in one shell, print what the page shows.

Usage: quickstart_test.py ROOT BUILD
They run in a copy of what a user has: tools, docs, and the build folder under the name that the page uses. The README's
demo is compared as well. Numbers that differ from run to run are left out of the comparison; a line `...` in the page
stands for anything.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

MOST_COMMANDS = 9  # "under ten"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
README_DEMO = re.compile(r"<!-- demo-output -->\n```\n(.*?)```", re.DOTALL)
MARK = "=== command "
# What depends on the machine or on chance, and what stands for it. Which thread is caught is chance.
VARYING = [(r"==\d+==", "==N=="), (r"tid \d+, (finished|running)", "tid N"), (r"\bT\d\b", "T#"), (r"It held \d+", "It held N"),
           (r"counter = \d+", "counter = N"), (r"\(\d+ frames of", "(N frames of"), (r"\d+ racing pairs? seen", "N pairs seen"),
           (r"\d+ checked access(es)?", "N checks")]


def commandsOf(page):
    """[(command, lines that it prints)]"""
    steps = []
    for block in BLOCK.findall(page):
        for line in block.splitlines():
            if line.startswith("$ "):
                steps.append((line[2:], []))
            else:
                steps[-1][1].append(line)
    return steps


def normal(text, folder):
    text = text.replace(str(folder), "/snag")
    for pattern, stands in VARYING:
        text = re.sub(pattern, stands, text)
    return text


def fits(expected, got):
    """Equal, where a line `...` is any number of lines."""
    pattern = "".join(r"(?:.*\n)*?" if line == "..." else re.escape(line) + r"\n" for line in expected)
    return re.fullmatch(pattern, "".join(line + "\n" for line in got)) is not None


def runAll(commands, folder):
    script = "".join(f"echo; echo '{MARK}{number}'\n{command}\n" for number, command in enumerate(commands))
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("SNAG_", "TSAN_"))}
    done = subprocess.run(["bash"], input=script, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=900,
                          cwd=folder, env={**environment, "SNAG_SKIP_SETUP": "1"})
    parts = done.stdout.split(f"\n{MARK}")[1:]
    assert len(parts) == len(commands), done.stdout
    return [part.split("\n", 1)[1] for part in parts]


def main():
    root, build = (pathlib.Path(path).resolve() for path in sys.argv[1:3])
    steps = commandsOf((root / "docs/quickstart.md").read_text())
    assert 5 <= len(steps) <= MOST_COMMANDS, f"{len(steps)} commands"
    wrong = []
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve() / "snag"
        folder.mkdir()
        for part, target in (("tools", root / "tools"), ("docs", root / "docs"), ("build", build)):
            (folder / part).symlink_to(target)
        outputs = runAll([command for command, _ in steps], folder)
        demo = "\n".join(README_DEMO.search((root / "README.md").read_text())[1].splitlines()).strip()
        checks = [(command, expected, output) for (command, expected), output in zip(steps, outputs)]
        checks.append(("the README's demo", ["...", *demo.splitlines()], outputs[0]))
        for command, expected, output in checks:
            wanted = normal("\n".join(expected), folder).splitlines()
            # Where the tool wrote to is seen through the link, or not.
            got = normal(output.replace(str(root), str(folder)), folder).rstrip("\n").splitlines()
            if not fits(wanted, got):
                wrong.append(command)
                print(f"$ {command}\n--- the page says\n" + "\n".join(wanted) + "\n--- it printed\n" + "\n".join(got))
    if wrong:
        sys.exit("Not as the page says: " + "; ".join(wrong))


if __name__ == "__main__":
    main()
