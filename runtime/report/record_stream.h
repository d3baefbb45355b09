// Where the records of this process go: to a snag tool started for it, or into a file of the log directory. Opened at
// the first need, with the Process record first. Used by one thread at a time.
#ifndef SNAG_REPORT_RECORD_STREAM_H
#define SNAG_REPORT_RECORD_STREAM_H

#include <stddef.h>
#include <stdint.h>

#include "platform/process.h"

namespace snag {

struct ReportConfig;

class RecordStream {
 public:
  enum class State { Closed, Tool, File, Failed };

  // Makes a relative log directory absolute while the working directory is still the one it was meant for.
  explicit RecordStream(const char* logDir);

  // Opens the stream if it is closed; `buffer` is for the Process record. Afterwards it is Tool, File or Failed.
  State open(const ReportConfig& config, uint8_t* buffer, size_t capacity);
  State state() const { return state_; }
  bool isOpen() const { return state_ == State::Tool || state_ == State::File; }
  bool startedTool() const { return startedTool_; }
  // Where a tool was looked for; the last place is the one that was started.
  const char* lookedAt() const { return lookedAt_; }

  // Sends a whole record. False if it could not be sent; the stream has then Failed.
  bool send(const uint8_t* record, size_t bytes);

  // After the last record: waits until the tool has printed everything and says how many findings that were. False if
  // it does not say.
  bool waitForCount(uint32_t* count);

  // Closed again, without a word to the reader: for the child of a fork, whose parent's stream this is.
  void drop();

 private:
  bool openFile();
  bool startTool(const char* named);
  size_t writeProcess(const ReportConfig& config, uint8_t* buffer, size_t capacity);

  State state_ = State::Closed;
  bool startedTool_ = false;
  platform::Channel channel_;
  char directory_[1024] = {};  // empty without log directory
  char lookedAt_[2048] = {};
};

}  // namespace snag

#endif  // SNAG_REPORT_RECORD_STREAM_H
