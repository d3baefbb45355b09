// What the source line of an access shows about it: what a read-modify-write does, and whether a pointer is published.
#ifndef SNAG_MODEL_EVIDENCE_H
#define SNAG_MODEL_EVIDENCE_H

#include <cstdint>
#include <string>
#include <string_view>

namespace snag::model {

// What `x += 1` and its like do to x. Unknown if the line has none of them, or several of different kinds.
enum class Change { Unknown, Adds, Subtracts, SetsBits, ClearsBits, FlipsBits };

// `column` counts from 1 and is where the access is, perhaps the operator's place, perhaps the operand's; 0 if unknown.
Change changeOf(std::string_view line, uint32_t column);

// The line assigns something that can only be a pointer: `config = new Config`, `head = &node`, `p = malloc(8)`.
bool assignsPointer(std::string_view line);

// What a line that takes a lock calls it: "account->m" of `pthread_mutex_lock(&account->m);`, "mutex_" of
// `std::lock_guard guard(mutex_);` and of `mutex_.lock();`. Empty if the line takes none, or more than one.
std::string lockExpression(std::string_view line);

}  // namespace snag::model

#endif  // SNAG_MODEL_EVIDENCE_H
