// The same questions put to Cedar, and our answers held against its own:
//   node cedar.mjs POLICY QUESTIONS SECONDS
// Prints {"p50_us", "per_second", "requests_per_second", "questions", "disagreements"}; a question is one record, all
// persons and categories, a request one category of one person.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const cedar = createRequire(import.meta.url)('@cedar-policy/cedar-wasm/nodejs')
const [policyFile, questionFile, seconds] = process.argv.slice(2)
const CATEGORIES = ['identity', 'contact', 'location', 'demographics', 'orientation_gender', 'immigration', 'health',
  'family', 'employment', 'exploitation', 'alleged_exploiter', 'narrative', 'safety', 'legal', 'needs', 'case_admin']
const entity = (type, id) => ({ __entity: { type, id } })

const parsed = cedar.preparsePolicySet('consent', { staticPolicies: readFileSync(policyFile, 'utf8') })
if (parsed.type !== 'success') throw new Error(JSON.stringify(parsed))

function contextOf (facts, consent) {
  const { giver } = consent
  const context = {
    now: Date.parse(facts.now),
    purpose: facts.purpose,
    recipient_role: facts.recipient_role,
    recipient_active: facts.recipient_active,
    relation: giver.relation,
    named: giver.named,
    exploiter: giver.exploiter,
    not_abuser: giver.not_abuser,
    capacity: giver.capacity,
    given_at: Date.parse(consent.given_at ?? '1970-01-01T00:00:00Z'),
    until: Date.parse(consent.until ?? '1970-01-01T00:00:00Z'),
    granted: consent.grants.filter(each => each.level !== 'withheld').map(each => entity('Category', each.category))
  }
  for (const name of ['for_recipient', 'for_purpose', 'alone', 'adult', 'state', 'withdrawn', 'complete', 'informed',
    'statement_known', 'form', 'relative_interpreted', 'witnessed', 'needs_fit_oral', 'language', 'policy_version_fits']) {
    context[name] = consent[name]
  }
  if (consent.of_age_at) context.of_age_at = Date.parse(consent.of_age_at)
  return context
}

const questions = readFileSync(questionFile, 'utf8').trim().split('\n').map(line => JSON.parse(line)).map(({ facts, answer }) => ({
  answer,
  persons: facts.persons.map(person => CATEGORIES.map(category => ({
    principal: { type: 'Hotline', id: facts.recipient },
    action: { type: 'Action', id: 'share' },
    resource: { type: 'Category', id: category },
    context: contextOf(facts, person.consents[0]),
    preparsedPolicySetId: 'consent',
    validateRequest: false,
    entities: []
  })))
}))

const released = requests => requests.filter(each => {
  const said = cedar.statefulIsAuthorized(each)
  if (said.type !== 'success') throw new Error(JSON.stringify(said))
  if (said.response.diagnostics.errors.length) throw new Error(JSON.stringify(said.response.diagnostics))
  return said.response.decision === 'allow'
}).map(each => each.resource.id)

let disagreements = 0
for (const { persons, answer } of questions) {
  const said = persons.map(released)
  if (JSON.stringify(said) !== JSON.stringify(answer)) {
    if (disagreements++ < 3) console.error('differs', JSON.stringify({ context: persons[0][0].context, said, answer }))
  }
}

const each = []
const begin = process.hrtime.bigint()
let elapsed = 0
let requests = 0
while (elapsed < Number(seconds)) {
  for (const { persons } of questions) {
    const start = process.hrtime.bigint()
    persons.forEach(released)
    requests += persons.length * CATEGORIES.length
    each.push(Number(process.hrtime.bigint() - start) / 1000)
    elapsed = Number(process.hrtime.bigint() - begin) / 1e9
    if (elapsed > Number(seconds)) break
  }
}
const count = each.length
each.sort((a, b) => a - b)
console.log(JSON.stringify({ p50_us: each[count >> 1], per_second: count / elapsed, requests_per_second: requests / elapsed, questions: questions.length, disagreements }))
process.exit(disagreements ? 1 : 0)
