# SNAG_SANITIZE=address|undefined builds the core, the tools and their tests under a sanitizer.
# Such a build makes no detector for other programs: no pass, no wrappers, and libsnag_rt.a is not built.
set(SNAG_SANITIZE "" CACHE STRING "Build our own code and its unit tests under a sanitizer: address, undefined or nothing")
set_property(CACHE SNAG_SANITIZE PROPERTY STRINGS "" address undefined)

if(SNAG_SANITIZE)
  if(NOT SNAG_SANITIZE MATCHES "^(address|undefined)$")
    message(FATAL_ERROR "SNAG_SANITIZE is '${SNAG_SANITIZE}'; it can be address or undefined.")
  endif()
  add_compile_options(-fsanitize=${SNAG_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${SNAG_SANITIZE})
endif()
