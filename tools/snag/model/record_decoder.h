// From the bytes of one whole record to the structs of finding.h. Unknown tags are skipped; what is
// missing keeps its default.
#ifndef SNAG_MODEL_RECORD_DECODER_H
#define SNAG_MODEL_RECORD_DECODER_H

#include "model/field_cursor.h"
#include "model/finding.h"

namespace snag::model {

// `fields` is the record without its header. Each returns what could be read before the first damage.
Process decodeProcess(Bytes fields);
Finding decodeFinding(Bytes fields);
Summary decodeSummary(Bytes fields);

}  // namespace snag::model

#endif  // SNAG_MODEL_RECORD_DECODER_H
