#!/usr/bin/env python3
"""How long the first report of a large executable takes: 300 MB of debug information, 100 findings in it.

Usage: large_program.py --build BUILD [--megabytes N]
The executable is one generated file of C with many types and functions, compiled once and linked many times under other
names, so that it is made in a minute. Run by `tools/dev soak symbols`.
"""
import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

import limits_test

SECONDS = 20
FINDINGS = 100
FUNCTIONS = 2500  # of one object


def source():
    """Self-contained: every symbol gets a prefix later."""
    lines = []
    for i in range(FUNCTIONS):
        lines.append(f"""
struct node_{i} {{ struct node_{i} *next; long key_{i}, value_{i}[4]; union {{ int small; double large; }} as_{i}; }};
struct node_{i} global_{i};
static inline long mix_{i}(struct node_{i} *node, long amount) {{
  for (long step_{i} = 0; step_{i} < amount; ++step_{i}) node->value_{i}[step_{i} & 3] += amount ^ node->key_{i};
  return node->next ? node->next->key_{i} : amount;
}}
long function_{i}(long first, long second) {{
  struct node_{i} local = {{&global_{i}, first, {{second, first}}, {{1}}}};
  long result_{i} = mix_{i}(&local, first) + mix_{i}(&global_{i}, second);
  return result_{i} ^ local.value_{i}[first & 3];
}}""")
    return "\n".join(lines)


def build(tools, folder, megabytes):
    (folder / "part.c").write_text(source())
    subprocess.run([f"{tools}/clang", "-g", "-O1", "-c", "part.c", "-o", "part.o"], cwd=folder, check=True)
    megabytesOfOne = (folder / "part.o").stat().st_size / 1e6
    (folder / "main.c").write_text("long p0_function_1(long, long); int main(void) { return (int)p0_function_1(1, 2); }")
    objects, program = [], folder / "large"
    count = max(2, int(megabytes / megabytesOfOne))
    for size in (count, None):
        size = size or int(count * megabytes / (program.stat().st_size / 1e6)) + 1
        for number in range(len(objects), size):
            objects.append(f"part{number}.o")
            subprocess.run([f"{tools}/llvm-objcopy", f"--prefix-symbols=p{number}_", "part.o", objects[-1]], cwd=folder,
                           check=True)
        subprocess.run([f"{tools}/clang", "-g", "-fuse-ld=lld", "main.c", *objects[:size], "-o", program], cwd=folder,
                       check=True)
        if program.stat().st_size >= megabytes * 1e6:
            break
    for name in ("part.o", *objects):
        (folder / name).unlink()
    return program


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--build", required=True)
    parser.add_argument("--tools", default="/usr/lib/llvm-22/bin")
    parser.add_argument("--megabytes", type=int, default=300)
    arguments = parser.parse_args()
    bin = pathlib.Path(arguments.build).resolve() / "bin"
    with tempfile.TemporaryDirectory() as folder:
        program = build(arguments.tools, pathlib.Path(folder), arguments.megabytes)
        records = pathlib.Path(folder) / "records"
        records.mkdir()
        # Every hundredth place, so that the findings are all over the program.
        places = limits_test.places(f"{arguments.tools}/llvm-nm", program, most=None).splitlines()
        subprocess.run([bin / "many_records", records, program, str(FINDINGS), str(FINDINGS), "1"],
                       input="\n".join(places[:: max(1, len(places) // 4000)]), text=True, check=True)
        start = time.monotonic()
        seconds, megabytes, text = limits_test.measured([bin / "snag", "report", records])
        elapsed = time.monotonic() - start
        size = program.stat().st_size / 1e6
        print(f"{size:.0f} MB: {elapsed:.1f} s elapsed, {seconds:.1f} s of processor time, {megabytes:.0f} MB of memory")
        assert limits_test.findings_in("text", text) == FINDINGS
        assert "function_" in text and "part.c:" in text, "names and lines come from the large executable"
        assert size >= arguments.megabytes and seconds < SECONDS, f"the limit is {SECONDS} s"


if __name__ == "__main__":
    sys.exit(main())
