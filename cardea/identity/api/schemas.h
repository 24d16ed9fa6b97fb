// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <string_view>

namespace cardea::identity {

/// A JSON Schema (2020-12) by its name.
struct NamedSchema {
    std::string_view name;
    std::string_view json;
};

/// What the API takes and answers with; how it refuses is web's schema "Problem".
inline constexpr std::array api_schemas{
    NamedSchema{
        "Registration", R"({
      "type": "object", "additionalProperties": false, "required": ["password"],
      "anyOf": [{"required": ["email"]}, {"required": ["username"]}],
      "properties": {
        "email": {"type": "string", "format": "email", "maxLength": 254},
        "username": {"type": "string", "maxLength": 64},
        "password": {"type": "string", "format": "password", "maxLength": 1024,
          "description": "As long as the policy asks: 12 characters where no other is set."},
        "name": {"type": "string", "maxLength": 100},
        "invitation": {"type": "string", "description": "The code, where registration is by invitation."}}})"
    },
    NamedSchema{"SignIn", R"({
      "type": "object", "additionalProperties": false, "required": ["password"],
      "oneOf": [{"required": ["email"]}, {"required": ["username"]}],
      "properties": {
        "email": {"type": "string"},
        "username": {"type": "string"},
        "password": {"type": "string", "format": "password"},
        "remember": {"type": "boolean", "default": false, "description": "Keep me signed in on this device."},
        "transport": {"type": "string", "enum": ["cookie", "bearer"], "default": "cookie"}}})"},
    NamedSchema{"PasswordChange", R"({
      "type": "object", "additionalProperties": false, "required": ["current_password", "new_password"],
      "properties": {
        "current_password": {"type": "string", "format": "password"},
        "new_password": {"type": "string", "format": "password", "maxLength": 1024,
          "description": "As long as the policy asks: 12 characters where no other is set."}}})"},
    NamedSchema{"User", R"({
      "type": "object", "required": ["id", "email", "username", "name"],
      "properties": {
        "id": {"type": "string", "pattern": "^[0-9a-hjkmnp-tv-z]{26}$"},
        "email": {"type": ["string", "null"]},
        "username": {"type": ["string", "null"]},
        "name": {"type": ["string", "null"]}}})"},
    NamedSchema{"Registered", R"({
      "type": "object", "required": ["user"],
      "properties": {"user": {"$ref": "#/components/schemas/User"}}})"},
    NamedSchema{
        "SessionTimes", R"({
      "type": "object", "required": ["id", "transport", "created_at", "last_seen_at", "expires_at"],
      "properties": {
        "id": {"type": "string"},
        "transport": {"type": "string", "enum": ["cookie", "bearer"]},
        "created_at": {"type": "string", "format": "date-time"},
        "last_seen_at": {"type": "string", "format": "date-time", "description": "To the minute."},
        "expires_at": {"type": "string", "format": "date-time", "description": "If it is not used until then."}}})"
    },
    NamedSchema{
        "Session", R"({
      "type": "object", "required": ["user", "session", "csrf_token"],
      "properties": {
        "user": {"$ref": "#/components/schemas/User"},
        "session": {"$ref": "#/components/schemas/SessionTimes"},
        "csrf_token": {"type": "string", "description": "For X-CSRF-Token on unsafe requests with the cookie. Good while the session is."}}})"
    },
    NamedSchema{"ApiKey", R"({
      "type": "object",
      "required": ["id", "name", "hint", "scopes", "created_at", "expires_at", "last_used_at", "replaced_by"],
      "properties": {
        "id": {"type": "string"},
        "name": {"type": "string"},
        "hint": {"type": "string", "description": "How the key begins and ends."},
        "scopes": {"type": "array", "items": {"type": "string"}},
        "created_at": {"type": "string", "format": "date-time"},
        "expires_at": {"type": ["string", "null"], "format": "date-time"},
        "last_used_at": {"type": ["string", "null"], "format": "date-time", "description": "To the minute."},
        "replaced_by": {"type": ["string", "null"], "description": "The key that a rotation made."}}})"},
    NamedSchema{"ApiKeys", R"({
      "type": "object", "required": ["api_keys"],
      "properties": {"api_keys": {"type": "array", "items": {"$ref": "#/components/schemas/ApiKey"}}}})"},
    NamedSchema{"Identity", R"({
      "type": "object", "required": ["id", "provider", "issuer", "label", "linked_at", "last_used_at"],
      "properties": {
        "id": {"type": "string"},
        "provider": {"type": ["string", "null"], "description": "Its id in the configuration, if it is there."},
        "issuer": {"type": "string"},
        "label": {"type": "string", "description": "An address or a name, as it was when it was linked."},
        "linked_at": {"type": "string", "format": "date-time"},
        "last_used_at": {"type": "string", "format": "date-time"}}})"},
    NamedSchema{"Identities", R"({
      "type": "object", "required": ["identities"],
      "properties": {
        "identities": {"type": "array", "items": {"$ref": "#/components/schemas/Identity"}}}})"},
    NamedSchema{"NewApiKey", R"({
      "type": "object", "additionalProperties": false, "required": ["name"],
      "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 100},
        "scopes": {"type": "array", "maxItems": 32, "default": [],
          "items": {"type": "string", "maxLength": 64, "pattern": "^[!#-\\[\\]-~]+$"}},
        "lifetime": {"type": "string", "default": "90d", "pattern": "^([1-9][0-9]*[smhd]|never)$"}}})"},
    NamedSchema{"ApiKeyRotation", R"({
      "type": "object", "additionalProperties": false,
      "properties": {
        "overlap": {"type": "string", "default": "24h", "pattern": "^([1-9][0-9]*[smhd]|none)$",
          "description": "How long the old key goes on, at most 30d."}}})"},
    NamedSchema{"IssuedApiKey", R"({
      "type": "object", "required": ["key", "api_key"],
      "properties": {
        "key": {"type": "string", "pattern": "^[a-z][a-z0-9_]{1,23}_[0-9A-Za-z]{49}$"},
        "api_key": {"$ref": "#/components/schemas/ApiKey"}}})"},
    NamedSchema{"KeyOwner", R"({
      "type": "object", "required": ["user", "api_key"],
      "properties": {
        "user": {"$ref": "#/components/schemas/User"},
        "api_key": {"type": "object", "required": ["id", "name", "scopes", "expires_at"], "properties": {
          "id": {"type": "string"},
          "name": {"type": "string"},
          "scopes": {"type": "array", "items": {"type": "string"}},
          "expires_at": {"type": ["string", "null"], "format": "date-time"}}}}})"},
    NamedSchema{"Caller", R"({
      "oneOf": [{"$ref": "#/components/schemas/Session"}, {"$ref": "#/components/schemas/KeyOwner"}]})"},
    NamedSchema{"BearerToken", R"({
      "type": "object", "required": ["token", "expires_at"],
      "properties": {
        "token": {"type": "string"},
        "expires_at": {"type": "string", "format": "date-time"}}})"},
    NamedSchema{"SignedIn", R"({
      "oneOf": [{"$ref": "#/components/schemas/Session"}, {"$ref": "#/components/schemas/BearerToken"}]})"},
    NamedSchema{"Sessions", R"({
      "type": "object", "required": ["sessions"],
      "properties": {"sessions": {"type": "array", "items": {
        "allOf": [{"$ref": "#/components/schemas/SessionTimes"}],
        "required": ["device", "address", "current"],
        "properties": {
          "device": {"type": "string"},
          "address": {"type": "string"},
          "current": {"type": "boolean"}}}}}})"},
};

}  // namespace cardea::identity
