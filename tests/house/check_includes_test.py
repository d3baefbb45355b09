"""Tests of check_includes: a small tree per claim, with one #include in it."""

import tempfile
import unittest
from pathlib import Path

import check_includes

HEADERS = [
    "runtime/include/snag/hooks.h", "runtime/include/snag/record.h", "runtime/platform/platform.h",
    "runtime/platform/linux/futex.h", "runtime/core/detector.h", "runtime/report/text_writer.h",
    "runtime/hooks/access_hooks.h", "instrument/access.h", "tools/snag/reader.h",
]


class IncludeOrder(unittest.TestCase):
    def violations(self, path, line):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder).resolve()
            for name in HEADERS:
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text("")
            (root / path).write_text(line + "\n")
            return list(check_includes.violations(root))

    def allowed(self, path, line):
        self.assertEqual(self.violations(path, line), [])

    def refused(self, path, line):
        self.assertEqual(len(self.violations(path, line)), 1)

    def test_core_sees_platform_h_only(self):
        self.allowed("runtime/core/x.cpp", '#include "platform/platform.h"')
        self.refused("runtime/core/x.cpp", '#include "platform/linux/futex.h"')

    def test_core_does_not_see_report(self):
        self.refused("runtime/core/x.cpp", '#include "report/text_writer.h"')

    def test_core_sees_no_operating_system(self):
        self.allowed("runtime/core/x.cpp", "#include <cstdint>")
        self.refused("runtime/core/x.cpp", "#include <pthread.h>")
        self.refused("runtime/core/x.cpp", "#include <cstdio>")

    def test_report_sees_core_but_not_hooks(self):
        self.allowed("runtime/report/x.cpp", '#include "core/detector.h"')
        self.refused("runtime/report/x.cpp", '#include "hooks/access_hooks.h"')

    def test_a_relative_path_is_no_way_around(self):
        self.refused("runtime/core/x.cpp", '#include "../report/text_writer.h"')

    def test_instrument_sees_the_hooks_only(self):
        self.allowed("instrument/x.cpp", '#include "snag/hooks.h"')
        self.allowed("instrument/x.cpp", '#include "llvm/IR/Module.h"')
        self.refused("instrument/x.cpp", '#include "snag/record.h"')
        self.refused("instrument/x.cpp", '#include "core/detector.h"')

    def test_tools_see_the_records_and_no_runtime(self):
        self.allowed("tools/snag/x.cpp", '#include "snag/record.h"')
        self.refused("tools/snag/x.cpp", '#include "snag/hooks.h"')
        self.refused("tools/snag/x.cpp", '#include "core/detector.h"')

    def test_public_headers_see_nothing_of_the_inside(self):
        self.refused("runtime/include/snag/x.h", '#include "core/detector.h"')

    def test_runtime_cpp_sees_all_of_the_runtime(self):
        self.allowed("runtime/runtime.cpp", '#include "hooks/access_hooks.h"')


if __name__ == "__main__":
    unittest.main()
