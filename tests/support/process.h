// Child processes for tests that look at the program from outside.
#pragma once

#include <sys/types.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hotline::test {

using Environment = std::map<std::string, std::string>;  // added to this process's own

// What a finished program left: 128 + signal when it was killed.
struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

// Runs a program to its end with `input` on its standard input.
Outcome run_program(const std::vector<std::string>& command, const std::string& input = {},
                    const Environment& env = {});

// A program that goes on running. Its standard error goes to a file, its standard output line by line to the
// test and to a file beside it. Destroyed: killed and waited for.
class Process {
 public:
  // Files are `log`.out and `log`.err. Throws std::runtime_error when it cannot be started.
  Process(const std::vector<std::string>& command, const std::string& log, const Environment& env = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // The next line of its standard output, waited for; nothing when it has ended.
  std::optional<std::string> read_line();
  void send(int signal);
  int wait();  // its exit status, 128 + signal when it was killed; may be asked again
  bool running();
  pid_t pid() const { return pid_; }
  int terminate();  // SIGTERM, then wait

 private:
  pid_t pid_ = -1;
  int out_ = -1;
  std::string pending_;
  std::string out_log_;
  std::optional<int> status_;
};

}  // namespace hotline::test
