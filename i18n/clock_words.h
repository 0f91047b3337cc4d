// Times of day and their zones in the words of a text that people read.
#pragma once

#include <string>
#include <string_view>

#include "i18n/base/clock.h"
#include "i18n/base/ids.h"
#include "i18n/base/result.h"

namespace hotline {

// Minutes after midnight on the wall of that zone; value_not_allowed when the zone is none.
Result<int> minute_of_day_in(Instant at, std::string_view zone);

// As the language writes it on a page: "18:30", in French "18 h 30" and "9 h"; 1440 is the
// end of the day.
std::string format_time_of_day(int minute, const LanguageTag& language);

// The city whose clock it is, in that language ("Ciudad de México"); the last part of the zone's name when
// nobody has named it; "UTC" for that.
std::string city_of_zone(std::string_view zone, const LanguageTag& language);

}  // namespace hotline
