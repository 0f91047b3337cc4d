// The peer that ./run bench measures beside the gateway. Two processes: ROLE=sender validates, redacts, maps, seals,
// stores and posts over mutual TLS, and checks the signed receipt; ROLE=receiver opens, verifies, stores, appends to
// a Merkle log and signs a receipt. Both are durable (SQLite WAL, synchronous=FULL) before they answer.
// Environment: ROLE PORT PEER_PORT DATA (certificates, names.txt) DB KEYS SPEC
import fs from 'node:fs'
import https from 'node:https'
import crypto from 'node:crypto'
import Ajv from 'ajv'
import jsonata from 'jsonata'
import fastify from 'fastify'
import Database from 'better-sqlite3'
import * as jose from 'jose'

const { ROLE, PORT, PEER_PORT, DATA, DB, KEYS, SPEC } = process.env
const read = name => fs.readFileSync(name)
const ca = read(`${DATA}/ca.crt`)
const encoder = new TextEncoder()
const decoder = new TextDecoder()

// --- keys ---------------------------------------------------------------------------------------------------------
async function makeKeys () {
  const keys = {}
  for (const member of ['us', 'mx']) {
    const signing = await jose.generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
    const sealing = await jose.generateKeyPair('ECDH-ES', { crv: 'X25519', extractable: true })
    keys[member] = {
      sign: await jose.exportJWK(signing.privateKey), verify: await jose.exportJWK(signing.publicKey),
      open: await jose.exportJWK(sealing.privateKey), seal: await jose.exportJWK(sealing.publicKey)
    }
  }
  fs.writeFileSync(KEYS, JSON.stringify(keys))
}
if (!fs.existsSync(KEYS)) await makeKeys()
const keys = JSON.parse(read(KEYS))
for (const member of Object.values(keys)) {
  for (const use of ['sign', 'verify']) member[use] = await jose.importJWK(member[use], 'EdDSA')
  for (const use of ['open', 'seal']) member[use] = await jose.importJWK(member[use], 'ECDH-ES')
}
const sign = (payload, by) => new jose.CompactSign(encoder.encode(JSON.stringify(payload)))
  .setProtectedHeader({ alg: 'EdDSA', kid: by }).sign(keys[by].sign)
const verify = async (token, by) => JSON.parse(decoder.decode((await jose.compactVerify(token, keys[by].verify)).payload))
const seal = async (record, from, to) => new jose.CompactEncrypt(encoder.encode(await sign(record, from)))
  .setProtectedHeader({ alg: 'ECDH-ES', enc: 'A256GCM', kid: to, cty: 'JWT' }).encrypt(keys[to].seal)
const open = async (token, from, to) => verify((await jose.compactDecrypt(token, keys[to].open)).plaintext, from)

