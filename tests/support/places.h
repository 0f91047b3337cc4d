// Places for a test of its own: a folder that goes when the test does, ports that nobody listens on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/support/temporary_folder.h"

namespace hotline::test {

// Different from each other; free at the moment of asking.
std::vector<std::uint16_t> free_ports(std::size_t count);

std::string read_whole(const std::filesystem::path& file);
void write_whole(const std::filesystem::path& file, const std::string& bytes);

}  // namespace hotline::test
