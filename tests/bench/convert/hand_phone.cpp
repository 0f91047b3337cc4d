#include "tests/bench/convert/hand_phone.h"

#include <phonenumbers/phonenumberutil.h>

namespace hotline::bench {

std::string mexican_form(std::string_view dialled_in_us) {
  using i18n::phonenumbers::PhoneNumberUtil;
  static const PhoneNumberUtil& numbers = *PhoneNumberUtil::GetInstance();
  i18n::phonenumbers::PhoneNumber number;
  std::string text(dialled_in_us);
  if (numbers.Parse(text, "US", &number) != PhoneNumberUtil::NO_PARSING_ERROR) return text;
  const bool at_home = number.country_code() == 52;
  numbers.Format(number, at_home ? PhoneNumberUtil::NATIONAL : PhoneNumberUtil::INTERNATIONAL, &text);
  return text;
}

}  // namespace hotline::bench
