#include "commands/record_files.h"

#include "commands/commands.h"
#include "commands/progress.h"

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

namespace {

// Makes room on the terminal before anything that may be complained about, and says whose records are meant.
class Announced : public model::RecordSink {
 public:
  Announced(model::Session& session, Progress& progress, std::string file)
      : session_(session), progress_(progress), file_(std::move(file)) {}

  void process(model::Process process) override {
    progress_.makeRoom();
    session_.process(std::move(process));
  }
  void finding(model::Finding finding) override { session_.finding(std::move(finding)); }
  void summary(model::Summary summary) override { session_.summary(summary); }
  void problem(const std::string& message) override {
    progress_.makeRoom();
    session_.problem(file_ + ": " + message);
  }

 private:
  model::Session& session_;
  Progress& progress_;
  std::string file_;
};

void readRecordFile(const std::string& file, model::RecordSink& sink) {
  std::error_code error;
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file, error)) return sink.problem("The file cannot be read. Check who may.");
  model::RecordReader reader(sink);
  std::array<char, 65536> chunk;
  while (in.read(chunk.data(), chunk.size()), in.gcount() > 0)
    reader.feed({reinterpret_cast<const uint8_t*>(chunk.data()), static_cast<size_t>(in.gcount())});
  reader.finish();
}

}  // namespace

void readRecordFiles(const std::vector<std::string>& files, model::Session& session) {
  Progress progress;
  for (size_t i = 0; i < files.size(); ++i) {
    progress.say("reading record file", i + 1, files.size());
    session.beginStream();
    Announced sink(session, progress, files[i]);
    readRecordFile(files[i], sink);
  }
  const size_t findings = session.queued();
  for (size_t i = 0; session.hasWork(); ++i) {
    progress.say("looking up names of finding", i + 1, findings);
    session.workOnce(model::Session::Clock::now());
  }
}

}  // namespace snag::commands
