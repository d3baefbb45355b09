"""The library headers that most C++ programs here begin with, compiled once for each set of flags instead of each time.

A program keeps its meaning: it is given a precompiled header only if nothing in front of its last `#include` could
change what a header says, and only with exactly the flags that the header was compiled with.
"""
import fcntl
import hashlib
import os
import pathlib
import re
import subprocess

HEADERS = ["atomic", "chrono", "condition_variable", "cstdint", "cstdio", "cstdlib", "cstring", "future", "memory",
           "mutex", "shared_mutex", "stdexcept", "string", "thread", "vector"]
SLOW = re.compile(r"^#include <(atomic|condition_variable|future|mutex|shared_mutex|thread)>$", re.MULTILINE)
INCLUDE = re.compile(r"^\s*#\s*include\b", re.MULTILINE)
DIRECTIVE = re.compile(r"^\s*#\s*(?!include\b)\w", re.MULTILINE)  # a macro or a condition may change a header


def suits(text):
    """Whether a program with this text begins with such headers, and with nothing that changes them."""
    includes = list(INCLUDE.finditer(text))
    return bool(SLOW.search(text)) and not DIRECTIVE.search(text[:includes[-1].start()])


def header(folder, compiler, flags):
    """The header for these flags, compiled now if nobody has done so; None where that does not work."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    result = folder / (keyOf(compiler, flags) + ".pch")
    if not result.exists():
        with open(result.with_suffix(".lock"), "w", encoding="utf-8") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not result.exists():
                make(result, compiler, flags)
    return result if result.stat().st_size > 0 else None


def keyOf(compiler, flags):
    changed = os.stat(compiler).st_mtime_ns if os.path.exists(compiler) else 0
    return hashlib.sha256(repr([str(compiler), changed, flags, HEADERS]).encode()).hexdigest()[:16]


def make(result, compiler, flags):
    """An empty file says that these headers do not compile with these flags."""
    source = result.with_suffix(".h")
    source.write_text("".join(f"#include <{name}>\n" for name in HEADERS))
    new = result.with_suffix(".new")
    command = [compiler, *flags, "-fpch-instantiate-templates", "-xc++-header", source, "-o", new]
    done = subprocess.run(command, capture_output=True, stdin=subprocess.DEVNULL, timeout=300)
    if done.returncode != 0:
        new.write_bytes(b"")
    new.replace(result)
