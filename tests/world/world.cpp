#include "tests/world/world.hpp"

#include <csignal>
#include <stdexcept>

#include <httplib.h>
#include <simdjson.h>

#include "tests/places.hpp"

namespace indexer::test {

Simulator::Simulator(std::vector<std::string> arguments)
    : process_([&] {
          arguments.insert(arguments.begin(),
                           {INDEXER_SIMULATOR, "--port", "0", "--die-with-parent"});
          return arguments;
      }()) {
    std::string const prefix = "listening on ";
    auto const line = process_.first_line();
    if (!line.starts_with(prefix)) throw std::runtime_error("the simulator did not start");
    url_ = line.substr(prefix.size());
}

std::uint64_t Simulator::calls(std::string const& method) const {
    httplib::Client client(url_);
    auto const answer = client.Get("/control/stats");
    if (!answer) throw std::runtime_error("the simulator does not answer");
    simdjson::dom::parser parser;
    simdjson::dom::object const methods = parser.parse(answer->body)["methods"];
    std::uint64_t calls = 0;
    for (auto const [name, count] : methods) {
        if (method.empty() || name == method) calls += count.get_uint64().value();
    }
    return calls;
}

void Simulator::set_tip(std::uint64_t slot) const {
    httplib::Client client(url_);
    auto const answer = client.Post("/control/tip", std::to_string(slot), "text/plain");
    if (!answer || answer->status != 200) throw std::runtime_error("the simulator does not obey");
}

std::string built_program() {
    return INDEXER_PROGRAM;
}

std::unique_ptr<Process> World::start_indexer(std::vector<std::string> arguments) {
    auto environment = environment_;
    environment.emplace("DATABASE_URL", database_->url());
    if (node_) environment.emplace("INDEXER_RPC_URL", node_->url());
    arguments.insert(arguments.begin(), program_);
    return std::make_unique<Process>(std::move(arguments), std::move(environment));
}

Finished World::indexer(std::vector<std::string> arguments) {
    return start_indexer(std::move(arguments))->wait();
}

Finished World::indexer_until(std::string const& sql, std::vector<std::string> arguments) {
    auto const running = start_indexer(std::move(arguments));
    while (table(sql) != "t\n") {
    }
    running->signal(SIGTERM);
    return running->wait();
}

void World::start_node(std::vector<std::string> arguments) {
    node_.emplace(std::move(arguments));
}

void World::migrate() {
    auto const done = indexer({"migrate"});
    ASSERT_EQ(done.exit_code, 0) << done.err;
}

std::string World::table(std::string const& sql) const {
    std::string text;
    for (auto const& row : query(database_->url(), sql)) {
        for (std::size_t cell = 0; cell < row.size(); ++cell) {
            text += (cell == 0 ? "" : "\t") + row[cell];
        }
        text += "\n";
    }
    return text;
}

}  // namespace indexer::test
