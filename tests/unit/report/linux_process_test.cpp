// The real process page: starting a tool leaves no trace in the program, and nothing of the program's is written to.
#include <errno.h>
#include <fcntl.h>
#include <gmock/gmock.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <string>

#include "platform/process.h"

namespace snag::platform {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

volatile int childSignals = 0;
void countChildSignal(int) { childSignals = childSignals + 1; }

// The probe's facts end with an empty line.
std::string readFacts(const Channel& tool) {
  std::string text;
  for (char c; text.find("\n\n") == std::string::npos && readAll(tool, &c, 1, 10'000);) text += c;
  return text;
}

uint32_t finishProbe(Channel& tool) {
  uint32_t answer = ~0u;
  endWriting(tool);
  EXPECT_TRUE(readAll(tool, &answer, sizeof(answer), 10'000));
  closeChannel(tool);
  return answer;
}

std::string temporaryFile() {
  std::string path = testing::TempDir() + "snag-process-test.XXXXXX";
  const int file = mkstemp(path.data());
  close(file);
  return path;
}

TEST(StartTool, ToolGetsTheVerbAndReadsWhatIsWritten) {
  Channel tool = startTool(PROBE_TOOL);
  ASSERT_TRUE(tool.isOpen());
  EXPECT_THAT(readFacts(tool), HasSubstr("arguments=print \n"));
  EXPECT_TRUE(writeAll(tool, "12345", 5));
  EXPECT_TRUE(writeAll(tool, "678", 3));
  EXPECT_EQ(finishProbe(tool), 8u);
}

TEST(StartTool, ToolIsNobodysChildAndSendsNoSignal) {
  childSignals = 0;
  signal(SIGCHLD, countChildSignal);
  Channel tool = startTool(PROBE_TOOL);
  ASSERT_TRUE(tool.isOpen());
  readFacts(tool);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1);
  EXPECT_EQ(errno, ECHILD);
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG | __WALL), -1) << "the keeper was not reaped";
  finishProbe(tool);
  usleep(50'000);
  EXPECT_EQ(childSignals, 0);
  signal(SIGCHLD, SIG_DFL);
}

TEST(StartTool, ToolHoldsNoneOfTheProgramsDescriptors) {
  int pipeEnds[2];
  ASSERT_EQ(pipe(pipeEnds), 0);  // inheritable, as programs' descriptors mostly are
  Channel tool = startTool(PROBE_TOOL);
  ASSERT_TRUE(tool.isOpen());
  EXPECT_THAT(readFacts(tool), ContainsRegex("\ndescriptors=0 1 2 [0-9]+ \n"));
  close(pipeEnds[1]);
  char c;
  EXPECT_EQ(read(pipeEnds[0], &c, 1), 0) << "somebody else keeps the pipe open";
  finishProbe(tool);
  close(pipeEnds[0]);
}

TEST(StartTool, ToolHasItsOwnSessionAndNoSignalBlocked) {
  sigset_t all, before, after;
  sigfillset(&all);
  sigprocmask(SIG_SETMASK, &all, &before);
  Channel tool = startTool(PROBE_TOOL);
  const std::string facts = readFacts(tool);
  sigprocmask(SIG_SETMASK, &before, &after);
  EXPECT_THAT(facts, HasSubstr("\nleader=1\n"));
  EXPECT_THAT(facts, HasSubstr("\nblocked=0\n"));
  EXPECT_EQ(sigismember(&after, SIGUSR1), 1) << "the program's own mask was changed";
  finishProbe(tool);
}

TEST(StartTool, MissingAndBrokenToolsAreNotStarted) {
  const std::string notExecutable = temporaryFile();
  for (const std::string& path : {std::string("/nowhere/snag"), notExecutable}) {
    EXPECT_FALSE(startTool(path.c_str()).isOpen()) << path;
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG | __WALL), -1);
    EXPECT_EQ(errno, ECHILD);
  }
  unlink(notExecutable.c_str());
}

TEST(StartTool, WorksWithoutStandardDescriptors) {
  const pid_t child = fork();
  if (child == 0) {
    for (int descriptor = 0; descriptor < 1024; ++descriptor) close(descriptor);
    Channel tool = startTool(PROBE_TOOL);
    const bool isRight = readFacts(tool).find("\ndescriptors=0 1 2 ") != std::string::npos;
    _exit(isRight ? 0 : 1);
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
}

TEST(StartTool, ToolIsNotGivenToASubreaper) {
  const pid_t child = fork();
  if (child == 0) {
    childSignals = 0;
    signal(SIGCHLD, countChildSignal);
    prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
    Channel tool = startTool(PROBE_TOOL);
    readFacts(tool);
    const bool noneRunning = waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD;
    finishProbe(tool);
    usleep(50'000);
    const bool noneEnded = waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD;
    _exit((noneRunning ? 0 : 1) + (noneEnded ? 0 : 2) + (childSignals == 0 ? 0 : 4));
  }
  int status = -1;
  ASSERT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

// The environment that counts is the one the process was started with, so the test is started once more.
TEST(StartTool, OptionsAndPreloadsAreNotForTheTool) {
  if (getenv("SNAG_PROBE") == nullptr) {
    char path[4096];
    ASSERT_TRUE(executablePath(path, sizeof(path)));
    const std::string command = std::string("SNAG_OPTIONS=verbosity=1 LD_PRELOAD= SNAG_PROBE=yes '") + path +
                                "' --gtest_filter=StartTool.OptionsAndPreloadsAreNotForTheTool >/dev/null";
    EXPECT_EQ(system(command.c_str()), 0);
    return;
  }
  Channel tool = startTool(PROBE_TOOL);
  const std::string facts = readFacts(tool);
  EXPECT_THAT(facts, HasSubstr("\nSNAG_OPTIONS=(unset)\n"));
  EXPECT_THAT(facts, HasSubstr("\nLD_PRELOAD=(unset)\n"));
  EXPECT_THAT(facts, HasSubstr("\nSNAG_PROBE=yes\n"));
  finishProbe(tool);
}

TEST(Channel, DescriptorsAreHigh) {
  Channel tool = startTool(PROBE_TOOL);
  EXPECT_GE(tool.descriptor, 100);
  EXPECT_EQ(fcntl(tool.descriptor, F_GETFD), FD_CLOEXEC);
  readFacts(tool);
  finishProbe(tool);
}

TEST(Channel, WritingToAReaderThatIsGoneFailsWithoutSignal) {
  signal(SIGPIPE, SIG_DFL);  // would end the test
  Channel tool = startTool("/bin/true");
  ASSERT_TRUE(tool.isOpen());
  const std::string much(1 << 20, 'x');
  EXPECT_FALSE(writeAll(tool, much.data(), much.size()));
  char c;
  EXPECT_FALSE(readAll(tool, &c, 1, 1000));
  closeChannel(tool);
}

TEST(Channel, ReusedNumberIsNotWrittenTo) {
  const std::string ours = temporaryFile() + ".snag", theirs = temporaryFile();
  Channel file = openFile(ours.c_str());
  ASSERT_TRUE(file.isOpen());
  EXPECT_TRUE(writeAll(file, "abc", 3));
  const int other = open(theirs.c_str(), O_WRONLY);
  ASSERT_EQ(dup2(other, file.descriptor), file.descriptor);
  const int number = file.descriptor;
  EXPECT_FALSE(writeAll(file, "def", 3));
  closeChannel(file);
  EXPECT_NE(fcntl(number, F_GETFD), -1) << "the program's descriptor was closed";
  struct stat status;
  ASSERT_EQ(fstat(other, &status), 0);
  EXPECT_EQ(status.st_size, 0);
  close(number);
  close(other);
  unlink(ours.c_str());
  unlink(theirs.c_str());
}

TEST(Channel, ExistingFileIsNotOverwritten) {
  const std::string path = temporaryFile();
  EXPECT_FALSE(openFile(path.c_str()).isOpen());
  unlink(path.c_str());
}

TEST(Process, ErrnoIsKept) {
  errno = ESTALE;
  EXPECT_FALSE(startTool("/nowhere/snag").isOpen());
  EXPECT_EQ(errno, ESTALE);
  Channel file = openFile("/nowhere/file");
  EXPECT_FALSE(writeAll(file, "x", 1));
  ModuleInfo module;
  findModule(reinterpret_cast<uintptr_t>(&childSignals), &module);
  EXPECT_EQ(errno, ESTALE);
}

TEST(Process, UnmappedMemoryCannotBeCopied) {
  void* page = mmap(nullptr, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  const auto address = reinterpret_cast<uintptr_t>(page);
  static_cast<char*>(page)[4095] = 'x';
  munmap(static_cast<char*>(page) + 4096, 4096);
  char copy[2] = {};
  EXPECT_TRUE(copyMemory(address + 4095, copy, 1));
  EXPECT_EQ(copy[0], 'x');
  EXPECT_FALSE(copyMemory(address + 4095, copy, 2));
  munmap(page, 4096);
}

TEST(Modules, CodeAndDataOfTheProgramAreFound) {
  char self[4096];
  ASSERT_TRUE(executablePath(self, sizeof(self)));
  ModuleInfo code, data;
  ASSERT_TRUE(findModule(reinterpret_cast<uintptr_t>(&countChildSignal), &code));
  ASSERT_TRUE(findModule(reinterpret_cast<uintptr_t>(&childSignals), &data));
  EXPECT_STREQ(code.path, self);
  EXPECT_TRUE(code.inCode && !code.inData);
  EXPECT_TRUE(data.inData && !data.inCode);
  EXPECT_EQ(code.bias, data.bias);
  EXPECT_EQ(code.buildIdBytes, 20u);
  EXPECT_LE(code.start, reinterpret_cast<uintptr_t>(&countChildSignal));
  EXPECT_GT(code.end, reinterpret_cast<uintptr_t>(&childSignals));
}

TEST(Modules, LibrariesAreFoundByPath) {
  ModuleInfo module;
  ASSERT_TRUE(findModule(reinterpret_cast<uintptr_t>(&::getpid), &module));
  EXPECT_THAT(module.path, testing::AnyOf(HasSubstr("libc.so"), HasSubstr("libc-"), HasSubstr("linux_process_test")));
}

TEST(Modules, StackAndHeapBelongToNone) {
  int local = 0;
  ModuleInfo module;
  EXPECT_FALSE(findModule(reinterpret_cast<uintptr_t>(&local), &module));
  EXPECT_FALSE(findModule(8, &module));
}

}  // namespace
}  // namespace snag::platform
