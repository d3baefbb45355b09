// Messages that are no bytes of a descriptor: queues of POSIX and System V, asynchronous I/O, other processes.
#include <aio.h>
#include <mqueue.h>
#include <spawn.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/wait.h>
#include <unistd.h>

#include "interceptors/handler_frame.h"
#include "interceptors/io_channel.h"
#include "interceptors/library_call.h"

using namespace snag;

SNAG_LIBRARY_FUNCTION(int, mq_send, mqd_t, const char*, size_t, unsigned)
SNAG_LIBRARY_FUNCTION(int, mq_timedsend, mqd_t, const char*, size_t, unsigned, const timespec*)
SNAG_LIBRARY_FUNCTION(ssize_t, mq_receive, mqd_t, char*, size_t, unsigned*)
SNAG_LIBRARY_FUNCTION(ssize_t, mq_timedreceive, mqd_t, char*, size_t, unsigned*, const timespec*)
SNAG_LIBRARY_FUNCTION(int, mq_notify, mqd_t, const sigevent*)
SNAG_LIBRARY_FUNCTION(int, msgsnd, int, const void*, size_t, int)
SNAG_LIBRARY_FUNCTION(ssize_t, msgrcv, int, void*, size_t, long, int)
SNAG_LIBRARY_FUNCTION(int, aio_read, aiocb*)
SNAG_LIBRARY_FUNCTION(int, aio_write, aiocb*)
SNAG_LIBRARY_FUNCTION(int, lio_listio, int, aiocb* const*, int, sigevent*)
SNAG_LIBRARY_FUNCTION(int, aio_error, const aiocb*)
SNAG_LIBRARY_FUNCTION(ssize_t, aio_return, aiocb*)
SNAG_LIBRARY_FUNCTION(int, aio_suspend, const aiocb* const*, int, const timespec*)
SNAG_LIBRARY_FUNCTION(pid_t, wait, int*)
SNAG_LIBRARY_FUNCTION(pid_t, waitpid, pid_t, int*, int)
SNAG_LIBRARY_FUNCTION(pid_t, wait3, int*, int, struct rusage*)
SNAG_LIBRARY_FUNCTION(pid_t, wait4, pid_t, int*, int, struct rusage*)
SNAG_LIBRARY_FUNCTION(int, waitid, idtype_t, id_t, siginfo_t*, int)
SNAG_LIBRARY_FUNCTION(int, posix_spawn, pid_t*, const char*, const posix_spawn_file_actions_t*,
                      const posix_spawnattr_t*, char* const*, char* const*)
SNAG_LIBRARY_FUNCTION(int, posix_spawnp, pid_t*, const char*, const posix_spawn_file_actions_t*,
                      const posix_spawnattr_t*, char* const*, char* const*)

// --- queues ---------------------------------------------------------------------------------------------

int snag_libc_mq_send(mqd_t queue, const char* message, size_t bytes, unsigned priority) {
  SNAG_LIBRARY_CALL.reads(message, bytes);
  noteSending();
  return real_mq_send(queue, message, bytes, priority);
}
int snag_libc_mq_timedsend(mqd_t queue, const char* message, size_t bytes, unsigned priority,
                           const timespec* deadline) {
  SNAG_LIBRARY_CALL.reads(message, bytes);
  noteSending();
  return real_mq_timedsend(queue, message, bytes, priority, deadline);
}

namespace {

// libc makes the thread that calls back.
void expectNotification(const sigevent* event) {
  if (event != nullptr && event->sigev_notify == SIGEV_THREAD) expectForeigner();
}

ssize_t receivedMessage(const LibraryCall& call, char* message, unsigned* priority, ssize_t bytes) {
  if (bytes < 0) return bytes;
  noteReceived();
  call.writes(message, static_cast<size_t>(bytes));
  call.writes(priority, sizeof *priority);
  return bytes;
}

pid_t ended(const LibraryCall& call, pid_t process, int* status) {
  if (process <= 0) return process;
  noteReceived();
  call.writes(status, sizeof *status);
  return process;
}

}  // namespace

ssize_t snag_libc_mq_receive(mqd_t queue, char* message, size_t room, unsigned* priority) {
  return receivedMessage(SNAG_LIBRARY_CALL, message, priority, real_mq_receive(queue, message, room, priority));
}
ssize_t snag_libc_mq_timedreceive(mqd_t queue, char* message, size_t room, unsigned* priority,
                                  const timespec* deadline) {
  return receivedMessage(SNAG_LIBRARY_CALL, message, priority,
                         real_mq_timedreceive(queue, message, room, priority, deadline));
}

