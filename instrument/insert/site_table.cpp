#include "insert/site_table.h"

#include "snag/hooks.h"

#include "llvm/Demangle/Demangle.h"
#include "llvm/IR/Constants.h"
#include "llvm/IR/DebugInfoMetadata.h"
#include "llvm/IR/Function.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace snag {
namespace {

constexpr StringLiteral kSection = "snag_sites";

// "Stats::add" for _ZN5Stats3addEv; names that are not mangled stay as they are.
std::string nameWithoutDebugInfo(const Function& function) {
  std::string mangled = function.getName().str();
  ItaniumPartialDemangler demangler;
  if (demangler.partialDemangle(mangled.c_str()) || !demangler.isFunction()) return mangled;
  char* text = demangler.getFunctionName(nullptr, nullptr);
  std::string name = text ? text : mangled;
  std::free(text);
  return name;
}

std::string absolutePath(StringRef directory, StringRef file) {
  SmallString<256> path(file);
  if (!sys::path::is_absolute(path) && !directory.empty()) {
    path = directory;
    sys::path::append(path, file);
  }
  if (!sys::path::is_absolute(path)) sys::fs::make_absolute(path);
  sys::path::remove_dots(path);
  return path.str().str();
}

}  // namespace

Constant* SiteTable::site(const SiteRequest& request) {
  // A function that the linker may drop takes its sites along.
  const Function* function = request.instruction.getFunction();
  Comdat* comdat = const_cast<Comdat*>(function->getComdat());
  Description description = describe(request);
  GlobalVariable*& site = sites_[{function, request.instruction.getDebugLoc().get(), description}];
  if (!site) site = create(description, comdat);
  return site;
}

SiteTable::Description SiteTable::describe(const SiteRequest& request) {
  Description result;
  const Function& function = *request.instruction.getFunction();
  if (const DILocation* location = request.instruction.getDebugLoc()) {
    const DISubprogram* subprogram = location->getScope()->getSubprogram();
    result.function = subprogram ? functionName(*subprogram) : nameWithoutDebugInfo(function);
    result.file = absolutePath(location->getDirectory(), location->getFilename());
    result.line = location->getLine();
    result.column = location->getColumn();
  } else if (const DISubprogram* subprogram = function.getSubprogram()) {
    result.function = functionName(*subprogram);
    result.file = absolutePath(subprogram->getDirectory(), subprogram->getFilename());
  } else {
    result.function = nameWithoutDebugInfo(function);
    result.file = absolutePath("", module_.getSourceFileName());
  }
  SourceNames names = namer_.namesOf(request.instruction, request.address, request.size);
  result.variable = names.variable;
  result.field = names.field;
  result.kind = request.kind | (names.isVptr ? SNAG_SITE_VPTR : 0);
  result.size = request.size <= 255 ? request.size : 0;
  return result;
}

GlobalVariable* SiteTable::create(const Description& description, Comdat* comdat) {
  LLVMContext& context = module_.getContext();
  Type *i32 = Type::getInt32Ty(context), *i16 = Type::getInt16Ty(context), *i8 = Type::getInt8Ty(context);
  static_assert(sizeof(SnagSite) == 24, "the struct below mirrors SnagSite");
  auto* type = StructType::get(context, {i32, i32, i32, i32, i32, i16, i8, i8});
  auto* site = new GlobalVariable(module_, type, true, GlobalValue::PrivateLinkage, nullptr, "snag.site");
  site->setInitializer(
      ConstantStruct::get(type, {textOffset(description.function, site, 0), textOffset(description.file, site, 1),
                                 textOffset(description.variable, site, 2), textOffset(description.field, site, 3),
                                 ConstantInt::get(i32, description.line), ConstantInt::get(i16, description.column),
                                 ConstantInt::get(i8, description.kind), ConstantInt::get(i8, description.size)}));
  site->setSection(kSection);
  site->setAlignment(Align(4));
  site->setComdat(comdat);
  return site;
}

// The distance from the site's field to the text: fits 32 bits and needs no dynamic relocation.
Constant* SiteTable::textOffset(const std::string& content, GlobalVariable* site, unsigned field) {
  Type *i32 = Type::getInt32Ty(module_.getContext()), *i64 = Type::getInt64Ty(module_.getContext());
  if (content.empty()) return ConstantInt::get(i32, 0);
  Constant* indices[] = {ConstantInt::get(i32, 0), ConstantInt::get(i32, field)};
  Constant* from = ConstantExpr::getInBoundsGetElementPtr(site->getValueType(), site, indices);
  Constant* distance =
      ConstantExpr::getSub(ConstantExpr::getPtrToInt(text(content), i64), ConstantExpr::getPtrToInt(from, i64));
  return ConstantExpr::getTrunc(distance, i32);
}

GlobalVariable* SiteTable::text(const std::string& content) {
  GlobalVariable*& text = texts_[content];
  if (!text) {
    Constant* value = ConstantDataArray::getString(module_.getContext(), content);
    text = new GlobalVariable(module_, value->getType(), true, GlobalValue::PrivateLinkage, value, "snag.text");
    text->setUnnamedAddr(GlobalValue::UnnamedAddr::Global);
    text->setAlignment(Align(1));
  }
  return text;
}

}  // namespace snag
