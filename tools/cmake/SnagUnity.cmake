# Compiling several files as one saves reading LLVM's, CLI11's and GoogleTest's headers for each of them: a build from
# scratch takes half the time, one after a change of a single file a little longer. The runtime is never built so.
option(SNAG_UNITY "Compile several files of the pass, the tools and the unit tests as one" OFF)

# snag_compile_together(<target> <how many as one> [EXCEPT <file>...]): the exceptions have names in common with others.
function(snag_compile_together target batch)
  cmake_parse_arguments(PARSE_ARGV 2 option "" "" "EXCEPT")
  set_target_properties(${target} PROPERTIES UNITY_BUILD ${SNAG_UNITY} UNITY_BUILD_BATCH_SIZE ${batch})
  set_source_files_properties(${option_EXCEPT} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
