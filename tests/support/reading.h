// How hard a text is to read, and how long it takes to read it out. Three published formulas, one a language:
//   en  Flesch-Kincaid grade level: 0.39 words/sentence + 11.8 syllables/word - 15.59.
//       J. P. Kincaid, R. P. Fishburne, R. L. Rogers, B. S. Chissom: Derivation of New Readability Formulas
//       for Navy Enlisted Personnel, Research Branch Report 8-75, 1975.
//   es  Fernández-Huerta reading ease: 206.84 - 60 syllables/word - 1.02 words/sentence.
//       J. Fernández Huerta: Medidas sencillas de lecturabilidad, Consigna 214, 1959; the second term as
//       G. Law put it right (Error in the Fernández Huerta readability formula, 2011).
//   fr  Kandel-Moles reading ease: 207 - 1.015 words/sentence - 73.6 syllables/word.
//       L. Kandel, A. Moles: Application de l'indice de Flesch à la langue française, Cahiers d'études de
//       radio-télévision 19, 1958.
// The grade is low and the ease is high for what is easy. A line is one sentence at most, because whoever
// reads out pauses at its end.
#pragma once

#include <string>
#include <string_view>

namespace hotline::test {

struct Counts {
  int sentences = 0;
  int words = 0;
  int syllables = 0;
};
// `language` is en, es or fr. Syllables are counted by the spelling: near enough for a mean over a page.
Counts count(std::string_view text, std::string_view language);
int syllables_of(std::string_view word, std::string_view language);

double flesch_kincaid_grade(const Counts& counts);
double fernandez_huerta_ease(const Counts& counts);
double kandel_moles_ease(const Counts& counts);

// Plain enough to be heard once: grade 6 at most, or an ease of 70 at least. `figure` gets what was measured.
bool is_plain_to_hear(std::string_view text, std::string_view language, double* figure = nullptr);
// At 130 words a minute, slow enough to follow.
double seconds_to_read_out(std::string_view text, std::string_view language);

}  // namespace hotline::test
