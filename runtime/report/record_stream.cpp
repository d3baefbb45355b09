#include "report/record_stream.h"

#include "report/record_writer.h"
#include "report/report_sink.h"
#include "report/text_buffer.h"
#include "report/tool_search.h"

#ifndef SNAG_VERSION
#define SNAG_VERSION "unknown"
#endif

namespace snag {

namespace {

constexpr size_t kMaxPath = 1024;
constexpr uint32_t kMaxFilesPerProcess = 64;
constexpr int kPatienceMilliseconds = 120'000;  // the tool may read gigabytes of debug info

const char* lastComponent(const char* path) {
  const char* last = path;
  for (; *path != 0; ++path)
    if (*path == '/') last = path + 1;
  return last;
}

}  // namespace

RecordStream::RecordStream(const char* logDir) {
  if (logDir == nullptr || logDir[0] == 0) return;
  TextBuffer directory(directory_, sizeof(directory_));
  char current[kMaxPath];
  if (logDir[0] != '/' && platform::workingDirectory(current, sizeof(current))) directory << current << "/";
  directory << logDir;
}

RecordStream::State RecordStream::open(const ReportConfig& config, uint8_t* buffer, size_t capacity) {
  if (state_ != State::Closed) return state_;
  if (directory_[0] != 0 && openFile())
    state_ = State::File;
  else
    state_ = startTool(config.toolPath != nullptr ? config.toolPath : "") ? State::Tool : State::Failed;
  if (isOpen()) send(buffer, writeProcess(config, buffer, capacity));
  return state_;
}

// <dir>/snag.<program>.<pid>.snag; a process that executes itself again finds its own file there and numbers the next.
bool RecordStream::openFile() {
  char executable[kMaxPath], path[2 * kMaxPath];
  platform::executablePath(executable, sizeof(executable));
  platform::createDirectory(directory_);
  for (uint32_t attempt = 1; attempt <= kMaxFilesPerProcess && !channel_.isOpen(); ++attempt) {
    TextBuffer text(path, sizeof(path));
    text << directory_ << "/snag." << lastComponent(executable) << "." << platform::processId();
    if (attempt > 1) text << "." << attempt;
    text << ".snag";
    channel_ = platform::openFile(path);
  }
  if (channel_.isOpen()) return true;
  TextBuffer message(path, sizeof(path));
  message << "Snag: cannot create a file of records in '" << directory_ << "': findings are printed instead\n";
  platform::printError(message.text(), message.length());
  return false;
}

bool RecordStream::startTool(const char* named) {
  TextBuffer lookedAt(lookedAt_, sizeof(lookedAt_));
  channel_ = startSnagTool(named, lookedAt);
  startedTool_ = channel_.isOpen();
  return startedTool_;
}

size_t RecordStream::writeProcess(const ReportConfig& config, uint8_t* buffer, size_t capacity) {
  using record::Tag;
  char path[kMaxPath];
  RecordWriter out(buffer, capacity);
  out.begin(record::RecordKind::Process);
  out.u32(Tag::ProcessId, platform::processId());
  if (platform::executablePath(path, sizeof(path))) out.text(Tag::Executable, path);
  out.text(Tag::SnagVersion, SNAG_VERSION);
  if (platform::workingDirectory(path, sizeof(path))) out.text(Tag::WorkingDirectory, path);
  out.u32(Tag::Verbosity, config.verbosity);
  out.text(Tag::Color, config.color);
  out.text(Tag::Suppressions, config.suppressions);
  out.text(Tag::ReportStyle, config.reportStyle);
  out.text(Tag::LogPath, config.logPath);
  return out.end();
}

bool RecordStream::send(const uint8_t* record, size_t bytes) {
  if (!isOpen()) return false;
  if (platform::writeAll(channel_, record, bytes)) return true;
  platform::closeChannel(channel_);
  state_ = State::Failed;
  return false;
}

bool RecordStream::waitForCount(uint32_t* count) {
  if (state_ != State::Tool) return false;
  platform::endWriting(channel_);
  return platform::readAll(channel_, count, sizeof(*count), kPatienceMilliseconds);
}

void RecordStream::drop() {
  platform::closeChannel(channel_);
  state_ = State::Closed;
}

}  // namespace snag
