// The flags of the verbs that render what was recorded: formats and where they go, filters, source paths.
#ifndef SNAG_COMMANDS_REPORT_FLAGS_H
#define SNAG_COMMANDS_REPORT_FLAGS_H

#include "commands/commands.h"
#include "commands/text_flags.h"
#include "model/session.h"
#include "render/paths.h"
#include "render/tee.h"

#include <deque>
#include <fstream>
#include <string>
#include <vector>

namespace snag::commands {

struct ReportFlags {
  TextFlags text;
  std::vector<std::string> formats;  // "sarif" or "sarif:findings.sarif"
  std::string output;
  std::vector<std::string> filters;
  std::string sourceRoot;
  std::vector<std::string> pathMaps;
  std::string docsUrl;

  // All flags.
  void addTo(CLI::App& verb);
  // Those that are not about formats.
  void addSelection(CLI::App& verb);
  // Suppressions, filter and path maps. Throws UsageError if one of them is wrong.
  void prepare(model::Session& session) const;

 private:
  void addFormats(CLI::App& verb);
};

// The renderers that the flags ask for, with their open files. Make it before the program is run: a mistake in the
// flags is a UsageError here.
class Outputs {
 public:
  // `standard` is where text goes without a file (1 or 2); other formats go to standard output.
  Outputs(const ReportFlags& flags, int standard, model::SourceText& source);

  render::Renderer& renderer() { return tee_; }
  const render::Paths& paths() const { return paths_; }
  bool writesText() const { return writesText_; }
  // Complains about files that could not be written in full. Call it after the session finished.
  void close();

 private:
  struct Target {
    std::string format;
    std::string file;  // empty: standard output or error
  };
  static std::vector<Target> targetsOf(const ReportFlags& flags);
  std::ostream& open(const Target& target, int standard);

  render::Paths paths_;
  std::deque<std::pair<std::string, std::ofstream>> files_;  // stay where they are
  render::Tee tee_;
  bool writesText_ = false;
};

}  // namespace snag::commands

#endif  // SNAG_COMMANDS_REPORT_FLAGS_H
