// Neighbouring fields of one object that are accessed together are tested together: one branch for up to four shadow
// words. Only the inline test is merged; if it fails, each access calls its own hook with its own site, so a report
// names what it named before.
//
// Accesses form a group if
//  1. their addresses are constant distances from one base value, and the base's place in its shadow word is known from
//     the alignment of one of them, so that each byte's word is known;
//  2. all are reads, or all are writes (a read-modify-write is a write): one half of the words decides;
//  3. they are in one block, and everything between the first and the last is quiet (quiet_calls.h) and surely goes on:
//     their checks may all stand in front of the first, in the same segment, and all accesses follow.
#ifndef SNAG_INSTRUMENT_ANALYSIS_FIELD_GROUPS_H
#define SNAG_INSTRUMENT_ANALYSIS_FIELD_GROUPS_H

namespace llvm {
class Function;
class TargetLibraryInfo;
}  // namespace llvm

namespace snag {

struct FunctionAccesses;
class QuietCalls;

// Switch: -snag-field-groups.
void groupFields(llvm::Function& function, FunctionAccesses& found, const QuietCalls& quietCalls,
                 const llvm::TargetLibraryInfo& library);

}  // namespace snag

#endif  // SNAG_INSTRUMENT_ANALYSIS_FIELD_GROUPS_H
