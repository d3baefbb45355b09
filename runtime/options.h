// The run-time options, expanded from options.def, and their parser. No system call: what it has to say it says
// through a callback.
#ifndef SNAG_OPTIONS_H
#define SNAG_OPTIONS_H

#include <stddef.h>
#include <stdint.h>

namespace snag {

// A text option's value, in place: options are read before there is any heap.
struct OptionText {
  static constexpr size_t kCapacity = 512;
  char text[kCapacity];
};

struct Options {
#define SNAG_OPTION_FIELD_bool bool
#define SNAG_OPTION_FIELD_int int64_t
#define SNAG_OPTION_FIELD_text OptionText
#define SNAG_OPTION(type, name, default, meaning) SNAG_OPTION_FIELD_##type name{default};
#include "snag/options.def"
#undef SNAG_OPTION_FIELD_bool
#undef SNAG_OPTION_FIELD_int
#undef SNAG_OPTION_FIELD_text
};

// Receives whole lines, newline included.
using OptionPrinter = void (*)(void* argument, const char* line, size_t length);

// Reads "name=value:name=value" (separated by ':', ',' or blanks) into `options`; the last of several wins. In double
// or single quotes a value may contain separators. `text` may be null. What is wrong is said in one line each; the
// option then keeps its value.
void parseOptions(const char* text, Options& options, OptionPrinter print, void* argument);

// Reads what TSAN_OPTIONS says that means the same here: exitcode, halt_on_error, suppressions, color and log_path,
// which also asks for report_style=tsan: whoever reads those files expects it. All else is ThreadSanitizer's affair, so
// nothing is said about it. `text` may be null. To be called before parseOptions, which then has the last word.
void parseTsanOptions(const char* text, Options& options);

// The list that SNAG_OPTIONS=help=1 shows.
void printOptionHelp(OptionPrinter print, void* argument);

}  // namespace snag

#endif  // SNAG_OPTIONS_H
