// One SQLite connection with its prepared statements. A failure is kept: everything after it does nothing,
// until the owner has read the failure and decided. Not shared between threads at the same time.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "i18n/base/result.h"

namespace hotline {

class Sql;

// One use of a prepared statement; reset when it goes out of scope, before the next use of the same text.
class Query {
 public:
  Query(Sql& sql, sqlite3_stmt* statement) : sql_(sql), statement_(statement) {}
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;
  ~Query();

  // In the order of the question marks.
  Query& bind(std::int64_t value);
  Query& bind(std::string_view text);
  Query& bind_blob(std::string_view bytes);  // not copied: must live until the last step
  bool step();                               // true: there is a row
  void run() {
    while (step()) {
    }
  }

  bool is_integer(int column) const;
  bool is_text(int column) const;
  std::int64_t integer(int column) const;
  std::string text(int column) const;  // text or blob
  int columns() const;

 private:
  Sql& sql_;
  sqlite3_stmt* statement_;
  int next_ = 0;
};

class Sql {
 public:
  // `flags` as in sqlite3_open_v2, beside NOMUTEX; `setup` are statements that must succeed.
  static Result<std::unique_ptr<Sql>> open(const std::string& path, int flags, const char* setup);
  Sql(const Sql&) = delete;
  Sql& operator=(const Sql&) = delete;
  ~Sql();

  Query query(const std::string& text);
  bool run(const char* statements);         // false and a kept failure when one fails
  int failure() const { return failure_; }  // SQLITE_OK, or the first failure
  void forget_failure() { failure_ = SQLITE_OK; }
  void failed(int code);
  bool in_transaction() const { return sqlite3_get_autocommit(connection_) == 0; }
  sqlite3* get() const { return connection_; }

 private:
  explicit Sql(sqlite3* connection) : connection_(connection) {}
  sqlite3* connection_;
  int failure_ = SQLITE_OK;
  std::unordered_map<std::string, sqlite3_stmt*> statements_;
};

}  // namespace hotline
