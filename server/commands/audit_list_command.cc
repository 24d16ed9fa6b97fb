// SPDX-License-Identifier: Apache-2.0
#include "cardea/audit/listing.h"
#include "cardea/base/duration_text.h"
#include "cardea/base/time_text.h"
#include "server/commands/command_group.h"
#include "server/commands/commands.h"
#include "server/commands/print.h"
#include "server/config/suggestion.h"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>

namespace cardea::server {
namespace {

const std::vector<Column> event_columns{
    {"AT", "at"},
    {"EVENT", "event"},
    {"OUTCOME", "outcome"},
    {"ACCOUNT", "account"},
    {"SUBJECT", "subject"},
    {"PROVIDER", "issuer"},
    {"SESSION", "session"},
    {"ADDRESS", "address"},
    {"BY", "actor"},
    {"REFERENCE", "reference"},
};

struct AuditListOptions {
    std::string account;
    std::string since;
    std::string event;
    std::size_t limit = 100;
};

/// What stands behind --since as a time: "7d" ago, a day, or a moment. Errc::config with a sentence.
Result<std::string> read_since(const std::string& text) {
    if (text.empty()) {
        return text;
    }
    if (const Result<Duration> ago = parse_duration(text)) {
        return to_rfc3339(SystemClock().now() - *ago);
    }
    const bool is_day = !text.contains('T');
    if (const Result<Time> time = parse_rfc3339(is_day ? text + "T00:00:00Z" : text)) {
        return to_rfc3339(*time);
    }
    return fail(
        Errc::config, "--since: write how long ago, such as 12h or 7d, or a time, such as 2026-11-21"
    );
}

/// Errc::config with a sentence when no event is called so.
Result<> check_event(const std::string& event) {
    const std::vector<std::string_view> known = audit::event_names();
    if (event.empty() || std::ranges::find(known, event) != known.end()) {
        return {};
    }
    const std::string_view nearest = find_nearest(event, known);
    if (nearest.empty()) {
        return fail(Errc::config, fmt::format("--event: choose one of: {}", fmt::join(known, ", ")));
    }
    return fail(
        Errc::config, fmt::format("--event: no event is called {}; did you mean {}?", event, nearest)
    );
}

struct Events {
    Json::Array rows;
    std::string not_written;  ///< the code of what kept the newest out; empty when nothing did
};

/// The rows that match, page by page, the oldest first.
Result<Events> read_events(Shell& shell, const AuditListOptions& options, const std::string& since) {
    std::string not_written;
    std::vector<Json> newest_first;
    for (std::string before; newest_first.size() < options.limit;) {
        const std::string limit = std::to_string(options.limit - newest_first.size());
        const Shell::Arguments arguments{
            {"account", options.account},
            {"since", since},
            {"event", options.event},
            {"before", before},
            {"limit", limit},
        };
        Result<Json> page = shell.ask("audit.list", to_json(arguments));
        if (!page) {
            return propagate(page);
        }
        if (const auto code = page->find_text("not_written")) {
            not_written = *code;
        }
        const Json* events = page->find("events");
        if (events == nullptr || events->items().empty()) {
            break;
        }
        before = member_text(events->items().front(), "sequence");
        newest_first.insert(newest_first.end(), events->items().rbegin(), events->items().rend());
    }
    return Events{Json::Array(newest_first.rbegin(), newest_first.rend()), std::move(not_written)};
}

ExitStatus list(Shell& shell, const AuditListOptions& options) {
    const Result<std::string> since = read_since(options.since);
    if (!since) {
        return shell.fail_with(since.error());
    }
    if (const Result<> known = check_event(options.event); !known) {
        return shell.fail_with(known.error());
    }
    Result<Events> events = read_events(shell, options, *since);
    if (!events) {
        return shell.fail_with(events.error());
    }
    Json::Object result;
    result.push_back({"events", Json(std::move(events->rows))});
    if (!events->not_written.empty()) {
        shell.err(
        ) << "cardea: warning: what happened last is not in the list, since it could not be written ("
          << make_printable(events->not_written) << ")\n";
        result.push_back({"not_written", Json(events->not_written)});
    }
    shell.show(Json(std::move(result)), [](std::ostream& out, const Json& all) {
        print_table(out, all.find("events")->items(), event_columns);
    });
    return ExitStatus::done;
}

}  // namespace

void add_audit_list_command(const CommandGroup& audit) {
    const auto [listing, listed] =
        audit.add("list", "Show what happened: the newest rows that match, the newest last", list);
    listing->add_option("--account", listed->account, "Of one account: its id, e-mail address or user name")
        ->type_name("WHO");
    listing
        ->add_option(
            "--since", listed->since, "Not older than that: 12h, 7d, 2026-11-21 or a time of RFC 3339"
        )
        ->type_name("TIME");
    listing->add_option("--event", listed->event, "Of one kind: session.issued, password.changed ...")
        ->type_name("NAME");
    listing->add_option("--limit", listed->limit, "At most so many (default: 100)")
        ->type_name("NUMBER")
        ->check(CLI::Range(std::size_t{1}, std::size_t{100'000}));
}

}  // namespace cardea::server
