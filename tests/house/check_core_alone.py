"""Checks that the core needs nothing of the runtime but itself, platform/platform.h and include/.

A folder of links holds just these; an #include of anything else finds no file there. Headers are compiled one by one, so
each brings what it uses. Source files are preprocessed only: the build compiles them.
"""

import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

FLAGS = ["-std=c++20", "-x", "c++", "-fno-exceptions", "-fno-rtti", "-w"]
HOW = {".h": ["-fsyntax-only"], ".cpp": ["-E", "-o", os.devnull]}


def make_alone(root, alone):
    (alone / "platform").mkdir()
    (alone / "core").symlink_to(root / "runtime/core")
    (alone / "include").symlink_to(root / "runtime/include")
    (alone / "platform/platform.h").symlink_to(root / "runtime/platform/platform.h")


def errors(compiler, alone, name):
    """What the compiler says against core/NAME; an empty text if nothing."""
    command = [compiler, *FLAGS, *HOW[Path(name).suffix], "-I", str(alone), "-I", str(alone / "include"),
               str(alone / "core" / name)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    return "" if result.returncode == 0 else f"core/{name} does not compile alone:\n{result.stderr}"


def main():
    root, compiler = Path(sys.argv[1]).resolve(), sys.argv[2]
    names = sorted(p.name for p in (root / "runtime/core").iterdir() if p.suffix in HOW)
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        alone = Path(folder)
        make_alone(root, alone)
        found = [text for text in pool.map(lambda name: errors(compiler, alone, name), names) if text]
    print("\n".join(found))
    print(f"{len(names) - len(found)} of {len(names)} files of the core compile alone")
    return 1 if found or not names else 0


if __name__ == "__main__":
    sys.exit(main())
