// Reports live: reads records from a socket or pipe while the program runs.
#ifndef SNAG_COMMANDS_SERVE_STREAM_H
#define SNAG_COMMANDS_SERVE_STREAM_H

#include "model/session.h"

namespace snag::commands {

// Reads `fd` until the Summary record or the end of the stream, rendering groups as they become quiet. Then renders the
// rest and, if `reply`, writes the number of reports back as 4 bytes, little-endian, and closes the socket.
// Returns the number of reports.
size_t serveStream(int fd, bool reply, model::Session& session);

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_SERVE_STREAM_H
