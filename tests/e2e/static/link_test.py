#!/usr/bin/env python3
"""The linker warns of functions that need shared libraries in a static program: only programs that call some hear of it.

Usage: link_test.py static|static-pie --bin-dir DIR --clang CC --clangxx CXX
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile

QUIET_C = """
#include <stdio.h>
int main(void) { return printf("done\\n") < 0; }
"""
QUIET_CXX = """
#include <iostream>
#include <string>
#include <thread>
int main() {
  std::string text;
  std::thread([&] { text = "done"; }).join();
  std::cout << text << std::endl;
}
"""
CALLS_ONE = """
#include <pwd.h>
#include <stdio.h>
int main(void) {
  struct passwd* user = getpwuid(0);
  printf("%s\\n", user != NULL ? "done" : "nobody");
  return 0;
}
"""


def build(arguments, folder, name, text):
    compiler = arguments.bin_dir / ("snag-clang++" if name.endswith(".cpp") else "snag-clang")
    source, program = folder / name, folder / name.partition(".")[0]
    source.write_text(text)
    done = subprocess.run([compiler, f"-{arguments.way}", "-O1", source, "-o", program], capture_output=True, text=True,
                          timeout=120)
    print(f"{name}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    assert done.returncode == 0
    ran = subprocess.run([program], capture_output=True, text=True, timeout=60)
    print(f"{ran.stdout}{ran.stderr}")
    assert ran.returncode == 0 and ran.stdout == "done\n" and ran.stderr == ""
    return done.stdout + done.stderr


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("way", choices=["static", "static-pie"])
    parser.add_argument("--bin-dir", type=pathlib.Path, required=True)
    parser.add_argument("--clang")
    parser.add_argument("--clangxx")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = pathlib.Path(temporary)
        assert build(arguments, folder, "quiet.c", QUIET_C) == ""
        assert build(arguments, folder, "quiet_cxx.cpp", QUIET_CXX) == ""
        said = build(arguments, folder, "calls_one.c", CALLS_ONE)
        assert "getpwuid" in said and "getpwnam" not in said
    return 0


if __name__ == "__main__":
    sys.exit(main())
