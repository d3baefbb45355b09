"""Helgrind and DRD on the native build, at a reduced size: they are shown beside, not compared in the means."""
import re
import shutil

import running

SUMMARY = re.compile(r"ERROR SUMMARY: (\d+) errors")


def measure(measureProgram, executable, case, timeout=120):
    """For each tool: seconds with it and without, and how many things it reports in the correct program."""
    found = {}
    if not executable or not shutil.which("valgrind"):
        return found
    native = running.run(measureProgram, [executable, *case.valgrindArguments])
    for tool in ("helgrind", "drd"):
        command = ["valgrind", f"--tool={tool}", executable, *case.valgrindArguments]
        result = running.run(measureProgram, command, timeout)
        summary = SUMMARY.search(result["errors"])
        reports = int(summary.group(1)) if summary else "stopped"
        found[tool] = {"native": native.get("wall"), "wall": result.get("wall"), "reports": reports}
    return found
