// What goes through the kernel orders threads: whoever receives comes after whoever sent.
//
// The whole process has one channel. Finer ones would be wrong, not just more work: which descriptors are two ends of
// one connection is unknown once one was inherited, passed on or proxied, and a message may come back by way of another
// process. Too much order hides races between threads that both do I/O in between; too little invents some.
#ifndef SNAG_INTERCEPTORS_IO_CHANNEL_H
#define SNAG_INTERCEPTORS_IO_CHANNEL_H

namespace snag {

// Right before the calling thread sends something through this descriptor, or ends a conversation on it. Does nothing
// for regular files and terminals: they hold data, they do not wake readers.
void noteSending(int descriptor);

// The calling thread got something, or the end of the stream, from this descriptor.
void noteReceived(int descriptor);

// The same for calls that concern many descriptors or are never made on files.
void noteSending();
void noteReceived();

// The number will mean another file, or none. Before it does.
void forgetDescriptor(int descriptor);
void forgetKind(int descriptor);  // uses of the number stay remembered
void forgetDescriptors(unsigned first, unsigned last);

// For the result of a call that receives; hands it through.
template <typename Result>
Result received(int descriptor, Result result) {
  if (result >= 0) noteReceived(descriptor);
  return result;
}
// For calls that wait until some descriptor is ready. A time-out tells nothing.
inline int becameReady(int count) {
  if (count > 0) noteReceived();
  return count;
}

}  // namespace snag

#endif  // SNAG_INTERCEPTORS_IO_CHANNEL_H
