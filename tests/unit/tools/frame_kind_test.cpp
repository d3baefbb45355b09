#include "model/frame_kind.h"

#include "finding_builder.h"
#include "render/stack_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace snag::test {
namespace {

using model::classifyFrame;
using model::FrameKind;
using testing::HasSubstr;
using testing::Not;

FrameKind kindOf(std::string function, std::string file = "", std::string module = "/demo/app") {
  return classifyFrame({std::move(function), std::move(file), 1, 1}, module);
}

TEST(FrameKind, KnowsTheStandardLibrary) {
  EXPECT_EQ(kindOf("std::thread::_M_start_thread()", "", "/usr/lib/libstdc++.so.6"), FrameKind::Library);
  EXPECT_EQ(kindOf("void std::__invoke_impl<void>(int)", "/usr/include/c++/12/bits/invoke.h"), FrameKind::Library);
  EXPECT_EQ(kindOf("__gthread_mutex_lock", "/usr/include/x86_64-linux-gnu/c++/12/bits/gthr-default.h"),
            FrameKind::Library);
  EXPECT_EQ(kindOf("swap", "/usr/lib/llvm-22/include/c++/v1/utility"), FrameKind::Library);
}

TEST(FrameKind, KnowsThreadStart) {
  EXPECT_EQ(kindOf("start_thread"), FrameKind::ThreadStart);
  EXPECT_EQ(kindOf("clone3"), FrameKind::ThreadStart);
  EXPECT_EQ(kindOf("__libc_start_main@@GLIBC_2.34"), FrameKind::ThreadStart);
  EXPECT_EQ(kindOf("", "", "/lib/x86_64-linux-gnu/libc.so.6"), FrameKind::ThreadStart);
}

TEST(FrameKind, KnowsTheRuntimeAndItsInterceptors) {
  EXPECT_EQ(kindOf("snag::Detector::report()"), FrameKind::Runtime);
  EXPECT_EQ(kindOf("__snag_write4"), FrameKind::Runtime);
  EXPECT_EQ(kindOf("pthread_create"), FrameKind::Runtime);
  EXPECT_EQ(kindOf("operator new(unsigned long)"), FrameKind::Runtime);
}

TEST(FrameKind, LeavesTheUsersOwnCodeAlone) {
  EXPECT_EQ(kindOf("main", "/demo/app.cpp"), FrameKind::User);
  EXPECT_EQ(kindOf("operator new(unsigned long)", "/demo/allocator.cpp"), FrameKind::User);
  EXPECT_EQ(kindOf("boost::thread::start()", "/usr/include/boost/thread.hpp"), FrameKind::User);
  EXPECT_EQ(kindOf("startWork()", "/demo/app.cpp"), FrameKind::User);
}

// user code called by std::thread, with push_back inlined into it
model::ResolvedStack threadStack() {
  model::ResolvedStack stack;
  const auto add = [&](std::string function, std::string file) {
    model::ResolvedFrame frame;
    frame.place = {std::move(function), std::move(file), 7, 0};
    frame.module = "/demo/app";
    frame.kind = classifyFrame(frame.place, frame.module);
    stack.frames.push_back(frame);
  };
  add("__snag_write4", "");
  add("std::vector<int>::push_back(int)", "/usr/include/c++/12/bits/stl_vector.h");
  add("work()", "/demo/app.cpp");
  add("void std::__invoke_impl<void>(int)", "/usr/include/c++/12/bits/invoke.h");
  add("start_thread", "");
  return stack;
}

TEST(StackText, FoldsMachinery) {
  EXPECT_EQ(render::stackText(threadStack(), {}),
            "    #0 work() /demo/app.cpp:7\n"
            "    (3 frames of the standard library and thread start folded; verbosity=1 shows them)\n");
}

TEST(StackText, UnfoldsWhenAsked) {
  const std::string text = render::stackText(threadStack(), {.verbosity = 1});
  EXPECT_THAT(text, HasSubstr("#0 __snag_write4 (app+0x0)\n"));
  EXPECT_THAT(text, HasSubstr("#4 start_thread"));
  EXPECT_THAT(text, Not(HasSubstr("folded")));
}

TEST(StackText, ShowsSomethingWhenNoFrameIsTheUsers) {
  model::ResolvedStack stack = threadStack();
  stack.frames.erase(stack.frames.begin() + 2);
  EXPECT_THAT(render::stackText(stack, {}), HasSubstr("#0 std::vector<int>::push_back(int)"));
}

TEST(StackText, CutsDeepRecursion) {
  model::ResolvedStack stack;
  stack.frames.assign(30, threadStack().frames[2]);
  EXPECT_THAT(render::stackText(stack, {}), HasSubstr("22 outer frames left out"));
}

TEST(SourceLine, PutsTheCaretUnderTabs) {
  FakeSource source;
  source.lines[{"/a.cpp", 3}] = "\tx += 1;";
  EXPECT_EQ(render::sourceLineText({"f", "/a.cpp", 3, 4}, source, {}), "      3 | \tx += 1;\n        | \t  ^\n");
  EXPECT_EQ(render::sourceLineText({"f", "/missing.cpp", 3, 4}, source, {}), "");
}

}  // namespace
}  // namespace snag::test
