#include "gateway/store/sql.h"

namespace hotline {
namespace {

constexpr int kBusyMilliseconds = 10'000;

}  // namespace

Query::~Query() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_);
  sqlite3_clear_bindings(statement_);
}

Query& Query::bind(std::int64_t value) {
  if (statement_ != nullptr && sqlite3_bind_int64(statement_, ++next_, value) != SQLITE_OK)
    sql_.failed(SQLITE_ERROR);
  return *this;
}

Query& Query::bind(std::string_view text) {
  const char* data = text.empty() ? "" : text.data();
  if (statement_ != nullptr && sqlite3_bind_text64(statement_, ++next_, data, text.size(), SQLITE_TRANSIENT,
                                                   SQLITE_UTF8) != SQLITE_OK) {
    sql_.failed(SQLITE_ERROR);
  }
  return *this;
}

Query& Query::bind_blob(std::string_view bytes) {
  const char* data = bytes.empty() ? "" : bytes.data();
  if (statement_ != nullptr &&
      sqlite3_bind_blob64(statement_, ++next_, data, bytes.size(), SQLITE_STATIC) != SQLITE_OK) {
    sql_.failed(SQLITE_ERROR);
  }
  return *this;
}

bool Query::step() {
  if (statement_ == nullptr || sql_.failure() != SQLITE_OK) return false;
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) sql_.failed(code);
  return false;
}

bool Query::is_integer(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_INTEGER;
}
bool Query::is_text(int column) const {
  return sqlite3_column_type(statement_, column) == SQLITE_TEXT;
}
std::int64_t Query::integer(int column) const {
  return sqlite3_column_int64(statement_, column);
}
std::string Query::text(int column) const {
  const void* bytes = sqlite3_column_blob(statement_, column);
  const int size = sqlite3_column_bytes(statement_, column);
  return bytes == nullptr ? std::string()
                          : std::string(static_cast<const char*>(bytes), static_cast<std::size_t>(size));
}
int Query::columns() const {
  return sqlite3_column_count(statement_);
}

Result<std::unique_ptr<Sql>> Sql::open(const std::string& path, int flags, const char* setup) {
  sqlite3* raw = nullptr;
  const int code =
      sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nullptr);
  std::unique_ptr<Sql> sql(new Sql(raw));
  const std::string name = path.substr(path.find_last_of('/') + 1);
  if (code != SQLITE_OK) return fail(ErrorCode::store_unavailable, {}, name);
  sqlite3_busy_timeout(raw, kBusyMilliseconds);
  if (sql->run(setup)) return sql;
  const int primary = sql->failure() & 0xFF;
  const bool corrupt = primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
  return fail(corrupt ? ErrorCode::store_corrupt : ErrorCode::store_unavailable, {}, name);
}

Sql::~Sql() {
  for (const auto& [text, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close_v2(connection_);
}

void Sql::failed(int code) {
  if (failure_ == SQLITE_OK) failure_ = code;
}

bool Sql::run(const char* statements) {
  if (failure_ != SQLITE_OK) return false;
  const int code = sqlite3_exec(connection_, statements, nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) failed(code);
  return code == SQLITE_OK;
}

Query Sql::query(const std::string& text) {
  if (failure_ != SQLITE_OK) return {*this, nullptr};
  sqlite3_stmt*& statement = statements_[text];
  if (statement == nullptr) {
    const int code = sqlite3_prepare_v3(connection_, text.c_str(), static_cast<int>(text.size()),
                                        SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
    if (code != SQLITE_OK) {
      failed(code);
      return {*this, nullptr};
    }
  }
  return {*this, statement};
}

}  // namespace hotline
