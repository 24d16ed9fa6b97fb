# What `cmake --install` adds beside the modules: the package file, so that a program writes
#     find_package(cardea COMPONENTS session crypto)        and links cardea::session, cardea::crypto
#     find_package(cardea)                                  and links cardea::cardea, which is all of them
# Each component asks only for what it needs itself. Included last: it reads what the modules link.
include(CMakePackageConfigHelpers)

# Foreign libraries, and the Debian 12 package that each comes with.
set(CARDEA_DEBIAN_PACKAGES
    argon2=libargon2-dev Boost=libboost1.81-dev CURL=libcurl4-openssl-dev fmt=libfmt-dev IDN2=libidn2-dev
    OpenSSL=libssl-dev qrcodegencpp=libqrcodegencpp-dev sodium=libsodium-dev spdlog=libspdlog-dev SQLite3=libsqlite3-dev
    Threads=libc6-dev unistring=libunistring-dev UTF8PROC=libutf8proc-dev utf8proc=libutf8proc-dev xcrypt=libcrypt-dev
    ZLIB=zlib1g-dev zxcvbn=libzxcvbn-dev)

# The commands that find the foreign library `target` for somebody who links the installed modules, and note the package
# that is missing where it is not there.
function(cardea_find_command target result)
    if(target MATCHES "^PkgConfig::(.+)$")
        set(name ${CMAKE_MATCH_1})
        set(command "if(PkgConfig_FOUND)\n        pkg_check_modules(${name} QUIET IMPORTED_TARGET ${${name}_MODULE_NAME})\n    endif()")
    elseif(target STREQUAL "SQLite::SQLite3")
        set(name SQLite3)
        set(command "find_package(SQLite3 QUIET)")
    elseif(target MATCHES "^([^:]+)::")
        set(name ${CMAKE_MATCH_1})
        set(version "")
        if(name STREQUAL "Boost")
            set(version " 1.81")
        endif()
        set(command "find_package(${name}${version} QUIET)")
    else()
        set(name ${target})
        set(command "find_library(${name}_FOUND ${name})")
    endif()
    set(package "${CARDEA_DEBIAN_PACKAGES}")
    list(FILTER package INCLUDE REGEX "^${name}=")
    if(NOT package)
        message(FATAL_ERROR "cmake/CardeaInstall.cmake does not know which Debian package has ${target}")
    endif()
    string(REGEX REPLACE "^[^=]*=" "" package "${package}")
    set(${result} "    ${command}\n    cardea_note_missing(${name} ${package})\n" PARENT_SCOPE)
endfunction()

get_property(CARDEA_ALL_MODULES GLOBAL PROPERTY CARDEA_MODULES)
set(CARDEA_COMPONENT_NEEDS "")
set(CARDEA_COMPONENT_FINDS "")
set(CARDEA_COMPONENT_LOADS "")
add_library(cardea_all INTERFACE)
add_library(cardea::cardea ALIAS cardea_all)
foreach(module IN LISTS CARDEA_ALL_MODULES)
    target_link_libraries(cardea_all INTERFACE cardea::${module})
    get_target_property(public_links cardea_${module} INTERFACE_LINK_LIBRARIES)
    get_target_property(private_links cardea_${module} LINK_LIBRARIES)
    set(links ${public_links} ${private_links})
    list(FILTER links EXCLUDE REGEX "^\\$|NOTFOUND$|^dl$")
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
    string(APPEND CARDEA_COMPONENT_FINDS "if(${module} IN_LIST cardea_wanted)\n${finds}endif()\n")
    string(APPEND CARDEA_COMPONENT_LOADS "if(${module} IN_LIST cardea_wanted)\n"
        "    include(\"\${CMAKE_CURRENT_LIST_DIR}/cardea-${module}.cmake\" OPTIONAL RESULT_VARIABLE cardea_${module}_FOUND)\n"
        "endif()\n")
endforeach()

configure_file("${PROJECT_SOURCE_DIR}/cmake/cardeaConfig.cmake.in" "${PROJECT_BINARY_DIR}/cardeaConfig.cmake" @ONLY)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cardeaConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/cardeaConfig.cmake" "${PROJECT_BINARY_DIR}/cardeaConfigVersion.cmake"
    DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/cardea" COMPONENT base)
