// SPDX-License-Identifier: Apache-2.0
// What tools/check-coroutines tests itself with: it must flag the lines that end in "bad", and no other.
// Never built.
#include <coroutine>
#include <initializer_list>
#include <string>
#include <utility>

struct Task {
    struct promise_type {
        Task get_return_object() { return {}; }
        std::suspend_never initial_suspend() { return {}; }
        std::suspend_never final_suspend() noexcept { return {}; }
        void return_value(int) {}
        void unhandled_exception() {}
    };
    bool await_ready() { return true; }
    void await_suspend(std::coroutine_handle<>) {}
    int await_resume() { return 1; }
};

struct Person {
    std::string name;
    int age = 0;
};

Task number(int);
Task save(Person);
Task save_text(std::string);
Task save_all(std::initializer_list<std::string>);
template <class F>
Task call(F f) {
    co_return static_cast<int>(f());
}

Task safe(std::string text, bool flag) {
    co_await number(1);
    const int n = co_await save_text("abc");
    if (auto r = co_await number(n); r > 0) {
        co_await save_text(std::move(text));
    }
    Person person{.name = "a", .age = flag ? 1 : 2};
    co_await save(std::move(person));
    const std::string pick = flag ? std::string("a") : std::string("b");
    co_await save_text(pick);
    auto named = [pick] { return pick.size(); };
    co_await call(std::move(named));
    co_await call([] { return 1; });
    co_return co_await number(2);
}

Task dangerous(bool flag) {
    std::string text = "a";
    if (co_await number(1)) {  // bad
    }
    while (co_await number(1) > 1) {  // bad
    }
    do {
    } while (co_await number(1) > 1);  // bad
    switch (co_await number(1)) {  // bad
        default:
            break;
    }
    for (int i = 0; i < co_await number(1); ++i) {  // bad
    }
    int n = flag ? co_await number(1) : 2;             // bad
    Person p{.name = "a", .age = co_await number(1)};  // bad
    int numbers[] = {1, co_await number(1)};           // bad
    co_await save({.name = "a"});                      // bad
    co_await save(Person{"a"});                        // bad
    co_await save_all({text, "b"});                    // bad
    co_await save_text(flag ? text + "x" : text);      // bad
    co_await call([text] { return text.size(); });     // bad
    co_return n + p.age + numbers[0];
}
