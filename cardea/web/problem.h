// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"
#include "cardea/http/request.h"
#include "cardea/http/response.h"
#include "cardea/net/refusal.h"

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

namespace detail {
class RefusalLines;
}

/// One mistake in what was sent: where it stands, a sentence and a stable word. Never holds what was sent.
struct FieldError {
    std::vector<std::string> loc;  ///< {"body", "email"}
    std::string msg;               ///< "Enter an e-mail address."
    std::string type;              ///< "missing"
};

/// Why a request is refused. Made from an Errc or an Error alone; the rest only where there is more to say.
struct Problem {
    Problem(Errc errc) : code(errc) {}  // NOLINT: a code is a problem
    Problem(Error error)                // NOLINT: so is an error
        : code(error.code), context(std::move(error.context)), reference(std::move(error.reference)) {
        if (error.retry_after.count() > 0) {
            retry_after = error.retry_after;
        }
    }
    explicit Problem(std::vector<FieldError> mistakes) : code(Errc::invalid), errors(std::move(mistakes)) {}

    Errc code;
    std::string context;                              ///< for the log; the name of an audit::Rule counts
    std::string reference;                            ///< when it has one already: it was logged with that
    std::string detail;                               ///< instead of the code's own sentence
    std::optional<http::Status> status;               ///< instead of the code's own
    std::optional<std::chrono::seconds> retry_after;  ///< for rate_limited and busy
    std::vector<FieldError> errors;                   ///< not empty: the answer is 422 and lists them
    std::string allow;                                ///< the Allow header of a 405
    std::string challenge;                            ///< the WWW-Authenticate of a 401; empty: Bearer
    bool is_bare = false;  ///< the answer has no body, and its reference in the header X-Auth-Reference
};

/// What a code means over HTTP. The one mapping in the project.
struct ProblemKind {
    http::Status status;
    std::string_view title;   ///< short, the same for every occurrence
    std::string_view detail;  ///< the sentence for the person
};
[[nodiscard]] ProblemKind problem_kind(Errc code) noexcept;

/// A request for a host that is not ours: 421, with the origin where we are ("https://id.example.com").
[[nodiscard]] Problem misdirected(std::string_view home);

/// What the engine refused before it was a request.
[[nodiscard]] Problem refused_by_engine(net::Refusal refusal);

/// The sentence for the person: that of the code, with how long to wait where that is known.
[[nodiscard]] std::string problem_sentence(const Error& error);

/// A refusal as it is shown: what a page for browsers is made of.
struct ShownProblem {
    http::Status status;
    std::string_view title;
    std::string_view detail;
    std::string_view reference;  ///< may be empty
    const std::vector<FieldError>& errors;
};

/// What the operator can look up (`cardea why REF`; see audit/reference.h), and the name of the rule that it
/// stands for.
struct ProblemReference {
    std::string text;
    std::string_view rule;
};
/// Makes the reference of a problem that has none yet.
using ReferenceMaker = std::function<ProblemReference(const Problem& problem)>;
/// Renders a refusal as a whole HTML document in the look of the program.
using ProblemPage = std::function<std::string(const http::Request& request, const ShownProblem& problem)>;

/// Turns problems into responses: `application/problem+json` (RFC 9457) for API clients, a page for browsers,
/// with Retry-After, Allow and WWW-Authenticate where they belong, and a log line with the same reference: at
/// debug for what is everyday, and for too many of one kind. Thread-safe.
class Problems {
 public:
    Problems() = default;
    /// `lines` bounds the log lines; without it each is written.
    Problems(
        ReferenceMaker reference, ProblemPage page, std::shared_ptr<detail::RefusalLines> lines = nullptr
    )
        : reference_(std::move(reference)), page_(std::move(page)), lines_(std::move(lines)) {}

    [[nodiscard]] http::Response answer(const http::Request& request, const Problem& problem) const;

    /// Without references and pages.
    [[nodiscard]] static const Problems& plain() noexcept;

 private:
    ReferenceMaker reference_;
    ProblemPage page_;
    std::shared_ptr<detail::RefusalLines> lines_;
};

/// Whether the client prefers a page: it names text/html in Accept.
[[nodiscard]] bool wants_page(const http::Request& request) noexcept;

}  // namespace cardea::web
