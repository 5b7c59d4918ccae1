#include "tests/unit/stellar/xdr/sample.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "tests/support/wire.hpp"

namespace indexer::test {
namespace {

using stellar::xdr::Case;
using stellar::xdr::Kind;
using stellar::xdr::Type;

constexpr int kDeep = 12;
constexpr std::uint32_t kFew = 3;

class Sampler {
  public:
    explicit Sampler(std::mt19937& chance) : chance_(chance) {}

    void add(Type const& type, int depth);

    Wire wire;

  private:
    std::uint32_t up_to(std::uint32_t most) {
        return std::uniform_int_distribution<std::uint32_t>(0, most)(chance_);
    }

    std::string noise(std::uint32_t length) {
        std::string bytes(length, '\0');
        for (auto& byte : bytes) byte = static_cast<char>(up_to(255));
        return bytes;
    }

    void elements(Type const& type, std::uint32_t count, int depth) {
        for (std::uint32_t i = 0; i < count; ++i) add(*type.element, depth + 1);
    }

    void counted_elements(Type const& type, std::uint32_t count, int depth) {
        wire.u32(count);
        elements(type, count, depth);
    }

    void tagged_union(Type const& type, int depth) {
        auto const* arm = &type.cases[up_to(static_cast<std::uint32_t>(type.cases.size()) - 1)];
        if (depth > kDeep) arm = &*std::min_element(type.cases.begin(), type.cases.end(), smaller);
        wire.u32(static_cast<std::uint32_t>(arm->value));
        if (arm->type != nullptr) add(*arm->type, depth + 1);
    }

    static bool smaller(Case const& a, Case const& b) {
        auto const size = [](Case const& one) {
            return one.type == nullptr ? 0 : one.type->least_size;
        };
        return size(a) < size(b);
    }

    std::mt19937& chance_;
};

void Sampler::add(Type const& type, int depth) {
    auto const few = depth > kDeep ? 0 : up_to(std::min(kFew, type.limit));
    switch (type.kind) {
        case Kind::boolean:
            wire.u32(up_to(1));
            break;
        case Kind::int32:
        case Kind::uint32:
            wire.raw(noise(4));
            break;
        case Kind::int64:
        case Kind::uint64:
            wire.raw(noise(8));
            break;
        case Kind::enumeration: {
            auto const most = static_cast<std::uint32_t>(type.cases.size()) - 1;
            wire.u32(static_cast<std::uint32_t>(type.cases[up_to(most)].value));
            break;
        }
        case Kind::opaque:
            wire.raw(noise(type.limit));
            break;
        case Kind::variable_opaque:
        case Kind::string:
            wire.counted(noise(up_to(std::min(9U, type.limit))));
            break;
        case Kind::array:
            elements(type, type.limit, depth);
            break;
        case Kind::variable_array:
            counted_elements(type, few, depth);
            break;
        case Kind::optional:
            counted_elements(type, depth > kDeep ? 0 : up_to(1), depth);
            break;
        case Kind::structure:
            for (auto const& field : type.fields) add(*field.type, depth + 1);
            break;
        case Kind::tagged_union:
            tagged_union(type, depth);
            break;
        default:
            break;
    }
}

}  // namespace

std::string sample(stellar::xdr::Type const& type, std::mt19937& chance) {
    Sampler sampler(chance);
    sampler.add(type, 0);
    return sampler.wire.bytes();
}

}  // namespace indexer::test
