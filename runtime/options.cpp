#include "options.h"

#include "message.h"

namespace snag {
namespace {

size_t lengthOf(const char* text) {
  size_t length = 0;
  while (text[length] != 0) ++length;
  return length;
}

bool equals(TextPiece piece, const char* text) {
  for (size_t i = 0; i < piece.length; ++i)
    if (text[i] != piece.start[i]) return false;  // also where text ends
  return text[piece.length] == 0;
}

bool equalsAny(TextPiece piece, const char* const (&texts)[3]) {
  for (const char* text : texts)
    if (equals(piece, text)) return true;
  return false;
}

// --- values: false leaves the option as it was --------------------------------------------------------------

bool parseValue(TextPiece value, bool& out) {
  const bool yes = equalsAny(value, {"1", "true", "yes"}), no = equalsAny(value, {"0", "false", "no"});
  if (yes || no) out = yes;
  return yes || no;
}

bool parseValue(TextPiece value, int64_t& out) {
  constexpr size_t kMaxDigits = 15;
  const bool negative = value.length > 0 && value.start[0] == '-';
  const size_t digits = value.length - negative;
  if (digits == 0 || digits > kMaxDigits) return false;
  int64_t number = 0;
  for (size_t i = negative; i < value.length; ++i) {
    if (value.start[i] < '0' || value.start[i] > '9') return false;
    number = number * 10 + (value.start[i] - '0');
  }
  out = negative ? -number : number;
  return true;
}

bool parseValue(TextPiece value, OptionText& out) {
  if (value.length >= OptionText::kCapacity) return false;
  for (size_t i = 0; i < value.length; ++i) out.text[i] = value.start[i];
  out.text[value.length] = 0;
  return true;
}

const char* expectation(const bool&) { return "0 or 1"; }
const char* expectation(const int64_t&) { return "a whole number"; }
const char* expectation(const OptionText&) { return "at most 511 characters"; }

Message& operator<<(Message& message, const OptionText& value) { return message << "'" << value.text << "'"; }

// Limits that a type alone does not express.
const char* complaintAboutMeaning(const Options& options) {
  if (options.exitcode < 0 || options.exitcode > 255) return "exitcode must be between 0 and 255";
  if (options.verbosity < 0 || options.verbosity > 9) return "verbosity must be between 0 and 9";
  if (options.log_budget_mb < 1 || options.log_budget_mb > 1 << 20)
    return "log_budget_mb must be between 1 and 1048576";
  if (options.segment_ids < 64 || options.segment_ids > 16'000'000)
    return "segment_ids must be between 64 and 16000000";
  const char* color = options.color.text;
  const TextPiece piece{color, lengthOf(color)};
  if (!equalsAny(piece, {"auto", "always", "never"})) return "color must be auto, always or never";
  const char* style = options.report_style.text;
  if (!equalsAny({style, lengthOf(style)}, {"snag", "tsan", "codechecker"}))
    return "report_style must be snag, tsan or codechecker";
  return nullptr;
}

// --- the parser ---------------------------------------------------------------------------------------------

class Parser {
 public:
  Parser(const char* text, Options& options, OptionPrinter print, void* argument)
      : cursor_(text), options_(options), print_(print), argument_(argument) {}

  void run() {
    for (skipSeparators(); *cursor_ != 0; skipSeparators()) {
      const TextPiece name = takeName();
      if (*cursor_ != '=') {
        say(Message() << "Snag: option '" << name << "' in SNAG_OPTIONS has no value: write " << name << "=value\n");
        continue;
      }
      ++cursor_;
      set(name, takeValue());
    }
  }

  void runForTsan() {
    for (skipSeparators(); *cursor_ != 0; skipSeparators()) {
      const TextPiece name = takeName();
      if (*cursor_ != '=') continue;
      ++cursor_;
      setFromTsan(name, takeValue());
    }
  }

