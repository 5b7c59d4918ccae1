#include "tests/damage/json_tree.hpp"

#include <simdjson.h>

#include "base/json_writer.hpp"

namespace indexer::damage {
namespace {

Json copy(simdjson::dom::element element);

Json of_text(Json::Kind kind, std::string text) {
    return {kind, std::move(text), {}};
}

Json of_array(simdjson::dom::array array) {
    Json json{Json::Kind::array, {}, {}};
    for (auto const element : array) json.parts.emplace_back("", copy(element));
    return json;
}

Json of_object(simdjson::dom::object object) {
    Json json{Json::Kind::object, {}, {}};
    for (auto const& field : object) json.parts.emplace_back(field.key, copy(field.value));
    return json;
}

Json copy(simdjson::dom::element element) {
    switch (element.type()) {
        case simdjson::dom::element_type::ARRAY:
            return of_array(element.get_array());
        case simdjson::dom::element_type::OBJECT:
            return of_object(element.get_object());
        case simdjson::dom::element_type::STRING:
            return of_text(Json::Kind::string, std::string(element.get_string().value()));
        case simdjson::dom::element_type::BOOL:
            return of_text(Json::Kind::boolean, bool(element) ? "true" : "false");
        case simdjson::dom::element_type::NULL_VALUE:
            return {};
        default:
            return of_text(Json::Kind::number, simdjson::minify(element));
    }
}

void write(Json const& json, base::JsonWriter& out) {
    switch (json.kind) {
        case Json::Kind::null:
            out.null();
            break;
        case Json::Kind::string:
            out.value(json.text);
            break;
        case Json::Kind::boolean:
        case Json::Kind::number:
            out.raw(json.text);
            break;
        case Json::Kind::array:
            out.begin_array();
            for (auto const& [name, part] : json.parts) write(part, out);
            out.end_array();
            break;
        case Json::Kind::object:
            out.begin_object();
            for (auto const& [name, part] : json.parts) write(part, out.key(name));
            out.end_object();
            break;
    }
}

}  // namespace

Json* Json::member(std::string_view name) {
    for (auto& [key, part] : parts) {
        if (key == name) return &part;
    }
    return nullptr;
}

Json const* Json::member(std::string_view name) const {
    return const_cast<Json*>(this)->member(name);
}

Json parse(std::string const& text) {
    simdjson::dom::parser parser;
    return copy(parser.parse(text));
}

std::string write(Json const& json) {
    base::JsonWriter out;
    write(json, out);
    return std::move(out).text();
}

}  // namespace indexer::damage
