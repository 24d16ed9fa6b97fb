// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cardea/base/result.h"

#include <string>
#include <string_view>
#include <utility>

namespace cardea::account {

/// One e-mail address of one person. Strict: a dot-atom before the one `@` (RFC 5322, with the UTF-8 letters
/// of RFC 6531), a domain of host names behind it; no quoted local parts, comments, address literals, display
/// names, control characters or spaces. Two addresses with the same key are the same mailbox to us.
class EmailAddress {
 public:
    static constexpr std::size_t max_size = 254;  // RFC 5321 section 4.5.3.1.3, less the brackets

    /// Errc::invalid, or Errc::too_large.
    [[nodiscard]] static Result<EmailAddress> parse(std::string_view text);

    /// As the person wrote it: what is shown and mailed to.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    /// What is unique: the local part in NFC, case folded; the domain in its IDNA2008 A-label form.
    [[nodiscard]] const std::string& key() const noexcept { return key_; }
    /// The domain as in the key.
    [[nodiscard]] std::string_view domain() const noexcept {
        return std::string_view(key_).substr(key_.rfind('@') + 1);
    }
    /// Whether who has this address has `other` as well: the local parts differ in the case of ASCII letters
    /// at most. Keys fold more than mail servers do (U+212A is a "k" in them), which keeps people apart who
    /// look alike, and so is no proof.
    [[nodiscard]] bool is_proof_of(const EmailAddress& other) const;

 private:
    EmailAddress(std::string text, std::string key) : text_(std::move(text)), key_(std::move(key)) {}

    std::string text_;
    std::string key_;
};

}  // namespace cardea::account
