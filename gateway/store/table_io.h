// Whole rows in and out, each with a MAC under a key of the node, and per table the sum of all MACs: a
// changed row is found by its own, a dropped, added or older one by the sum.
#pragma once

#include <map>

#include "gateway/crypto/digest.h"
#include "gateway/crypto/secret.h"
#include "gateway/store/cells.h"
#include "gateway/store/tables.h"

namespace hotline {

// How many rows, and the sum of their MACs modulo 2^256.
struct Tally {
  std::int64_t rows = 0;
  std::array<std::uint64_t, 4> sum{};
  void add(std::string_view mac);
  void remove(std::string_view mac);
  std::string sum_bytes() const;
  static std::optional<Tally> from(std::int64_t rows, std::string_view sum_bytes);
  friend bool operator==(const Tally&, const Tally&) = default;
};
using Tallies = std::map<std::string, Tally>;  // by table

class MacInput {
 public:
  explicit MacInput(const char* table) : bytes_(table) { bytes_ += '\0'; }
  void operator()(std::int64_t value);
  void operator()(std::string_view text);
  std::string mac(const SecretBytes& key) const { return hmac_sha256(key.reveal(), bytes_); }

 private:
  std::string bytes_;
};

// For tables that authenticate their contents otherwise: that the row is there.
std::string presence_mac(const char* table, std::string_view id, const SecretBytes& key);

template <class T>
bool is_empty_cell(const T& value) {
  bool empty = true;
  const auto look = [&](const auto& bound) {
    if constexpr (std::is_same_v<std::decay_t<decltype(bound)>, std::int64_t>) {
      empty = bound == 0;
    } else {
      empty = bound.empty();
    }
  };
  cell(look, value);
  return empty;
}

template <class Row>
std::string row_mac(const Row& row, const SecretBytes& key) {
  MacInput input(Table<Row>::name);
  int column = 0;
  Table<Row>::columns(row, [&](const char* name, const auto& value) {
    if (column++ >= kFirstColumns<Row>) {
      if (is_empty_cell(value)) return;
      input(std::string_view(name));
    }
    cell(input, value);
  });
  return input.mac(key);
}

struct TableSql {
  std::string insert, select, mac, erase;
};

template <class Row>
const TableSql& table_sql() {
  static const TableSql sql = [] {
    std::string names, marks, keys, updates, where;
    int count = 0;
    Row row{};
    Table<Row>::columns(row, [&](const char* name, const auto&) {
      const std::string column = '"' + std::string(name) + '"';
      names += column + ',';
      marks += "?,";
      if (count < Table<Row>::keys) {
        keys += (count == 0 ? "" : ",") + column;
        where += (count == 0 ? " WHERE " : " AND ") + column + "=?";
      } else {
        updates += column + "=excluded." + column + ',';
      }
      ++count;
    });
    const std::string table = Table<Row>::name;
    return TableSql{"INSERT INTO " + table + "(" + names + "mac) VALUES(" + marks + "?) ON CONFLICT(" + keys +
                        ") DO UPDATE SET " + updates + "mac=excluded.mac",
                    "SELECT " + names + "mac FROM " + table + " ", "SELECT mac FROM " + table + where,
                    "DELETE FROM " + table + where};
  }();
  return sql;
}

template <class Row>
void bind_keys(Query& query, const Row& row) {
  int count = 0;
  Table<Row>::columns(row, [&](const char*, const auto& value) {
    const auto bind = [&](auto bound) { query.bind(bound); };
    if (count++ < Table<Row>::keys) cell(bind, value);
  });
}

template <class Row>
std::string stored_mac(Sql& sql, const Row& row) {
  Query query = sql.query(table_sql<Row>().mac);
  bind_keys(query, row);
  return query.step() ? query.text(0) : std::string();
}

template <class Row>
void put_row(Sql& sql, const Row& row, const SecretBytes& key, Tallies& tallies) {
  Tally& tally = tallies[Table<Row>::name];
  if (const std::string before = stored_mac(sql, row); !before.empty()) tally.remove(before);
  const std::string mac = row_mac(row, key);
  Query query = sql.query(table_sql<Row>().insert);
  const auto bind = [&](auto bound) { query.bind(bound); };
  Table<Row>::columns(row, [&](const char*, const auto& value) { cell(bind, value); });
  query.bind_blob(mac);
  query.run();
  tally.add(mac);
}

template <class Row>
void erase_row(Sql& sql, const Row& row, Tallies& tallies) {
  const std::string before = stored_mac(sql, row);
  if (before.empty()) return;
  tallies[Table<Row>::name].remove(before);
  Query query = sql.query(table_sql<Row>().erase);
  bind_keys(query, row);
  query.run();
}

// Rows of "SELECT every column" and `tail` (WHERE, ORDER BY, LIMIT), with these values for its question
// marks. A row that cannot be read as what it is counts as corruption of the database.
template <class Row, class... Values>
std::vector<Row> rows_where(Sql& sql, const std::string& tail, const Values&... values) {
  Query query = sql.query(table_sql<Row>().select + tail);
  [[maybe_unused]] const auto bind = [&](auto bound) { query.bind(bound); };
  (cell(bind, values), ...);
  std::vector<Row> rows;
  while (query.step()) {
    Row row{};
    CellReader reader(query);
    Table<Row>::columns(row, reader);
    if (!reader.sound()) {
      sql.failed(SQLITE_CORRUPT);
      break;
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

template <class Row, class... Values>
std::optional<Row> row_where(Sql& sql, const std::string& tail, const Values&... values) {
  auto rows = rows_where<Row>(sql, tail, values...);
  if (rows.empty() || sql.failure() != SQLITE_OK) return std::nullopt;
  return std::move(rows.front());
}

}  // namespace hotline
