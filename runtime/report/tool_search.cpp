#include "report/tool_search.h"

namespace snag {

// Directories, separated by colons; the build says which.
#ifndef SNAG_TOOL_DIRECTORY
#define SNAG_TOOL_DIRECTORY ""
#endif

namespace {

constexpr size_t kMaxPath = 1024, kMaxList = 8192;

class Search {
 public:
  explicit Search(TextBuffer& lookedAt) : lookedAt_(lookedAt) {}

  // True if the tool runs now.
  bool tryFile(const char* path) {
    note(path);
    if (!platform::fileIsExecutable(path)) return false;
    channel = platform::startTool(path);
    return channel.isOpen();
  }

  bool tryDirectories(const char* list) {
    while (*list != 0) {
      char memory[kMaxPath];
      TextBuffer path(memory, sizeof(memory));
      for (; *list != 0 && *list != ':'; ++list) path.put(*list);
      if (*list == ':') ++list;
      if (path.length() > 0 && !(path << "/snag").isFull() && tryFile(path.text())) return true;
    }
    return false;
  }

  platform::Channel channel;

 private:
  void note(const char* path) {
    if (lookedAt_.length() > 0) lookedAt_ << ", ";
    lookedAt_ << path;
  }

  TextBuffer& lookedAt_;
};

}  // namespace

platform::Channel startSnagTool(const char* named, TextBuffer& lookedAt) {
  Search search(lookedAt);
  if (named[0] != 0) {
    search.tryFile(named);
    return search.channel;
  }
  if (search.tryDirectories(SNAG_TOOL_DIRECTORY)) return search.channel;
  static char path[kMaxList];  // under the sink's lock, like everything here
  if (platform::startEnvironment("PATH", path, sizeof(path))) search.tryDirectories(path);
  return search.channel;
}

}  // namespace snag
