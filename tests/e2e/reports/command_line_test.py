#!/usr/bin/env python3
"""Completion scripts and manual pages say what --help says.

Usage: command_line_test.py CLAIM --bin-dir DIR --clang CC --clangxx CXX
"""
import argparse
import pathlib
import re
import shutil
import subprocess
import sys

VERBS = {"run", "gate", "report", "explain", "print", "options", "symbolize", "completion", "man"}


def output(*command, **more):
    return subprocess.run(list(map(str, command)), check=True, capture_output=True, text=True, timeout=60, **more).stdout


def completions(script, *words):
    """What bash offers for the last word."""
    quoted = " ".join(f"'{word}'" for word in words)
    return set(output("bash", "-c", f'{script}\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _snag; '
                                    'printf "%s\\n" "${COMPREPLY[@]}"').split())


def bash_completes(snag):
    script = output(snag, "completion", "bash")
    assert completions(script, "snag", "") >= VERBS and completions(script, "snag", "ga") == {"gate"}
    assert completions(script, "snag", "gate", "--ba") == {"--baseline"}
    assert completions(script, "snag", "report", "--format", "=", "s") == {"sarif"}, "bash splits at the equals sign"
    assert completions(script, "snag", "report", "--color", "") == {"auto", "always", "never"}
    assert "--baseline" not in completions(script, "snag", "report", "--"), "only the verb's own"
    assert "/bin/sh" in completions(script, "snag", "run", "--", "/bin/s"), "behind -- any program"


def other_shells_take_their_scripts(snag):
    checked = 0
    for shell in ("zsh", "fish"):
        script = output(snag, "completion", shell)
        assert all(verb in script for verb in VERBS)
        if shutil.which(shell):
            output(shell, "-n", "/dev/stdin", input=script)
            checked += 1
    print(f"{checked} shells were there to check the syntax")


def manual_says_what_help_says(snag):
    assert all(f"\\fB{verb}\\fR" in output(snag, "man") for verb in VERBS)
    for verb in VERBS:
        page = output(snag, "man", verb).replace("\\-", "-")
        assert page.startswith(f".TH SNAG-{verb.upper()} 1 ")
        flags = set(re.findall(r"^  (?:-\w,)?(--[a-z-]+)", output(snag, verb, "--help"), re.MULTILINE))
        assert flags and all(f"\\fB{flag}\\fR" in page for flag in flags - {"--help"}), verb
    if shutil.which("man"):
        shown = subprocess.run(["man", "--warnings", "-l", "-"], input=output(snag, "man", "gate"), text=True,
                               capture_output=True, timeout=60)
        assert "snag gate" in shown.stdout and not shown.stderr, shown.stderr


CLAIMS = {claim.__name__: claim for claim in
          (bash_completes, other_shells_take_their_scripts, manual_says_what_help_says)}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("claim", choices=CLAIMS)
    for name in ("--bin-dir", "--clang", "--clangxx"):
        parser.add_argument(name, required=True)
    arguments = parser.parse_args()
    CLAIMS[arguments.claim](pathlib.Path(arguments.bin_dir) / "snag")


if __name__ == "__main__":
    sys.exit(main())
