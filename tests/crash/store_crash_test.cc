// SPDX-License-Identifier: Apache-2.0
// Kills a program at random moments while it writes, and compares what is on disk with what it had
// acknowledged. CARDEA_CRASH_ROUNDS sets how often (the full run is 50).
#include "cardea/base/assert.h"
#include "cardea/base/random.h"
#include "tests/crash/child_process.h"
#include "tests/crash/ledger.h"
#include "tests/support/temporary_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <string>

namespace cardea::testing {

namespace {

using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

int rounds() {
    const char* configured = std::getenv("CARDEA_CRASH_ROUNDS");
    return configured != nullptr ? std::atoi(configured) : 5;
}

/// When a program is killed: so long after it has said so much, however slow the machine is.
struct Moment {
    std::size_t lines = 0;
    std::chrono::milliseconds later{0};
};

/// Every other time not long after its start: also while it recovers from the kill before.
Moment random_moment(int round) {
    SystemRandom random;
    const auto bytes = random.bytes<2>();
    return {
        .lines = round % 2 == 0 ? std::size_t{bytes[0]} * 4 : 0, .later = std::chrono::milliseconds(bytes[1])
    };
}

void run_and_kill(
    const TemporaryFolder& folder,
    const std::string& vfs,
    const std::string& synchronous,
    Moment moment,
    Ledger& ledger
) {
    static int seed = 0;
    ChildProcess program({CARDEA_STORE_LOAD, folder.path().string(), vfs, synchronous, std::to_string(++seed)}
    );
    const auto note = [&ledger](std::string_view line) { ledger.note(line); };
    program.read_lines(moment.lines, note);
    program.read_lines(moment.later, note);
    program.kill(note);
}

/// Looks at a copy, so that it is the next run of the program that recovers the file.
std::vector<std::string> violations(const TemporaryFolder& folder, Ledger& ledger) {
    const TemporaryFolder copy;
    std::filesystem::copy(folder.path(), copy.path(), std::filesystem::copy_options::recursive);
    std::filesystem::remove(copy.path() / "cardea.db-shm");  // memory of the program that was killed
    const Result<stores::SqliteStores> opened = stores::open_sqlite(copy.path() / "cardea.db");
    if (!opened) {
        return {opened.error().context};
    }
    return ledger.violations(*opened);
}

void expect_nothing_lost(const std::string& vfs) {
    const TemporaryFolder folder;
    Ledger ledger;
    run_and_kill(folder, vfs, "full", {.lines = 500}, ledger);

    for (int round = 1; round < rounds(); ++round) {
        EXPECT_THAT(violations(folder, ledger), IsEmpty()) << "after round " << round;
        run_and_kill(folder, vfs, "full", random_moment(round), ledger);
    }

    EXPECT_THAT(violations(folder, ledger), IsEmpty()) << "after the last round";
    EXPECT_GT(ledger.size(), 50u);
    ::testing::Test::RecordProperty("acknowledged", std::to_string(ledger.size()));
}

}  // namespace

TEST(StoreCrash, a_killed_program_loses_nothing_it_acknowledged) {
    expect_nothing_lost("plain");
}

TEST(StoreCrash, a_power_cut_loses_nothing_that_was_acknowledged) {
    expect_nothing_lost("lossy");
}

// The proof that the two above would notice.
TEST(StoreCrash, a_power_cut_without_fsync_loses_acknowledged_writes) {
    const TemporaryFolder folder;
    Ledger ledger;
    run_and_kill(folder, "plain", "full", {.lines = 100}, ledger);
    ASSERT_THAT(violations(folder, ledger), IsEmpty());

    run_and_kill(folder, "lossy", "off", {.lines = 500}, ledger);

    EXPECT_THAT(violations(folder, ledger), Contains(HasSubstr("lost: ")));
}

}  // namespace cardea::testing
