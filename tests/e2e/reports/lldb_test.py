#!/usr/bin/env python3
"""LLDB stops at a finding by itself, and its questions about the report are answered.

Usage: lldb_test.py --bin-dir DIR --clang CC --clangxx CXX       (77: no LLDB is installed)
LLDB 22 and older ask with one expression that calls dlsym((void*)-2, …), on which glibc crashes; so the test asks
the same functions itself.
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

TESTS = pathlib.Path(__file__).resolve().parents[2]
SKIPPED = 77


def main():
    parser = argparse.ArgumentParser()
    for name in ("--bin-dir", "--clang", "--clangxx"):
        parser.add_argument(name, required=True)
    arguments = parser.parse_args()
    lldb = next((found for found in map(shutil.which, ("lldb-22", "lldb-19", "lldb")) if found), None)
    if lldb is None:
        print("SKIPPED: no LLDB is installed: nothing was checked")
        return SKIPPED
    with tempfile.TemporaryDirectory() as folder:
        program = pathlib.Path(folder) / "app"
        subprocess.run([f"{arguments.bin_dir}/snag-clang", "-O1", "-g", "-pthread", "-I", TESTS / "support",
                        TESTS / "gallery/shared_counter/race_plain_increment_c.c", "-o", program], check=True)
        questions = [
            "expression -- int $n[8] = {0}; const char *$text = 0; void *$trace[16] = {0}; void *$address = 0;",
            "expression -- (int)__tsan_get_report_data((void*)__tsan_get_current_report(), &$text, &$n[0], &$n[1], &$n[2], "
            "&$n[3], &$n[4], &$n[5], &$n[6], $trace, 16UL)",
            "expression -- (const char *)$text",
            "expression -- (int)$n[2]",
            "expression -- (int)__tsan_get_report_mop((void*)__tsan_get_current_report(), 1UL, &$n[0], &$address, &$n[1], "
            "&$n[2], &$n[3], $trace, 16UL)",
            "expression -- (int)$n[1]",
            "expression -- (int)($address == (void*)&totals.requests)",
            "process kill",
            "quit",
        ]
        # It takes the stop for a crash, and goes on with the commands that are meant for that.
        asked = [word for question in questions for word in ("-k", question)]
        done = subprocess.run([lldb, "-b", "-x", "-o", "run", *asked, program], capture_output=True, text=True,
                              timeout=100, stdin=subprocess.DEVNULL)
    print(done.stdout + done.stderr)
    if "ptrace" in done.stderr or "personality set failed" in done.stderr:
        print("SKIPPED: LLDB may not debug here")
        return SKIPPED
    assert "ThreadSanitizer report breakpoint hit" in done.stdout + done.stderr, "LLDB stops by itself"
    answers = re.findall(r"^\((?:int|const char \*)\) \$\d+ = (.*)$", done.stdout, re.M)
    assert [answer.split(" ", 1)[-1] if "0x" in answer else answer for answer in answers] == \
        ["1", '"data-race"', "2", "1", "8", "1"], answers
    return 0


if __name__ == "__main__":
    sys.exit(main())
