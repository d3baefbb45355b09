"""The options page is what the tool prints."""

import difflib
import subprocess
import sys
from pathlib import Path


def main():
    page, tool = Path(sys.argv[1]), sys.argv[2]
    printed = subprocess.run([tool, "options", "--markdown"], capture_output=True, text=True, check=True).stdout
    written = page.read_text(encoding="utf-8")
    if printed == written:
        return 0
    difference = difflib.unified_diff(written.splitlines(True), printed.splitlines(True), str(page), "snag options")
    sys.stdout.writelines(difference)
    print(f"Write the page again: {tool} options --markdown > {page}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
