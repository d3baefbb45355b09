// Readable and comparable forms of demangled function names.
#ifndef SNAG_MODEL_FUNCTION_NAME_H
#define SNAG_MODEL_FUNCTION_NAME_H

#include <string>
#include <string_view>

namespace snag::model {

// "void ns::Box<int>::add(int) const" -> "ns::Box<int>::add": without result type, parameters and qualifiers.
std::string bareFunction(std::string_view demangled);

// Likewise without template arguments: "ns::Box::add".
std::string plainFunction(std::string_view demangled);

// Shorter to read, same meaning: default allocators, comparators and std::string's template form are dropped.
std::string prettyFunction(std::string demangled);

// "std::vector<int>" of "std::vector<int>::push_back"; empty for functions of namespace std itself.
std::string enclosingClass(std::string_view bareFunction);

// Whether two spellings (debug info, symbol table, site table) name the same function.
bool sameFunction(std::string_view a, std::string_view b);

}  // namespace snag::model

#endif  // SNAG_MODEL_FUNCTION_NAME_H
