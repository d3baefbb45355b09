#include "commands/report_flags.h"

#include "model/text_format.h"
#include "render/formats.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <iostream>

namespace snag::commands {

namespace {

std::string isFormat(const std::string& text) {
  const std::string name = text.substr(0, text.find(':'));
  const auto names = render::formatNames();
  if (std::ranges::find(names, name) != names.end()) return {};
  return "there is no format '" + name + "': formats are " + model::joined(names);
}

// In the form of CLI11's own lists, which completion reads.
std::string formatList() {
  std::string list;
  for (const std::string& name : render::formatNames()) list += (list.empty() ? "" : ",") + name;
  return "{" + list + "}";
}

std::string absolute(const std::string& path) {
  if (path.empty()) return render::defaultSourceRoot();
  std::error_code error;
  const auto full = std::filesystem::weakly_canonical(path, error);
  return error ? path : full.string();
}

}  // namespace

void ReportFlags::addTo(CLI::App& verb) {
  addFormats(verb);
  addSelection(verb);
}

void ReportFlags::addFormats(CLI::App& verb) {
  verb.add_option("--format", formats,
                  "how to write findings, text by default; FORMAT:FILE writes a file; may be given more than once")
      ->type_name("FORMAT[:FILE]")
      ->check(CLI::Validator(isFormat, formatList()))
      ->allow_extra_args(false);
  verb.add_option("--output,-o", output, "file for the one format that was given")->type_name("FILE");
  verb.add_option("--docs-url", docsUrl, "where docs/findings is published: JSON, SARIF and HTML link to URL/KIND.md")
      ->type_name("URL");
}

void ReportFlags::addSelection(CLI::App& verb) {
  text.addTo(verb);
  verb.add_option("--filter", filters,
                  "only findings with kind=KIND, path=PATTERN or fingerprint=PREFIX; several with commas, those of the "
                  "same key are alternatives")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  verb.add_option("--source-root", sourceRoot,
                  "folder that paths in reports are relative to; default: the git repository around this folder")
      ->type_name("DIR");
  verb.add_option("--path-map", pathMaps, "replace a prefix of source paths, for sources that have moved")
      ->type_name("OLD=NEW")
      ->allow_extra_args(false);
}

void ReportFlags::prepare(model::Session& session) const {
  model::Filter filter;
  for (const std::string& condition : filters)
    if (const std::string wrong = filter.add(condition); !wrong.empty()) throw UsageError(wrong);
  model::PathMap paths;
  for (const std::string& rule : pathMaps) {
    const size_t equals = rule.find('=');
    if (equals == 0 || equals == std::string::npos)
      throw UsageError("'" + rule + "' is no path map. Write --path-map OLD=NEW.");
    paths.add(rule.substr(0, equals), rule.substr(equals + 1));
  }
  session.filterBy(std::move(filter));
  session.mapPaths(std::move(paths));
  text.suppressIn(session);
}

std::vector<Outputs::Target> Outputs::targetsOf(const ReportFlags& flags) {
  std::vector<Target> targets;
  for (const std::string& format : flags.formats) {
    const size_t colon = format.find(':');
    targets.push_back({format.substr(0, colon), colon == std::string::npos ? "" : format.substr(colon + 1)});
  }
  if (targets.empty()) targets.push_back({"text", ""});
  if (!flags.output.empty()) {
    if (targets.size() != 1 || !targets[0].file.empty())
      throw UsageError("--output names the file of one format. With several write --format=FORMAT:FILE for each.");
    targets[0].file = flags.output;
  }
  const auto onStandard = std::ranges::count_if(
      targets, [](const Target& target) { return target.file.empty() && target.format != "text"; });
  if (onStandard > 1)
    throw UsageError("Only one format can go to standard output. Write --format=FORMAT:FILE for the others.");
  return targets;
}

Outputs::Outputs(const ReportFlags& flags, int standard, model::SourceText& source)
    : paths_(absolute(flags.sourceRoot)) {
  for (const Target& target : targetsOf(flags)) {
    writesText_ = writesText_ || target.format == "text";
    render::TextOptions text = flags.text.options(target.file.empty() ? standard : -1);
    tee_.add(render::makeRenderer(target.format, text, {source, paths_, open(target, standard), flags.docsUrl}));
  }
}

std::ostream& Outputs::open(const Target& target, int standard) {
  if (target.file.empty()) return standard == 2 && target.format == "text" ? std::cerr : std::cout;
  auto& [name, file] = files_.emplace_back(target.file, std::ofstream(target.file, std::ios::binary | std::ios::trunc));
  if (!file) throw UsageError("Cannot write '" + target.file + "': " + std::strerror(errno) + ". Check the path.");
  return file;
}

void Outputs::close() {
  std::cout << std::flush;
  for (auto& [name, file] : files_) {
    file.close();
    if (!file) std::cerr << "Snag: '" << name << "' could not be written in full. Is the disk full?\n";
  }
}

}  // namespace snag::commands
