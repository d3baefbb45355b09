# SNAG_SANITIZE=address|undefined|address,undefined builds the core, the tools and their tests under sanitizers.
# Such a build makes no detector for other programs: no pass, no wrappers, and libsnag_rt.a is not built.
set(SNAG_SANITIZE "" CACHE STRING "Build our own code and its unit tests under sanitizers: address; undefined; both, with a comma; or nothing")
set_property(CACHE SNAG_SANITIZE PROPERTY STRINGS "" address undefined address,undefined)

if(SNAG_SANITIZE)
  if(NOT SNAG_SANITIZE MATCHES "^(address|undefined|address,undefined)$")
    message(FATAL_ERROR "SNAG_SANITIZE is '${SNAG_SANITIZE}'; it can be address, undefined or address,undefined.")
  endif()
  add_compile_options(-fsanitize=${SNAG_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SNAG_SANITIZE})
endif()
