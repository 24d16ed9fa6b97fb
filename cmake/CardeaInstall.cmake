# What `cmake --install` adds beside the modules: the package file, so that a program writes
#     find_package(cardea COMPONENTS session crypto)        and links cardea::session, cardea::crypto
#     find_package(cardea)                                  and links cardea::cardea, which is all of them
# Each component asks only for what it needs itself. Included last: it reads what the modules link.
include(CMakePackageConfigHelpers)

# The commands that find the foreign library `target` for somebody who links the installed modules.
function(cardea_find_command target result)
    if(target MATCHES "^PkgConfig::(.+)$")
        set(command "find_dependency(PkgConfig)\n    pkg_check_modules(${CMAKE_MATCH_1} REQUIRED QUIET IMPORTED_TARGET ${${CMAKE_MATCH_1}_MODULE_NAME})")
    elseif(target STREQUAL "Boost::headers")
        set(command "find_dependency(Boost 1.81)")
    elseif(target MATCHES "^Boost::(.+)$")
        set(command "find_dependency(Boost 1.81 COMPONENTS ${CMAKE_MATCH_1})")
    elseif(target STREQUAL "SQLite::SQLite3")
        set(command "find_dependency(SQLite3)")
    elseif(target MATCHES "^([^:]+)::")
        set(command "find_dependency(${CMAKE_MATCH_1})")
    else()
        set(command "# ${target} comes with the system")
    endif()
    set(${result} "    ${command}\n" PARENT_SCOPE)
endfunction()

get_property(CARDEA_ALL_MODULES GLOBAL PROPERTY CARDEA_MODULES)
set(CARDEA_COMPONENT_NEEDS "")
set(CARDEA_COMPONENT_LOADS "")
add_library(cardea_all INTERFACE)
add_library(cardea::cardea ALIAS cardea_all)
foreach(module IN LISTS CARDEA_ALL_MODULES)
    target_link_libraries(cardea_all INTERFACE cardea::${module})
    get_target_property(public_links cardea_${module} INTERFACE_LINK_LIBRARIES)
    get_target_property(private_links cardea_${module} LINK_LIBRARIES)
    set(links ${public_links} ${private_links})
    list(FILTER links EXCLUDE REGEX "^\\$|NOTFOUND$")
    list(REMOVE_DUPLICATES links)
    set(needs "")
    set(finds "")
    foreach(target IN LISTS links)
        if(target MATCHES "^cardea::(.+)$")
            string(APPEND needs " ${CMAKE_MATCH_1}")
        else()
            cardea_find_command(${target} find)
            string(APPEND finds "${find}")
        endif()
    endforeach()
    string(PREPEND CARDEA_COMPONENT_NEEDS
        "if(${module} IN_LIST cardea_wanted)\n    list(APPEND cardea_wanted${needs})\nendif()\n")
    string(APPEND CARDEA_COMPONENT_LOADS "if(${module} IN_LIST cardea_wanted)\n${finds}"
        "    include(\"\${CMAKE_CURRENT_LIST_DIR}/cardea-${module}.cmake\" OPTIONAL RESULT_VARIABLE cardea_${module}_FOUND)\n"
        "endif()\n")
endforeach()

configure_file("${PROJECT_SOURCE_DIR}/cmake/cardeaConfig.cmake.in" "${PROJECT_BINARY_DIR}/cardeaConfig.cmake" @ONLY)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cardeaConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/cardeaConfig.cmake" "${PROJECT_BINARY_DIR}/cardeaConfigVersion.cmake"
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/cardea" COMPONENT base)
