#include "commands/serve_stream.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <cerrno>

namespace snag::commands {

namespace {

using Clock = model::Session::Clock;

// Milliseconds until the session wants to be called without new input; -1: it can wait for input for ever.
int timeoutFor(const model::Session& session) {
  if (session.hasWork()) return 0;
  const auto due = session.nextDue();
  if (!due) return -1;
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*due - Clock::now()).count();
  return static_cast<int>(std::max<long>(0, wait));
}

enum class Input { None, Data, End };

// Waits for input until the timeout and hands it to the reader.
Input readOnce(int fd, int timeout, model::RecordReader& reader) {
  pollfd waiting{fd, POLLIN, 0};
  const int ready = poll(&waiting, 1, timeout);
  if (ready == 0 || (ready < 0 && errno == EINTR)) return Input::None;
  std::array<uint8_t, 65536> chunk;
  const ssize_t count = read(fd, chunk.data(), chunk.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return Input::None;
  if (count <= 0) return Input::End;
  reader.feed({chunk.data(), static_cast<size_t>(count)});
  return Input::Data;
}

// The program may be gone, and then nobody wants the answer: failure is fine.
void sendReply(int fd, size_t reports) {
  const auto count = static_cast<uint32_t>(reports);
  const uint8_t bytes[4] = {static_cast<uint8_t>(count), static_cast<uint8_t>(count >> 8),
                            static_cast<uint8_t>(count >> 16), static_cast<uint8_t>(count >> 24)};
  (void)!send(fd, bytes, sizeof bytes, MSG_NOSIGNAL);
  close(fd);
}

}  // namespace

size_t serveStream(int fd, bool reply, model::Session& session) {
  model::RecordReader reader(session);
  session.beginStream();
  Input input = Input::None;
  while (input != Input::End && !session.sawSummary()) {
    input = readOnce(fd, timeoutFor(session), reader);
    // Read all that is there before resolving, which can be slow: the program should not have to wait.
    if (input == Input::None) session.workOnce(Clock::now());
    session.renderDue(Clock::now());
  }
  reader.finish();
  const size_t reports = session.finish();
  if (reply) sendReply(fd, reports);
  return reports;
}

}  // namespace snag::commands
