#include "commands/record_files.h"

#include "commands/commands.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>

namespace snag::commands {

namespace fs = std::filesystem;

std::vector<std::string> recordFilesIn(const std::string& directory) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(directory, error))
    if (entry.is_regular_file() && entry.path().extension() == ".snag") files.push_back(entry.path().string());
  std::ranges::sort(files);
  return files;
}

std::vector<std::string> expandRecordPaths(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (!fs::exists(path))
      throw UsageError("'" + path + "' does not exist. Give record files (*.snag) or their directory.");
    if (!fs::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    const auto found = recordFilesIn(path);
    if (found.empty())
      throw UsageError("'" + path + "' holds no *.snag files. Run the program with SNAG_OPTIONS=log_dir=" + path +
                       " first.");
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

void readRecordFiles(const std::vector<std::string>& files, model::Session& session) {
  for (const std::string& file : files) {
    session.beginStream();
    std::ifstream in(file, std::ios::binary);
    if (!in) {
      session.problem("Cannot read '" + file + "'.");
      continue;
    }
    model::RecordReader reader(session);
    std::array<char, 65536> chunk;
    while (in.read(chunk.data(), chunk.size()), in.gcount() > 0)
      reader.feed({reinterpret_cast<const uint8_t*>(chunk.data()), static_cast<size_t>(in.gcount())});
    reader.finish();
  }
}

}  // namespace snag::commands
