#include "rpc/answered.hpp"

#include <utility>

namespace indexer::rpc {

Answered::Question::Question(Request const& request, TimePoint answered)
    : id_(request.id),
      method_(request.method),
      params_(request.params),
      body_(request.body),
      classify_(&request.classify),
      seq_(request.seq),
      answered_(answered) {
}

Request Answered::Question::request() const {
    return {.id = id_,
            .method = method_,
            .params = params_,
            .body = body_,
            .classify = *classify_,
            .seq = seq_};
}

void Answered::note(Request const& request, TimePoint now) {
    Question question(request, now);
    std::lock_guard const lock(mutex_);
    auto const found = by_method_.find(request.method);
    if (found == by_method_.end()) {
        by_method_.try_emplace(std::string(request.method), Last{std::move(question), {}});
        return;
    }
    auto& last = found->second;
    if (!last.newest.is(request.params)) last.before = std::move(last.newest);
    last.newest = std::move(question);
}

std::optional<Answered::Question> Answered::other_than(std::string_view method,
                                                       std::string_view params) const {
    std::lock_guard const lock(mutex_);
    auto const found = by_method_.find(method);
    if (found == by_method_.end()) return std::nullopt;
    auto const& last = found->second;
    if (!last.newest.is(params)) return last.newest;
    return last.before;
}

}  // namespace indexer::rpc
