// The program `snag` as a whole: all verbs, and what the user is told about a call that is none of them.
#ifndef SNAG_COMMANDS_APPLICATION_H
#define SNAG_COMMANDS_APPLICATION_H

namespace snag::commands {

// The exit code of the call.
int runApplication(int argc, char** argv);

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_APPLICATION_H
