// The misuse of a primitive as text without symbols.
#ifndef SNAG_REPORT_MISUSE_WRITER_H
#define SNAG_REPORT_MISUSE_WRITER_H

#include "report/text_parts.h"

namespace snag {

class MisuseWriter : TextParts {
 public:
  using TextParts::TextParts;

  void writeTitle();
  void write();

 private:
  void writeSubject();
  void writeStep(const ReportStep& step);
};

}  // namespace snag

#endif  // SNAG_REPORT_MISUSE_WRITER_H
