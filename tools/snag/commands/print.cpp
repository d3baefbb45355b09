#include "commands/commands.h"
#include "commands/record_files.h"
#include "commands/serve_stream.h"
#include "commands/text_flags.h"
#include "model/symbolizer.h"

#include <fcntl.h>
#include <csignal>
#include <iostream>

namespace snag::commands {

namespace {

struct PrintArguments {
  TextFlags text;
  std::vector<std::string> files;
  int fd = -1;
  bool standardInput = false;
};

// Signals to the process group are meant for the program: what it found must still be printed. The end of the
// stream ends this process.
void outliveTheProgram() {
  for (int number : {SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE}) std::signal(number, SIG_IGN);
}

void print(const PrintArguments& arguments) {
  const int given = (arguments.fd >= 0) + arguments.standardInput + !arguments.files.empty();
  if (given != 1) throw UsageError("Give snag print one source of records: FILES, --stdin or --fd=N.");
  const int fd = arguments.standardInput ? 0 : arguments.fd;
  const bool live = arguments.files.empty();
  if (live && fcntl(fd, F_GETFD) == -1)
    throw UsageError("File descriptor " + std::to_string(fd) +
                     " is not open. --fd=N is for the runtime; give record files.");
  auto symbolizer = model::makeLlvmSymbolizer();
  model::SourceText source;
  render::TextOptions options = arguments.text.options(2);
  options.followsLogPath = live;
  auto renderer = render::makeTextRenderer(options, source, std::cerr);
  model::Session session(*symbolizer, source, *renderer);
  arguments.text.suppressIn(session);
  if (live) {
    outliveTheProgram();
    serveStream(fd, !arguments.standardInput, session);
    return;
  }
  readRecordFiles(expandRecordPaths(arguments.files), session);
  session.finish();
}

}  // namespace

void addPrint(CLI::App& app, int& exitCode) {
  auto arguments = std::make_shared<PrintArguments>();
  CLI::App* verb = app.add_subcommand("print", "print findings as text on standard error while a program runs");
  verb->add_option("FILES", arguments->files, "record files or directories that hold them");
  verb->add_option("--fd", arguments->fd, "read records from this open socket (how the runtime calls snag)")
      ->check(CLI::NonNegativeNumber);
  verb->add_flag("--stdin", arguments->standardInput, "read records from standard input");
  arguments->text.addTo(*verb);
  verb->callback([arguments, &exitCode] {
    print(*arguments);
    exitCode = kSuccess;
  });
}

}  // namespace snag::commands
