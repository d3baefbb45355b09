#include "commands/commands.h"
#include "commands/observed_run.h"
#include "commands/record_files.h"
#include "commands/report_flags.h"
#include "model/baseline.h"
#include "model/observation.h"
#include "model/symbolizer.h"
#include "model/text_format.h"
#include "render/baseline_gate.h"

#include <filesystem>
#include <iostream>

namespace snag::commands {

namespace {

struct GateArguments {
  ReportFlags flags;
  std::string baseline;
  bool update = false;
  bool prune = false;
  std::vector<std::string> command;

  void check() const {
    if (command.empty()) throw UsageError("Give the command to judge: snag gate -- ctest --output-on-failure");
    if (update && baseline.empty()) throw UsageError("Say which file to update: --baseline=FILE --update-baseline");
    if (prune && !update) throw UsageError("--prune is a part of --update-baseline.");
    if (update && !flags.filters.empty())
      throw UsageError("A baseline cannot be updated through a filter: what the filter hides would look fixed.");
  }
};

model::Baseline readBaseline(const GateArguments& arguments) {
  std::error_code ignored;
  const bool isThere = std::filesystem::exists(arguments.baseline, ignored);
  if (arguments.baseline.empty() || (arguments.update && !isThere)) return {};
  return model::Baseline::read(arguments.baseline);
}

void list(const std::string& heading, const std::vector<std::string>& names) {
  if (names.empty()) return;
  std::cerr << "  " << heading << ":\n";
  for (const std::string& name : names) std::cerr << "    " << name << "\n";
}

std::vector<std::string> unseen(const model::Baseline& baseline) {
  std::vector<std::string> names;
  for (const auto& [fingerprint, entry] : baseline.entries())
    if (!entry.seen) names.push_back(entry.name());
  return names;
}

void summarise(const GateArguments& arguments, const render::BaselineGate& gate, const model::Session& session,
               const model::Baseline& baseline) {
  const render::BaselineTotals& totals = gate.totals();
  std::cerr << "Snag gate: " << totals.added << " new, " << totals.known << " known, " << totals.fixed << " fixed, "
            << totals.expired << " expired";
  if (session.suppressedReports() != 0) std::cerr << ", " << session.suppressedReports() << " suppressed";
  if (session.filteredReports() != 0) std::cerr << ", " << session.filteredReports() << " filtered out";
  std::cerr << " (" << model::observedText(session.streams()) << ").\n";
  list(arguments.update ? "new, now in the baseline" : "new", gate.added());
  list(arguments.update ? "expired, now in the baseline without a day" : "expired in the baseline, so red again",
       gate.expired());
  list("known", gate.known());
  list(arguments.prune    ? "not seen this time, now removed from the baseline"
       : arguments.update ? "not seen this time, kept (--prune removes them)"
                          : "not seen this time (fixed? --update-baseline --prune removes them)",
       unseen(baseline));
  list("suppression rules that nothing matched", gate.unusedRules());
  list("over-broad suppression rules (they silence many findings: name what they mean)", gate.broadRules());
}

// What makes a gate without new findings worth nothing: a whole sentence, or nothing.
std::string whyVacuous(const model::Session& session) {
  if (const std::string reason = whyNothingObserved(session); !reason.empty()) return "nothing was observed: " + reason;
  if (session.damages() != 0)
    return "records could not be read (see the warnings above), so findings may be missing. Rebuild everything with "
           "one "
           "version of Snag, and see that the disk is not full.";
  return {};
}

// New findings first; then the command's own failure; then whether its success means anything.
int verdict(const ChildEnd& end, size_t fresh, const std::string& vacuous) {
  if (fresh != 0) {
    std::cerr << "Snag gate: red.\n";
    return kFindings;
  }
  if (!vacuous.empty()) std::cerr << "Snag gate: " << vacuous << "\n";
  if (end.shellCode() != 0) {
    std::cerr << "Snag gate: the command itself failed with exit code " << end.shellCode() << ".\n";
    return end.shellCode();
  }
  if (!vacuous.empty()) return kNothingObserved;
  std::cerr << "Snag gate: green.\n";
  return kSuccess;
}

int judge(const GateArguments& arguments) {
  arguments.check();
  model::Baseline baseline = readBaseline(arguments);
  auto symbolizer = model::makeLlvmSymbolizer();
  model::SourceText source;
  Outputs outputs(arguments.flags, 2, source);
  render::BaselineGate gate(baseline, arguments.update, outputs.paths(), outputs.renderer());
  model::Session session(*symbolizer, source, gate);
  arguments.flags.prepare(session);
  const TemporaryDirectory records;
  // A program that found only what is known must not fail its test: exit codes are the gate's business.
  const ChildEnd end = runObserved(arguments.command, records, FindingExitCode::Own);
  readRecordFiles(recordFilesIn(records.path()), session);
  session.finish();
  outputs.close();
  summarise(arguments, gate, session, baseline);
  const std::string vacuous = whyVacuous(session);
  if (arguments.update && vacuous.empty()) {
    if (arguments.prune) baseline.removeUnseen();
    baseline.write(arguments.baseline);
  } else if (arguments.update) {
    std::cerr << "Snag gate: the baseline was not changed.\n";
    return verdict(end, gate.totals().added + gate.totals().expired, vacuous);
  }
  return verdict(end, arguments.update ? 0 : gate.totals().added + gate.totals().expired, vacuous);
}

}  // namespace

void addGate(CLI::App& app, int& exitCode) {
  auto arguments = std::make_shared<GateArguments>();
  CLI::App* verb =
      app.add_subcommand("gate", "run a command, collect from all its processes, and judge: red for new findings only");
  verb->add_option("COMMAND", arguments->command, "the command and its arguments, after --");
  verb->add_option("--baseline", arguments->baseline, "file of known findings: they are listed, and do not make it red")
      ->type_name("FILE");
  verb->add_flag("--update-baseline", arguments->update, "enter what was found into the baseline");
  verb->add_flag("--prune", arguments->prune, "with --update-baseline: remove entries that were not seen");
  arguments->flags.addTo(*verb);
  verb->footer(
      "Example: snag gate --baseline=snag-baseline.json --format=text --format=sarif:snag.sarif -- ctest\n\n"
      "Exit code: the command's own if nothing new was found (128+n if signal n killed it), 66 for new findings,\n"
      "67 if the command succeeded but nothing was observed, 64 for a mistake in the call or in the baseline.");
  verb->callback([arguments, &exitCode] {
    try {
      exitCode = judge(*arguments);
    } catch (const model::BaselineError& error) {
      throw UsageError(error.what());
    }
  });
}

}  // namespace snag::commands
