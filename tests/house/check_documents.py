"""Documents show what exists: links lead to files, and commands that start with a path name a program."""

import re
import sys
from pathlib import Path

LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(?:#[^)]*)?\)")
FENCE = re.compile(r"^```\w*$(.*?)^```$", re.MULTILINE | re.DOTALL)
REPOSITORY_COMMAND = re.compile(r"^\$? ?((?:tools|\.ci)/\S+)(?: (\S+))?", re.MULTILINE)
README_COMMANDS = ("tools/dev demo", "tools/dev test")
DEMO_OUTPUT = re.compile(r"<!-- demo-output -->(.*?)<!-- /demo-output -->", re.DOTALL)


def documents(root):
    folders = ("docs", "runtime", "instrument", "tools", "tests")
    return sorted(root.glob("*.md")) + sorted(p for folder in folders for p in (root / folder).rglob("*.md"))


def broken_links(root):
    for document in documents(root):
        for target in LINK.findall(document.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:") and not (document.parent / target).exists():
                yield f"{document.relative_to(root)}: no file {target}"


def unknown_commands(root):
    verbs = set(re.findall(r"^verb_(\w+)\(\)", (root / "tools/dev").read_text(encoding="utf-8"), re.MULTILINE))
    for document in documents(root):
        for block in FENCE.findall(document.read_text(encoding="utf-8")):
            for program, verb in REPOSITORY_COMMAND.findall(block):
                if not (root / program).exists() or (program == "tools/dev" and verb and verb not in verbs):
                    yield f"{document.relative_to(root)}: there is no {program} {verb}".rstrip()


def readme_problems(root):
    text = (root / "README.md").read_text(encoding="utf-8")
    blocks = "\n".join(FENCE.findall(text))
    for command in README_COMMANDS:
        if command not in blocks:
            yield f"README.md: the command '{command}' is not shown"
    shown = DEMO_OUTPUT.search(text)
    if not shown or "lost update on 'counter'" not in shown.group(1):
        yield "README.md: the demo's report is not shown"


def main():
    root = Path(sys.argv[1]).resolve()
    found = [*broken_links(root), *unknown_commands(root), *readme_problems(root)]
    print("\n".join(found) or f"{len(documents(root))} documents are in order")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
