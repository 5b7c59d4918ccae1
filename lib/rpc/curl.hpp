#pragma once

#include <memory>
#include <new>

#include <curl/curl.h>

// libcurl's handles as C++ owners.
namespace indexer::rpc::curl {

template <auto Free>
struct Freer {
    template <class T>
    void operator()(T* thing) const noexcept {
        Free(thing);
    }
};

using Easy = std::unique_ptr<CURL, Freer<curl_easy_cleanup>>;
using Multi = std::unique_ptr<CURLM, Freer<curl_multi_cleanup>>;
using List = std::unique_ptr<curl_slist, Freer<curl_slist_free_all>>;
using Url = std::unique_ptr<CURLU, Freer<curl_url_cleanup>>;
using Text = std::unique_ptr<char, Freer<curl_free>>;

// What libcurl's constructors return when memory is short is an exception here.
template <class T>
T made(T thing) {
    if (!thing) throw std::bad_alloc();
    return thing;
}

}  // namespace indexer::rpc::curl
