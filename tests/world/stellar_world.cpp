#include "tests/world/stellar_world.hpp"

namespace indexer::test {

void StellarWorld::SetUp() {
    World::SetUp();
    if (!IsSkipped()) migrate();
}

void StellarWorld::start_stellar_node(std::vector<std::string> const& more) {
    std::vector<std::string> arguments{"--chain",   "stellar", "--first-ledger", "1000",
                                       "--ledgers", "300",     "--seed",         "9"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    start_node(arguments);
}

Finished StellarWorld::backfill(std::string const& first, std::string const& last,
                                std::vector<std::string> const& more) {
    std::vector<std::string> arguments{"backfill", "--from-ledger",  first,   "--to-ledger",
                                       last,       "--page-ledgers", "7",     "--backoff",
                                       "20ms",     "--max-backoff",  "200ms", "--breaker-open",
                                       "200ms"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return indexer(arguments);
}

std::vector<std::string> StellarWorld::stellar_tables() const {
    std::vector<std::string> names;
    for (auto const& row :
         query(database_->url(),
               "select format('%I.%I', table_schema, table_name) from information_schema.tables "
               "where table_schema = 'stellar' and table_type = 'BASE TABLE' order by 1")) {
        names.push_back(row[0]);
    }
    return names;
}

std::string StellarWorld::stellar_rows() const {
    std::string text;
    for (std::string const& name : stellar_tables()) {
        text += name + "\t" +
                table("select count(*), md5(string_agg(t::text, ',' order by t::text)) from " +
                      name + " t");
    }
    return text;
}

std::string StellarWorld::proven() const {
    return table("select count(*), min(first_seq), max(last_seq) from indexer.segments");
}

void StellarWorld::forget_everything() const {
    for (std::string const& name : stellar_tables()) run_sql("truncate " + name);
    run_sql("truncate indexer.segments, indexer.holes, indexer.dead_letters");
}

}  // namespace indexer::test
