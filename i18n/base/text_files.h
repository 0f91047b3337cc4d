// Reading and durably writing small files.
#pragma once

#include <string>
#include <string_view>

#include "i18n/base/result.h"

namespace hotline {

// not_found; store_unavailable, also for what is no file, such as a folder or a pipe that may never end.
Result<std::string> read_file(const std::string& path, std::size_t max_bytes = 64u << 20);
// Writes beside, syncs, renames over: readers see the old bytes or the new ones, never a part. `mode` as in
// chmod.
Result<void> write_file(const std::string& path, std::string_view bytes, unsigned mode = 0600);

// A file that grows beside its name and takes it when it is whole. What bears that name and is no regular
// file (a pipe, a device) is written through; a link stays a link.
class NewFile {
 public:
  static Result<NewFile> open(const std::string& path, unsigned mode = 0600);
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();  // nothing is left of one that was not closed

  bool write(std::string_view bytes);
  Result<void> close();  // durable

 private:
  NewFile(int descriptor, std::string path, std::string beside)
      : descriptor_(descriptor), path_(std::move(path)), beside_(std::move(beside)) {}
  int descriptor_;
  std::string path_, beside_;  // beside_ is empty when it is written through
};

// Whether both names lead to one regular file.
bool is_same_file(const std::string& one, const std::string& other);

}  // namespace hotline
