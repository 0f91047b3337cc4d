// RFC 9457: the one place where an Error becomes what a client reads.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "gateway/http/message.h"
#include "i18n/base/result.h"
#include "i18n/catalog.h"

namespace hotline {

int http_status(ErrorCode code);

// `tag:hotline-gateway.example,2026:problem:<code>` (RFC 4151): the same on every node, for ever.
std::string problem_type(ErrorCode code);

// What people call the field at a pointer, in their language; "" when it has no name. An empty function: none
// has.
using FieldTitle = std::function<std::string(std::string_view pointer, const LanguageTag& language)>;

// {type, title, status, detail, errors: [{pointer: "#/...", field: "Date of birth", code, detail}]}; never a
// value from a record.
std::string problem_json(const Error& error, const Catalog& catalog, const LanguageTag& language,
                         const FieldTitle& title_of = {});

// The same as a reply, in the language that `accept_language` asks for; internal faults say nothing of
// themselves.
Reply problem_reply(const Error& error, const Catalog& catalog, std::string_view accept_language,
                    const FieldTitle& title_of = {});

}  // namespace hotline
