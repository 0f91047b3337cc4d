// The code tables and words of us -> mx, both halves joined, for those who map by hand: what one team would have typed
// in once. Read from the same files that the gateway reads.
//   node tables.mjs ROOT > tables.json
import fs from 'node:fs'

const root = process.argv[2]
const read = file => JSON.parse(fs.readFileSync(`${root}/${file}`, 'utf8'))
const mapping = read('adapters/mx/mapping.json')
const sources = read('adapters/us/mapping.json')
const words = mapping.review.relation_words ?? {}
const [yes, no] = [mapping.review.true ?? true, mapping.review.false ?? false]
const after = (first, second) => first === 'not-mapped' || second === 'not-mapped' ? 'not-mapped'
  : first === 'equivalent' || first === second ? second : second === 'equivalent' ? first : 'related'

function codes (system) {
  const us = read(`adapters/us/codes/${system}.json`)
  const mx = read(`adapters/mx/codes/${system}.json`)
  const labels = Object.fromEntries(read(`i18n/codes/${system}.json`).codes.map(each => [each.code, each.labels.es]))
  const terms = Object.fromEntries(mx.national.map(each => [each.code, each.labels?.es ?? each.code]))
  const table = {}
  for (const national of us.national) {
    const inbound = us.inbound[national.code]
    if (!inbound.code) continue
    const outbound = mx.outbound[inbound.code]
    const relation = after(inbound.relation, outbound.relation)
    const written = ['equivalent', 'wider', 'narrower'].includes(outbound.relation)
    const entry = written ? { value: { clave: outbound.code, etiqueta: terms[outbound.code] } } : {}
    if (relation !== 'equivalent') {
      entry.review = { clave: inbound.code, etiqueta: labels[inbound.code], relacion: words[relation] ?? relation }
      if (outbound.relation === 'related') entry.review.sugerencia = outbound.code
      entry.review.requiere_persona = relation === 'wider' ? no : yes
      if (inbound.relation !== 'equivalent') {
        Object.assign(entry.review, { sistema_original: `us:${system}`, clave_original: national.code, etiqueta_original: national.labels?.[us.language] ?? national.code, idioma_original: us.language })
      }
    }
    entry.said = labels[inbound.code]
    table[national.code] = entry
  }
  return table
}

// As /translation/maps says it: the version that most code maps have, then those of the others.
function versions (profile) {
  const own = fs.readdirSync(`${root}/adapters/${profile}/codes`).sort().map(file => read(`adapters/${profile}/codes/${file}`))
  const uses = version => own.filter(each => each.version === version).length
  const most = own.map(each => each.version).sort().reduce((best, each) => uses(each) > uses(best) ? each : best)
  const others = own.filter(each => each.version !== most).map(each => `${profile}/codes/${each.system}@${each.version}`)
  return [`${profile}@${sources.version}`, `${profile}/codes@${most}`, ...others]
}

function wordsOf (from, to) {
  const mx = Object.fromEntries(read(`adapters/mx/tables/${to}.json`).entries.map(each => [each.canonical, each.national]))
  const table = from === null ? mx : {}
  if (from !== null) for (const each of read(`adapters/us/tables/${from}.json`).entries) table[each.national] = mx[each.canonical] ?? each.canonical
  return table
}

// An enum of the us mapping against the one of the mx mapping at the same canonical path.
function enums () {
  const found = {}
  const walk = (rules, side, all, path, parts) => {
    for (const rule of rules) {
      const at = path + (rule.canonical ?? '')
      if (rule.as === 'enum') (found[at] ??= {})[side] ??= rule.values
      for (const inner of [rule.fields, parts[rule.use], ...(rule.slots ?? []).map(slot => slot.fields)]) if (inner) walk(inner, side, all, at, parts)
    }
  }
  walk(sources.fields, 'us', found, '', sources.parts ?? {})
  walk(mapping.fields, 'mx', found, '', mapping.parts ?? {})
  const joined = {}
  for (const [path, { us, mx }] of Object.entries(found)) {
    if (us && mx) joined[path] = Object.fromEntries(Object.entries(us).filter(([value]) => mx[value]).map(([value, word]) => [word, mx[value]]))
  }
  return joined
}

const systems = ['age_band', 'contact_channel', 'control_method', 'exploitation_type', 'gender', 'immigration_programme', 'need_service', 'referral_status', 'referral_urgency', 'relation_to_person']
process.stdout.write(JSON.stringify({
  maps: versions('us'),
  codes: Object.fromEntries(systems.map(system => [system, codes(system)])),
  languages: wordsOf('languages', 'lenguas'),
  states: wordsOf('states', 'entidades'),
  countries: wordsOf(null, 'paises'),
  enums: enums(),
  crisis: [...Object.entries(read('adapters/us/codes/referral_urgency.json').inbound)].filter(([, to]) => ['immediate_danger', 'crisis_24h'].includes(to.code)).map(([word]) => word)
}))