// --- redaction: the plain regular expressions, the stronger mode of the two that were measured -----------------------
const escape = text => text.replace(/[.*+?^${}()|[\]\\-]/g, '\\$&').replace(/ /g, '\\s+')
function fold (text) { // folded text with an index back into the original, so that the original can be cut
  let folded = ''
  const at = []
  for (let i = 0; i < text.length; i++) {
    const f = text.charCodeAt(i) < 128 ? text[i].toLowerCase() : text[i].normalize('NFKD').replace(/\p{Mn}/gu, '').toLowerCase()
    for (const c of f) { folded += c; at.push(i) }
  }
  at.push(text.length)
  return [folded, at]
}
const knownNames = read(`${DATA}/names.txt`).toString().split('\n').filter(Boolean).map(name => escape(fold(name)[0]))
const names = new RegExp('\\b(?:' + knownNames.join('|') + ')\\b', 'g')
const identifiers = /\b[0-9]{3}-[0-9]{2}-[0-9]{4}\b|\b[0-9]{3}[ -][0-9]{3}[ -][0-9]{3}\b|\b[A-Z]{4}[0-9]{6}[HM][A-Z]{5}[0-9A-Z][0-9]\b|(?:\+[0-9]{1,3}[ .-])?\(?[0-9]{2,3}\)?[ .-][0-9]{3,4}[ .-][0-9]{4}\b|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,6}\b|\b[0-9]{1,5} (?:[A-Za-z0-9.'-]+ ){0,4}(?:St|Street|Ave|Blvd|Road|Rd|Calle|Rue|Av\.)\b/g
function scan (text) {
  const cut = text.replace(identifiers, '[REDACTED]')
  const [folded, at] = fold(cut)
  let out = ''
  let from = 0
  for (const hit of folded.matchAll(names)) {
    out += cut.slice(from, at[hit.index]) + '[PERSON]'
    from = at[hit.index + hit[0].length]
  }
  return out + cut.slice(from)
}
function redact (record) {
  const granted = new Set(record.consent.scopes)
  if (!granted.has('IDENTITY')) for (const v of record.victims) { v.name = { given: 'REDACTED', middle: '', family: 'REDACTED' }; v.identifiers = []; v.dob = v.dob.slice(0, 4) + '-01-01' }
  if (!granted.has('CONTACT')) { for (const v of record.victims) { v.email = ''; v.phones = [] } record.reporter.phone = ''; record.reporter.email = '' }
  if (!granted.has('LOCATION')) { for (const v of record.victims) Object.assign(v.address, { line1: '', line2: '', postalCode: '' }); record.situation.location.line1 = '' }
  if (!granted.has('IMMIGRATION')) for (const v of record.victims) v.immigrationStatus = 'UNKNOWN'
  record.narrative.text = granted.has('NARRATIVE') ? scan(record.narrative.text) : ''
  return record
}

// --- store and log ------------------------------------------------------------------------------------------------
const db = new Database(DB)
db.pragma('journal_mode = WAL')
db.pragma('synchronous = FULL')
db.exec('create table if not exists message (id integer primary key, folio text, at text, state text, body blob); create table if not exists log (i integer primary key, leaf blob)')
const insertMessage = db.prepare('insert into message (folio, at, state, body) values (?, ?, ?, ?)')
const insertLeaf = db.prepare('insert into log (i, leaf) values (?, ?)')
const hash = (...parts) => { const h = crypto.createHash('sha256'); for (const p of parts) h.update(p); return h.digest() }
const LEAF = Buffer.from([0])
const NODE = Buffer.from([1])
const peaks = [] // RFC 6962 tree heads from the peaks of the complete subtrees
let size = 0
function append (body) {
  const leaf = hash(LEAF, body)
  let node = leaf
  for (let i = size++; i & 1; i >>= 1) node = hash(NODE, peaks.pop(), node)
  peaks.push(node)
  return [leaf, peaks.reduceRight((right, left) => right === null ? left : hash(NODE, left, right), null)]
}
const store = db.transaction((folio, state, body) => {
  const [leaf, root] = append(body)
  insertMessage.run(folio, new Date().toISOString(), state, body)
  insertLeaf.run(size - 1, leaf)
  return root
})

// --- exchange -----------------------------------------------------------------------------------------------------
const agent = new https.Agent({ ca, cert: read(`${DATA}/client.crt`), key: read(`${DATA}/client.key`), keepAlive: true, maxSockets: 64 })
const post = body => new Promise((resolve, reject) => {
  const request = https.request({ host: '127.0.0.1', port: PEER_PORT, path: '/inbox', method: 'POST', agent, headers: { 'content-type': 'application/jose', 'content-length': Buffer.byteLength(body) } }, reply => {
    let text = ''
    reply.on('data', data => { text += data })
    reply.on('end', () => reply.statusCode === 200 ? resolve(text) : reject(new Error(reply.statusCode + text)))
  })
  request.on('error', reject)
  request.end(body)
})
const refuse = (statusCode, message) => Object.assign(new Error(message), { statusCode })
const validate = new Ajv({ strict: false }).compile(JSON.parse(read(`${SPEC}/referral-us.schema.json`)))
const codes = JSON.parse(read(`${SPEC}/codes.json`))
const mapping = jsonata(read(`${SPEC}/mapping.jsonata`).toString())

const app = fastify({ bodyLimit: 1 << 20, keepAliveTimeout: 60000, https: { ca, cert: read(`${DATA}/server.crt`), key: read(`${DATA}/server.key`), requestCert: true, rejectUnauthorized: true, minVersion: 'TLSv1.3' } })
app.addContentTypeParser('application/jose', { parseAs: 'string' }, (request, body, done) => done(null, body))
app.post('/referrals', async request => {
  const record = request.body
  if (!validate(record)) throw refuse(422, 'invalid: ' + JSON.stringify(validate.errors?.[0]))
  if (!record.consent.given || record.consent.withdrawn) throw refuse(403, 'no consent')
  const out = await mapping.evaluate(redact(record), { codes })
  const token = await seal(out, 'us', 'mx')
  store(out.folio, 'QUEUED', Buffer.from(token))
  const receipt = await post(token)
  const said = await verify(receipt, 'mx')
  if (said.folio !== out.folio || said.sha256 !== hash(token).toString('hex')) throw new Error('bad receipt')
  insertMessage.run(out.folio, new Date().toISOString(), 'RECEIPTED', Buffer.from(receipt))
  return { receipt }
})
app.post('/inbox', async (request, reply) => {
  const record = await open(request.body, 'us', 'mx')
  const root = store(record.folio, 'RECEIVED', Buffer.from(JSON.stringify(record)))
  reply.type('application/jose')
  return sign({ folio: record.folio, sha256: hash(request.body).toString('hex'), leaf: size - 1, root: root.toString('hex'), at: new Date().toISOString() }, 'mx')
})
await app.listen({ port: Number(PORT), host: '127.0.0.1' })
console.log(`${ROLE} listens on ${PORT}`)