 private:
  static bool isSeparator(char c) { return c == ':' || c == ',' || c == ' ' || c == '\t' || c == '\n'; }

  void skipSeparators() {
    while (isSeparator(*cursor_)) ++cursor_;
  }

  TextPiece takeName() {
    const char* start = cursor_;
    while (*cursor_ != 0 && *cursor_ != '=' && !isSeparator(*cursor_)) ++cursor_;
    return {start, static_cast<size_t>(cursor_ - start)};
  }

  TextPiece takeValue() {
    const char quote = *cursor_;
    if (quote == '"' || quote == '\'') return takeQuoted(quote);
    const char* start = cursor_;
    while (*cursor_ != 0 && !isSeparator(*cursor_)) ++cursor_;
    return {start, static_cast<size_t>(cursor_ - start)};
  }

  TextPiece takeQuoted(char quote) {
    const char* start = ++cursor_;
    while (*cursor_ != 0 && *cursor_ != quote) ++cursor_;
    const TextPiece value{start, static_cast<size_t>(cursor_ - start)};
    if (*cursor_ == quote) ++cursor_;
    return value;
  }

  void set(TextPiece name, TextPiece value) {
#define SNAG_OPTION(type, option, default, meaning) \
  if (equals(name, #option)) return setField(name, value, options_.option);
#include "snag/options.def"
    Message message;
    message << "Snag: unknown option '" << name << "' in SNAG_OPTIONS (known:";
    const char* comma = " ";
#define SNAG_OPTION(type, option, default, meaning) \
  message << comma << #option;                      \
  comma = ", ";
#include "snag/options.def"
    say(message << "; SNAG_OPTIONS=help=1 explains them)\n");
  }

  void setFromTsan(TextPiece name, TextPiece value) {
    if (equals(name, "exitcode")) return setField(name, value, options_.exitcode);
    if (equals(name, "halt_on_error")) return setField(name, value, options_.halt_on_error);
    if (equals(name, "suppressions")) return setField(name, value, options_.suppressions);
    if (equals(name, "color")) return setField(name, value, options_.color);
    if (!equals(name, "log_path") || equalsAny(value, {"stderr", "stdout", ""})) return;
    setField(name, value, options_.log_path);
    setField({"report_style", 12}, {"tsan", 4}, options_.report_style);
  }

  template <typename T>
  void setField(TextPiece name, TextPiece value, T& field) {
    const T before = field;
    if (!parseValue(value, field)) {
      return say(Message() << "Snag: " << name << "=" << value << " in SNAG_OPTIONS: expected " << expectation(field)
                           << "; staying with " << before << "\n");
    }
    if (const char* complaint = complaintAboutMeaning(options_)) {
      field = before;
      say(Message() << "Snag: " << name << "=" << value << " in SNAG_OPTIONS: " << complaint << "; staying with "
                    << before << "\n");
    }
  }

  void say(const Message& message) { print_(argument_, message.text(), message.length()); }

  const char* cursor_;
  Options& options_;
  OptionPrinter print_;
  void* argument_;
};

}  // namespace

void parseOptions(const char* text, Options& options, OptionPrinter print, void* argument) {
  if (text != nullptr) Parser(text, options, print, argument).run();
}

void parseTsanOptions(const char* text, Options& options) {
  if (text == nullptr) return;
  const OptionPrinter quiet = [](void*, const char*, size_t) {};
  Parser(text, options, quiet, nullptr).runForTsan();
}

void printOptionHelp(OptionPrinter print, void* argument) {
  const auto line = [&](const Message& message) { print(argument, message.text(), message.length()); };
  line(Message() << "Snag's options, set with SNAG_OPTIONS=name=value:name=value\n");
#define SNAG_OPTION(type, name, default, meaning) \
  line((Message() << "  " << #name).padTo(18) << #type << " " << #default << "  " << meaning << "\n");
#include "snag/options.def"
}

}  // namespace snag