int snag_libc_mq_notify(mqd_t queue, const sigevent* event) {
  expectNotification(event);
  return real_mq_notify(queue, event);
}

// A System V message begins with its type.
int snag_libc_msgsnd(int queue, const void* message, size_t bytes, int flags) {
  SNAG_LIBRARY_CALL.reads(message, bytes + sizeof(long));
  noteSending();
  return real_msgsnd(queue, message, bytes, flags);
}
ssize_t snag_libc_msgrcv(int queue, void* message, size_t room, long type, int flags) {
  const ssize_t bytes = real_msgrcv(queue, message, room, type, flags);
  if (bytes < 0) return bytes;
  noteReceived();
  SNAG_LIBRARY_CALL.writes(message, static_cast<size_t>(bytes) + sizeof(long));
  return bytes;
}

// --- asynchronous I/O -----------------------------------------------------------------------------------

// From now on the buffer is the request's.
int snag_libc_aio_read(aiocb* request) {
  SNAG_LIBRARY_CALL.writes(const_cast<void*>(request->aio_buf), request->aio_nbytes);
  expectNotification(&request->aio_sigevent);
  noteSending();
  return real_aio_read(request);
}
int snag_libc_aio_write(aiocb* request) {
  SNAG_LIBRARY_CALL.reads(const_cast<void*>(request->aio_buf), request->aio_nbytes);
  expectNotification(&request->aio_sigevent);
  noteSending();
  return real_aio_write(request);
}
int snag_libc_lio_listio(int mode, aiocb* const* requests, int count, sigevent* event) {
  const LibraryCall call = SNAG_LIBRARY_CALL;
  for (int i = 0; i < count; ++i) {
    if (requests[i] == nullptr || requests[i]->aio_lio_opcode == LIO_NOP) continue;
    expectNotification(&requests[i]->aio_sigevent);
    const auto* buffer = const_cast<const void*>(requests[i]->aio_buf);
    if (requests[i]->aio_lio_opcode == LIO_READ)
      call.writes(buffer, requests[i]->aio_nbytes);
    else
      call.reads(buffer, requests[i]->aio_nbytes);
  }
  expectNotification(event);
  noteSending();
  const int error = real_lio_listio(mode, requests, count, event);
  if (mode == LIO_WAIT) noteReceived();
  return error;
}
int snag_libc_aio_error(const aiocb* request) {
  const int error = real_aio_error(request);
  if (error == 0) noteReceived();
  return error;
}
ssize_t snag_libc_aio_return(aiocb* request) {
  const ssize_t bytes = real_aio_return(request);
  if (bytes >= 0) noteReceived();
  if (bytes > 0 && request->aio_lio_opcode == LIO_READ)
    SNAG_LIBRARY_CALL.writes(const_cast<void*>(request->aio_buf), static_cast<size_t>(bytes));
  return bytes;
}
int snag_libc_aio_suspend(const aiocb* const* requests, int count, const timespec* timeout) {
  const int result = real_aio_suspend(requests, count, timeout);
  if (result == 0) noteReceived();
  return result;
}

// --- other processes: a child may end because of something that a thread told it ------------------------

pid_t snag_libc_wait(int* status) { return ended(SNAG_LIBRARY_CALL, real_wait(status), status); }
pid_t snag_libc_waitpid(pid_t process, int* status, int flags) {
  SafePoint point;
  return ended(SNAG_LIBRARY_CALL, real_waitpid(process, status, flags), status);
}
pid_t snag_libc_wait3(int* status, int flags, struct rusage* usage) {
  return ended(SNAG_LIBRARY_CALL, real_wait3(status, flags, usage), status);
}
pid_t snag_libc_wait4(pid_t process, int* status, int flags, struct rusage* usage) {
  return ended(SNAG_LIBRARY_CALL, real_wait4(process, status, flags, usage), status);
}
int snag_libc_waitid(idtype_t type, id_t id, siginfo_t* info, int flags) {
  const int result = real_waitid(type, id, info, flags);
  if (result == 0) noteReceived();
  return result;
}
int snag_libc_posix_spawn(pid_t* process, const char* path, const posix_spawn_file_actions_t* actions,
                          const posix_spawnattr_t* attributes, char* const* arguments, char* const* environment) {
  noteSending();
  return real_posix_spawn(process, path, actions, attributes, arguments, environment);
}
int snag_libc_posix_spawnp(pid_t* process, const char* path, const posix_spawn_file_actions_t* actions,
                           const posix_spawnattr_t* attributes, char* const* arguments, char* const* environment) {
  noteSending();
  return real_posix_spawnp(process, path, actions, attributes, arguments, environment);
}
