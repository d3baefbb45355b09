// Around one call on a stream. Every call takes the stream's lock, so calls on one stream are ordered; that lock is
// inside libc, so each call gives what it knows before and takes what others gave after. What goes through a pipe is a
// message as well.
#ifndef SNAG_INTERCEPTORS_STREAM_CALL_H
#define SNAG_INTERCEPTORS_STREAM_CALL_H

#include <stdio.h>

#include "interceptors/handler_frame.h"
#include "interceptors/io_channel.h"
#include "interceptors/sync_events.h"

namespace snag {

class StreamCall {
 public:
  enum class Direction { In, Out };
  StreamCall(FILE* stream, Direction direction, const char* function, const Place& place)
      : stream_(stream), direction_(direction) {
    noteUnsafeCall(function, place);
    if (stream_ == nullptr) {
      noteSending();
      return;
    }
    noteRelease(stream_);
    if (direction_ == Direction::Out) noteSending(stream_->_fileno);
  }
  ~StreamCall() {
    if (stream_ == nullptr) return;
    noteAcquire(stream_);
    if (direction_ == Direction::In) noteReceived(stream_->_fileno);
  }
  StreamCall(const StreamCall&) = delete;
  StreamCall& operator=(const StreamCall&) = delete;

 private:
  FILE* const stream_;  // null: all of them
  const Direction direction_;
};

}  // namespace snag

#define SNAG_STREAM_IN(stream, name) \
  const ::snag::StreamCall streamCall(stream, ::snag::StreamCall::Direction::In, name, SNAG_CALLER)
#define SNAG_STREAM_OUT(stream, name) \
  const ::snag::StreamCall streamCall(stream, ::snag::StreamCall::Direction::Out, name, SNAG_CALLER)

#endif  // SNAG_INTERCEPTORS_STREAM_CALL_H
