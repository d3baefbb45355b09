# snag_targets_below(OUT FOLDER...): the targets that these folders and the folders below them define.
# Each folder has been added with add_subdirectory() before.
function(snag_targets_below out)
  set(found)
  foreach(folder IN LISTS ARGN)
    get_property(here DIRECTORY "${folder}" PROPERTY BUILDSYSTEM_TARGETS)
    get_property(subfolders DIRECTORY "${folder}" PROPERTY SUBDIRECTORIES)
    snag_targets_below(below ${subfolders})
    list(APPEND found ${here} ${below})
  endforeach()
  set(${out} ${found} PARENT_SCOPE)
endfunction()
