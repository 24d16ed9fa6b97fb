# Flags that every target of this project is compiled with; users of the installed library get none of them.
find_program(CARDEA_CCACHE ccache)
if(CARDEA_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER "${CARDEA_CCACHE}")
endif()

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_library(cardea_flags INTERFACE)
target_compile_options(cardea_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
    $<$<CXX_COMPILER_ID:Clang>:-Wunused-result>
    # g++ 12.2 reports members of coroutine frames and of std::expected as maybe uninitialized where they are not.
    $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>
    # Designated initialisers that leave out members with defaults are how options are written here.
    -Wno-missing-field-initializers
    $<$<BOOL:${CARDEA_WERROR}>:-Werror>
    -fstack-protector-strong
    $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=3>
    -D_GLIBCXX_ASSERTIONS)
target_link_options(cardea_flags INTERFACE -Wl,-z,relro,-z,now)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    target_link_options(cardea_flags INTERFACE -fuse-ld=lld)
endif()
if(CARDEA_SANITIZE)
    target_compile_options(cardea_flags INTERFACE -fsanitize=${CARDEA_SANITIZE} -fno-sanitize-recover=all
        -fno-omit-frame-pointer)
    target_link_options(cardea_flags INTERFACE -fsanitize=${CARDEA_SANITIZE})
endif()
