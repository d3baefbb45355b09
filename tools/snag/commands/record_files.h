// Finding and reading record files.
#ifndef SNAG_COMMANDS_RECORD_FILES_H
#define SNAG_COMMANDS_RECORD_FILES_H

#include "model/session.h"

#include <string>
#include <vector>

namespace snag::commands {

// Directories are replaced by the *.snag files in them, sorted. Throws UsageError if a path does not exist or a
// directory named by the user holds no records.
std::vector<std::string> expandRecordPaths(const std::vector<std::string>& paths);

// The *.snag files of one directory, sorted; none is fine.
std::vector<std::string> recordFilesIn(const std::string& directory);

// Feeds every file to the session, one stream each, and has it look up all names; shows progress on a terminal.
// Damage is a problem of the session's, with the file's name.
void readRecordFiles(const std::vector<std::string>& files, model::Session& session);

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_RECORD_FILES_H
