#include "tests/support/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <utility>

namespace hotline::test {
namespace {

struct Pipe {
  int read_end = -1;
  int write_end = -1;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    read_end = ends[0];
    write_end = ends[1];
  }
  ~Pipe() {
    close_read();
    close_write();
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  void close_read() { shut(read_end); }
  void close_write() { shut(write_end); }
  int release_read() { return std::exchange(read_end, -1); }

 private:
  static void shut(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
};

// The strings are kept by the caller until exec.
std::vector<char*> pointers(std::vector<std::string>& strings) {
  std::vector<char*> list;
  for (auto& text : strings) list.push_back(text.data());
  list.push_back(nullptr);
  return list;
}

pid_t spawn(const std::vector<std::string>& command, int in, int out, int err, const Environment& env) {
  std::vector<std::string> words = command;
  const auto argv = pointers(words);
  const pid_t child = fork();
  if (child < 0) throw std::runtime_error("fork");
  if (child > 0) return child;
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  dup2(err, STDERR_FILENO);
  for (const auto& [name, value] : env) setenv(name.c_str(), value.c_str(), 1);
  execv(argv[0], argv.data());
  _exit(127);
}

int exit_status_of(int raw) {
  return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
}

// Feeds and drains all three ends at once, so that neither side waits for the other for ever.
void exchange(Pipe& in, const std::string& input, Pipe& out, Pipe& err, Outcome& outcome) {
  std::size_t written = 0;
  if (input.empty()) in.close_write();
  char buffer[1 << 16];
  const auto drain = [&](Pipe& pipe, std::string& into) {
    const ssize_t got = read(pipe.read_end, buffer, sizeof buffer);
    if (got > 0) {
      into.append(buffer, static_cast<std::size_t>(got));
    } else if (got == 0) {
      pipe.close_read();
    }
  };
  while (out.read_end >= 0 || err.read_end >= 0) {
    pollfd ends[3] = {{out.read_end, POLLIN, 0}, {err.read_end, POLLIN, 0}, {in.write_end, POLLOUT, 0}};
    if (poll(ends, 3, -1) < 0 && errno != EINTR) throw std::runtime_error("poll");
    if (ends[0].revents != 0) drain(out, outcome.out);
    if (ends[1].revents != 0) drain(err, outcome.err);
    if (ends[2].revents != 0) {
      const ssize_t put = write(in.write_end, input.data() + written, input.size() - written);
      if (put > 0) written += static_cast<std::size_t>(put);
      if (put < 0 || written == input.size()) in.close_write();
    }
  }
}

}  // namespace

Outcome run_program(const std::vector<std::string>& command, const std::string& input,
                    const Environment& env) {
  signal(SIGPIPE, SIG_IGN);  // a program may end before it has read everything
  Pipe in, out, err;
  const pid_t child = spawn(command, in.read_end, out.write_end, err.write_end, env);
  in.close_read();
  out.close_write();
  err.close_write();
  // Non-blocking, so that a program which does not read cannot stop the test from reading.
  fcntl(in.write_end, F_SETFL, O_NONBLOCK);
  Outcome outcome;
  exchange(in, input, out, err, outcome);
  int raw = 0;
  waitpid(child, &raw, 0);
  outcome.status = exit_status_of(raw);
  return outcome;
}

Process::Process(const std::vector<std::string>& command, const std::string& log, const Environment& env)
    : out_log_(log + ".out") {
  Pipe out;
  const int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
  const int err = open((log + ".err").c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (null < 0 || err < 0) throw std::runtime_error("cannot write " + log + ".err");
  pid_ = spawn(command, null, out.write_end, err, env);
  close(null);
  close(err);
  out_ = out.release_read();
}

Process::~Process() {
  if (running()) {
    send(SIGKILL);
    wait();
  }
  if (out_ >= 0) close(out_);
}

std::optional<std::string> Process::read_line() {
  for (;;) {
    if (const auto end = pending_.find('\n'); end != std::string::npos) {
      std::string line = pending_.substr(0, end);
      pending_.erase(0, end + 1);
      std::ofstream(out_log_, std::ios::app) << line << '\n';
      return line;
    }
    char buffer[4096];
    const ssize_t got = read(out_, buffer, sizeof buffer);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    pending_.append(buffer, static_cast<std::size_t>(got));
  }
}

void Process::send(int signal) {
  if (running()) kill(pid_, signal);
}

bool Process::running() {
  if (status_) return false;
  int raw = 0;
  if (waitpid(pid_, &raw, WNOHANG) == pid_) status_ = exit_status_of(raw);
  return !status_;
}

int Process::wait() {
  if (!status_) {
    while (read_line()) {
    }
    int raw = 0;
    while (waitpid(pid_, &raw, 0) < 0 && errno == EINTR) {
    }
    status_ = exit_status_of(raw);
  }
  return *status_;
}

int Process::terminate() {
  send(SIGTERM);
  return wait();
}

}  // namespace hotline::test
