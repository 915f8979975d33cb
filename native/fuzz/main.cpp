// Inputs at random, where there is no libFuzzer: main.cpp's `fuzz [SECONDS [SEED]]`, or `fuzz FILE`
// for one input. The input that is tried is kept in the file "fuzz-input" until it has passed.
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

constexpr const char* kFile = "fuzz-input";

std::vector<uint8_t> read(std::FILE* file) {
  std::vector<uint8_t> bytes;
  for (int byte; (byte = std::fgetc(file)) != EOF;) {
    bytes.push_back(static_cast<uint8_t>(byte));
  }
  std::fclose(file);
  return bytes;
}

void keep(const std::vector<uint8_t>& bytes) {
  if (std::FILE* file = std::fopen(kFile, "wb")) {
    std::fwrite(bytes.data(), 1, bytes.size(), file);
    std::fclose(file);
  }
}

}  // namespace

int main(int count, char** words) {
  if (count == 2) {
    if (std::FILE* file = std::fopen(words[1], "rb")) {
      std::vector<uint8_t> bytes = read(file);
      return LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
    }
  }
  double seconds = count > 1 ? std::atof(words[1]) : 20;
  unsigned seed = count > 2 ? static_cast<unsigned>(std::atoi(words[2])) : std::random_device()();
  std::printf("seed %u\n", seed);
  std::fflush(stdout);
  std::mt19937 random(seed);
  auto started = std::chrono::steady_clock::now();
  auto passed = [&] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
  };
  long tries = 0;
  for (; passed() < seconds; tries++) {
    std::vector<uint8_t> bytes(16 + random() % 112);
    for (uint8_t& byte : bytes) {
      byte = static_cast<uint8_t>(random());
    }
    keep(bytes);
    LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
  }
  std::remove(kFile);
  std::printf("%ld tries, no fault, %.0f seconds\n", tries, passed());
  return 0;
}
