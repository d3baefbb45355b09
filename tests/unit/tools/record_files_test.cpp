#include "commands/record_files.h"

#include "commands/child_process.h"
#include "commands/commands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace snag::test {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;

class RecordFiles : public testing::Test {
 protected:
  RecordFiles() {
    std::string pattern = (fs::temp_directory_path() / "snag-test-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
  }
  ~RecordFiles() override { fs::remove_all(directory_); }
  std::string touch(const std::string& name) {
    std::ofstream(directory_ / name) << "x";
    return (directory_ / name).string();
  }
  fs::path directory_;
};

TEST_F(RecordFiles, ADirectoryStandsForItsRecordsInOrder) {
  const std::string b = touch("b.snag"), a = touch("a.snag");
  touch("notes.txt");
  EXPECT_THAT(commands::expandRecordPaths({directory_.string()}), ElementsAre(a, b));
}

TEST_F(RecordFiles, AnEmptyDirectoryIsAMistake) {
  EXPECT_THROW(commands::expandRecordPaths({directory_.string()}), commands::UsageError);
  EXPECT_THROW(commands::expandRecordPaths({"/does/not/exist"}), commands::UsageError);
}

TEST(ChildProcess, TellsHowTheProgramEnded) {
  EXPECT_EQ(commands::runChild({"sh", "-c", "exit 3"}, "X", "1").shellCode(), 3);
  EXPECT_EQ(commands::runChild({"sh", "-c", "kill -9 $$"}, "X", "1").shellCode(), 128 + SIGKILL);
  EXPECT_EQ(commands::runChild({"sh", "-c", "exit $X"}, "X", "42").shellCode(), 42);
}

TEST(ChildProcess, TellsWhenItCouldNotStart) {
  const commands::ChildEnd end = commands::runChild({"/no/such/program"}, "X", "1");
  EXPECT_FALSE(end.started);
  EXPECT_EQ(end.error, ENOENT);
}

}  // namespace
}  // namespace snag::test
