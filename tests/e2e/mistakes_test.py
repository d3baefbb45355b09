#!/usr/bin/env python3
"""Mistakes that people make with Snag are answered with a message that says what to do.

Usage: mistakes_test.py MISTAKE --bin-dir DIR --clang CC --clangxx CXX --include RUNTIME_INCLUDE_DIR
"""
import argparse
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
RACY = HERE / "exactness" / "race_once.cpp"
HEADER = "ERROR: Snag: data race on 'message'"
SKIPPED = 77

OLD_MODULE = """
#include "snag/hooks.h"

static const SnagModule oldModule = {0, 0, "old_part.c"};

__attribute__((constructor)) static void announce(void) { __snag_module_begin(&oldModule); }

int oldPart(void) { return 1; }
"""
USER_OF_OLD_MODULE = """
#include <stdio.h>
int oldPart(void);
int main(void) {
  printf("went on with %d\\n", oldPart());
  return 0;
}
"""


class Mistake:
    """A folder to work in and the tools to make the mistake with."""

    def __init__(self, arguments, folder):
        self.arguments = arguments
        self.folder = pathlib.Path(folder)
        self.snagClang = f"{arguments.bin_dir}/snag-clang"
        self.snagClangxx = f"{arguments.bin_dir}/snag-clang++"

    def execute(self, *command, **environment):
        clean = {key: value for key, value in os.environ.items() if key != "SNAG_OPTIONS"}
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=120,
                              env={**clean, **environment}, stdin=subprocess.DEVNULL)
        done.text = done.stdout + done.stderr
        print(f"$ {' '.join(map(str, command))}   {environment or ''}\nexit code {done.returncode}\n{done.text}")
        return done

    def write(self, name, text):
        path = self.folder / name
        path.write_text(text)
        return path

    def buildRacy(self):
        program = self.folder / "race"
        done = self.execute(self.snagClangxx, "-g", "-O1", "-std=c++20", "-pthread", "-I", HERE.parent / "support",
                            RACY, "-o", program)
        assert done.returncode == 0, "the racy program does not compile"
        return program


def runtime_not_linked(mistake):
    """The linker's own message is the cure."""
    source = mistake.write("part.c", "int shared;\nint main(void) { return shared++; }\n")
    compiled = mistake.execute(mistake.snagClang, "-g", "-c", source, "-o", mistake.folder / "part.o")
    assert compiled.returncode == 0, "does not compile"
    linked = mistake.execute(mistake.arguments.clang, mistake.folder / "part.o", "-o", mistake.folder / "part")
    assert linked.returncode != 0, "the link should fail"
    assert "__snag_runtime_is_missing__link_with_snag_clang" in linked.text


def object_of_older_version(mistake):
    """An object that was compiled for other hooks must not run: its calls would mean something else."""
    old = mistake.write("old_part.c", OLD_MODULE)
    user = mistake.write("user.c", USER_OF_OLD_MODULE)
    program = mistake.folder / "user"
    made = mistake.execute(mistake.arguments.clang, "-I", mistake.arguments.include, "-c", old, "-o",
                           mistake.folder / "old_part.o")
    assert made.returncode == 0, "the old object does not compile"
    linked = mistake.execute(mistake.snagClang, user, mistake.folder / "old_part.o", "-o", program)
    assert linked.returncode == 0, "does not link"
    done = mistake.execute(program)
    assert done.returncode not in (0, 66) and done.returncode > 0, "the program should end with an error of its own"
    assert "went on" not in done.stdout, "the program should not have begun"
    assert "old_part.c" in done.stderr and "recompile" in done.stderr


def log_dir_not_writable(mistake):
    """The finding is printed instead of being lost."""
    done = mistake.execute(mistake.buildRacy(), SNAG_OPTIONS="log_dir=/proc/no/such/folder")
    assert "/proc/no/such/folder" in done.stderr and "log_dir" in done.stderr, "no word about the folder"
    assert HEADER in done.stderr, "the finding is lost"
    assert done.returncode == 66


def unknown_option(mistake):
    """A warning that names the option; everything else goes on, later options included."""
    done = mistake.execute(mistake.buildRacy(), SNAG_OPTIONS="no_such_option=1:exitcode=23")
    assert "no_such_option" in done.stderr, "the option is not named"
    assert HEADER in done.stderr and done.returncode == 23


def tool_missing(mistake):
    """Without the tool the report still names object and lines, and says how to get the rest."""
    done = mistake.execute(mistake.buildRacy(), SNAG_OPTIONS="tool=/nonexistent/snag", PATH="/nonexistent")
    assert HEADER in done.stderr and done.returncode == 66
    lines = RACY.read_text().splitlines()
    for marker in ("RACE-WRITE", "RACE-READ"):
        line = next(number for number, text in enumerate(lines, 1) if text.endswith("// " + marker))
        assert f"race_once.cpp:{line}" in done.stderr, f"the report does not name line {line}"
    assert "tool=" in done.stderr, "the report does not name the cure"


def plugin_in_another_clang(mistake):
    """Another LLVM's clang refuses the plugin with a message instead of crashing."""
    plugin = pathlib.Path(mistake.arguments.bin_dir).parent / "lib" / "snag" / "snag_pass.so"
    own = pathlib.Path(mistake.arguments.clang).resolve().parts
    others = [path for path in sorted(pathlib.Path("/usr/lib").glob("llvm-*/bin/clang"))
              if path.resolve().parts[:4] != own[:4]]
    if not others:
        print("SKIPPED: only one LLVM is installed: nothing was checked")
        return SKIPPED
    source = mistake.write("part.c", "int shared;\nint main(void) { return shared++; }\n")
    for other in others:
        done = mistake.execute(other, "-O1", f"-fpass-plugin={plugin}", "-c", source, "-o", mistake.folder / "part.o")
        assert done.returncode > 0, "the compiler should refuse"
        assert "PLEASE submit a bug report" not in done.text, "the compiler crashed"
        assert "snag-clang" in done.text, "the message does not name the cure"
        tellsItsVersion = int(other.parts[3].removeprefix("llvm-")) >= 16
        assert "built for LLVM" in done.text or not tellsItsVersion, "the message does not name the versions"
    return 0


def c_program_links_no_libstdcxx(mistake):
    """A pure C program does not come to depend on the C++ library."""
    source = mistake.write("part.c", "#include <stdio.h>\nint main(void) { return puts(\"hello\") < 0; }\n")
    program = mistake.folder / "part"
    assert mistake.execute(mistake.snagClang, "-g", source, "-o", program).returncode == 0, "does not link"
    assert "libstdc++" not in mistake.execute("readelf", "-d", program).text
    assert mistake.execute(program).stdout == "hello\n"


MISTAKES = [runtime_not_linked, object_of_older_version, log_dir_not_writable, unknown_option, tool_missing,
            plugin_in_another_clang, c_program_links_no_libstdcxx]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mistake", choices=[mistake.__name__ for mistake in MISTAKES])
    parser.add_argument("--bin-dir", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--clangxx", required=True)
    parser.add_argument("--include", required=True)
    arguments = parser.parse_args()
    chosen = next(mistake for mistake in MISTAKES if mistake.__name__ == arguments.mistake)
    with tempfile.TemporaryDirectory(prefix="snag-test-") as folder:
        try:
            return chosen(Mistake(arguments, folder)) or 0
        except AssertionError as error:
            print(f"FAILED: {error}")
            return 1


if __name__ == "__main__":
    sys.exit(main())
