#include "insert/module_constructor.h"

#include "insert/hook_table.h"
#include "snag/hooks.h"

#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

namespace snag {
namespace {

// A SnagModule constant (hooks.h).
GlobalVariable* describeModule(Module& module) {
  IRBuilder<> builder(module.getContext());
  Constant* name = builder.CreateGlobalString(module.getSourceFileName(), "snag.source", 0, &module);
  cast<GlobalVariable>(name)->setLinkage(GlobalValue::PrivateLinkage);
  static_assert(sizeof(SnagModule) == 16, "the struct below mirrors SnagModule");
  Constant* value = ConstantStruct::getAnon({builder.getInt32(SNAG_HOOK_VERSION), builder.getInt32(0), name});
  return new GlobalVariable(module, value->getType(), true, GlobalValue::PrivateLinkage, value, "snag.module");
}

// Makes a link without the runtime fail on a name that says why.
void referToRuntime(Module& module) {
  Type* i8 = Type::getInt8Ty(module.getContext());
  Constant* runtime = module.getOrInsertGlobal("__snag_runtime_is_missing__link_with_snag_clang", i8);
  auto* reference =
      new GlobalVariable(module, runtime->getType(), true, GlobalValue::PrivateLinkage, runtime, "snag.runtime");
  appendToCompilerUsed(module, {reference});
}

}  // namespace

void addModuleConstructor(Module& module, const HookTable& hooks) {
  auto* type = FunctionType::get(Type::getVoidTy(module.getContext()), false);
  auto* constructor = Function::Create(type, GlobalValue::InternalLinkage, "snag.module_begin", &module);
  constructor->addFnAttr("snag");
  constructor->addFnAttr(Attribute::NoUnwind);
  IRBuilder<> builder(BasicBlock::Create(module.getContext(), "", constructor));
  hooks.call(builder, Hook::module_begin, {describeModule(module)});
  builder.CreateRetVoid();
  appendToGlobalCtors(module, constructor, 0);
  referToRuntime(module);
}

}  // namespace snag
