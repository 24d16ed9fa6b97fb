// SPDX-License-Identifier: Apache-2.0
/// Whether the compiler gets right what the house rule for co_await allows (cardea/base/task.h). g++ 12.2
/// silently miscompiles other forms; this notices when a new compiler breaks one of ours.
#include "cardea/base/task.h"
#include "tests/support/run_task.h"

#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <optional>
#include <ostream>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea {
namespace {

/// Notices when it is destroyed twice, destroyed where it was never made, moved bitwise, or never destroyed.
class Probe {
 public:
    explicit(false) Probe(const char* text) : text_(text) { enter(); }
    Probe(const Probe& other) : text_(other.text_) { enter(); }
    Probe(Probe&& other) noexcept : text_(std::move(other.text_)) { enter(); }
    Probe& operator=(const Probe&) = default;
    Probe& operator=(Probe&&) = default;
    ~Probe() { faults += live.erase(this) == 1 ? 0 : 1; }

    [[nodiscard]] const std::string& text() const { return text_; }

    static inline std::set<const void*> live;
    static inline int faults = 0;

 private:
    void enter() { faults += live.insert(this).second ? 0 : 1; }

    std::string text_;
};

struct Person {
    Probe name;
    Probe other = "other";
    int age = 0;
};

Task<> suspend() {
    auto executor = co_await boost::asio::this_coro::executor;
    co_await boost::asio::post(executor, use_task);
}

Task<bool> yes(bool value = true) {
    co_await suspend();
    co_return value;
}

Task<Probe> make(const char* text) {
    co_await suspend();
    co_return Probe(text);
}

Task<int> by_value(Probe probe) {
    co_await suspend();
    co_return static_cast<int>(probe.text().size());
}

Task<int> by_reference(const Probe& probe) {
    co_await suspend();
    co_return static_cast<int>(probe.text().size());
}

Task<int> by_view(std::string_view text) {
    co_await suspend();
    co_return static_cast<int>(text.size());
}

Task<int> by_person(Person person) {
    co_await suspend();
    co_return static_cast<int>(person.name.text().size());
}

Task<int> by_pointer(std::unique_ptr<Probe> probe) {
    co_await suspend();
    co_return static_cast<int>(probe->text().size());
}

template <class F>
Task<int> by_callable(F callable) {
    co_await suspend();
    co_return callable();
}

Task<int> arguments() {
    int sum = co_await by_value(Probe("abc"));
    sum += co_await by_value("abc");
    sum += co_await by_reference(Probe("abc"));
    sum += co_await by_view(std::string("abc"));
    sum += co_await by_pointer(std::make_unique<Probe>("abc"));
    co_return sum;
}

Task<int> named_aggregate() {
    Person person{.name = "abc", .age = 2};
    co_return co_await by_person(std::move(person));
}

Task<int> named_lambda() {
    Probe probe("abc");
    auto size = [probe] { return static_cast<int>(probe.text().size()); };
    const int first = co_await by_callable(size);
    const int second = co_await by_callable(std::move(size));
    const int third = co_await by_callable([] { return 3; });
    co_return first + second + third;
}

Task<int> condition_from_a_name() {
    const bool found = co_await yes();
    if (!found) {
        co_return 0;
    }
    if (auto made = co_await make("abc"); made.text() != "abc") {
        co_return 0;
    }
    co_return 3;
}

Task<int> loops() {
    int sum = 0;
    for (int i = 0; i < 3; ++i) {
        const Probe made = co_await make("a");
        const bool go_on = co_await yes(i < 2);
        if (!go_on) {
            break;
        }
        sum += static_cast<int>(made.text().size());
    }
    const std::array<Probe, 2> names{Probe("b"), Probe("c")};
    for (const Probe& name : names) {
        sum += co_await by_reference(name);
    }
    co_return sum;
}

Task<std::pair<Probe, int>> pair() {
    co_await suspend();
    co_return std::pair<Probe, int>(Probe("abc"), 3);
}

Task<int> structured_bindings() {
    int sum = 0;
    for (int i = 0; i < 2; ++i) {
        auto [probe, number] = co_await pair();
        co_await suspend();
        sum += number + static_cast<int>(probe.text().size());
    }
    co_return sum;
}

Task<int> throws(Probe probe) {
    co_await suspend();
    throw std::runtime_error(probe.text());
}

Task<int> exceptions() {
    std::string what;
    try {
        co_await throws("boom");
    } catch (const std::runtime_error& error) {
        what = error.what();
    }
    co_await suspend();
    co_return static_cast<int>(what.size());
}

Task<int> early_return(bool leave) {
    const Probe first("a");
    if (leave) {
        co_return 1;
    }
    const Probe second = co_await make("b");
    co_return 2;
}

Task<std::optional<Person>> optional_aggregate() {
    co_await suspend();
    Person person{.name = "abc"};
    co_return person;
}

Task<int> awaited_optional() {
    auto person = co_await optional_aggregate();
    co_return static_cast<int>(person->name.text().size());
}

struct Case {
    const char* name;
    Task<int> (*body)();
    int result;
    friend void PrintTo(const Case& test, std::ostream* out) { *out << test.name; }
};

class CoroutineCodegen : public ::testing::TestWithParam<Case> {};

TEST_P(CoroutineCodegen, builds_and_destroys_every_object_once) {
    Probe::live.clear();
    Probe::faults = 0;

    const int result = cardea::testing::run(GetParam().body());

    EXPECT_EQ(result, GetParam().result);
    EXPECT_EQ(Probe::faults, 0);
    EXPECT_TRUE(Probe::live.empty());
}

INSTANTIATE_TEST_SUITE_P(
    SafeForms,
    CoroutineCodegen,
    ::testing::Values(
        Case{"arguments", arguments, 15},
        Case{"named_aggregate", named_aggregate, 3},
        Case{"named_lambda", named_lambda, 9},
        Case{"condition_from_a_name", condition_from_a_name, 3},
        Case{"loops", loops, 4},
        Case{"structured_bindings", structured_bindings, 12},
        Case{"exceptions", exceptions, 4},
        Case{"early_return", [] { return early_return(true); }, 1},
        Case{"no_early_return", [] { return early_return(false); }, 2},
        Case{"awaited_optional", awaited_optional, 3}
    ),
    [](const auto& info) { return std::string(info.param.name); }
);

}  // namespace
}  // namespace cardea
