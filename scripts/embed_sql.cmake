cmake_minimum_required(VERSION 3.25)
# Writes OUTPUT, a header with every file under ROOT as a constant:
# sql/store/cover.sql becomes indexer::sql::store::cover, and sql/migrations/NNNN_name.sql
# become indexer::sql::migrations, in order.
cmake_minimum_required(VERSION 3.25)  # since when a quoted "migrations" is text, never a variable

file(GLOB_RECURSE files RELATIVE ${ROOT} ${ROOT}/*.sql)
list(SORT files)
set(text "#pragma once\n\n#include <array>\n#include <string_view>\n\nnamespace indexer::sql {\n\n")
string(APPEND text "struct Migration {\n    int number;\n    std::string_view name;\n    std::string_view text;\n};\n\n")
set(migrations "")
set(count 0)
foreach(file IN LISTS files)
    file(READ ${ROOT}/${file} body)
    get_filename_component(folder ${file} DIRECTORY)
    get_filename_component(name ${file} NAME_WE)
    if(folder STREQUAL "migrations")
        string(REGEX MATCH "^[0-9]+" number ${name})
        string(REGEX REPLACE "^0+" "" number ${number})
        string(APPEND migrations "    Migration{${number}, \"${name}\", R\"sql(${body})sql\"},\n")
        math(EXPR count "${count} + 1")
    else()
        string(REPLACE "/" "::" namespace ${folder})
        string(APPEND text "namespace ${namespace} {\ninline constexpr std::string_view ${name} = R\"sql(${body})sql\";\n}\n\n")
    endif()
endforeach()
string(APPEND text "inline constexpr std::array<Migration, ${count}> migrations{\n${migrations}};\n\n}  // namespace indexer::sql\n")
file(WRITE ${OUTPUT} "${text}")
