"""The command line of the benchmark."""
import argparse
import pathlib

import cases

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent


def parse(description, arguments):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME",
                        help="only these programs, or groups: " + ", ".join(cases.GROUPS))
    parser.add_argument("--bin-dir", type=pathlib.Path, default=ROOT / "build-release/bin", help="where snag-clang is")
    parser.add_argument("--llvm", type=pathlib.Path, default=pathlib.Path("/usr/lib/llvm-22/bin"),
                        help="folder of clang and llvm-size")
    parser.add_argument("--out", type=pathlib.Path, default=ROOT / "build-release/bench",
                        help="folder for everything written")
    parser.add_argument("--repeat", type=int, default=5, help="runs of each build of each program (default 5)")
    parser.add_argument("--timeout", type=int, default=600, help="seconds that one run may take")
    parser.add_argument("--quick", action="store_true", help="small sizes: seconds instead of minutes, rough figures")
    parser.add_argument("--large", action="store_true", help="also gigabytes of heap and a hundred million operations")
    parser.add_argument("--smoke", action="store_true", help="three programs, one run each: does the benchmark work?")
    parser.add_argument("--features", action="store_true", help="also Snag with each feature switched off")
    parser.add_argument("--valgrind", action="store_true", help="also Helgrind and DRD, on reduced sizes")
    parser.add_argument("--instructions", action="store_true", help="also count executed instructions")
    parser.add_argument("--no-compile-time", action="store_true", help="do not measure how long compiling takes")
    parser.add_argument("--page", action="store_true", help="write docs/benchmarks.md and its plots")
    parser.add_argument("--from", dest="source", type=pathlib.Path, help="measure nothing: read this results.json")
    parser.add_argument("--beside", type=pathlib.Path, metavar="RESULTS",
                        help="take what --features and --valgrind add from the results.json of another run")
    options = parser.parse_args(arguments)
    if options.smoke:
        options.quick, options.repeat, options.no_compile_time = True, 1, True
    return options


def typedByUser(arguments):
    """Without the folders that tools/dev passes on."""
    return [each for each in arguments if not each.startswith(("--bin-dir=", "--llvm=", "--out="))]
