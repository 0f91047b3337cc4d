// Seeded synthetic records for the bench, as many and as large for the peer as for the gateway.
//   node corpus.mjs COUNT OUTDIR TEMPLATE
// Writes OUTDIR/peer.ndjson (the peer's own form), OUTDIR/gateway.ndjson (TEMPLATE, a record of the `us` profile, with
// other names, numbers and narratives, padded by its narrative to the size of the peer's record) and OUTDIR/names.txt.
// Every person, number and address is invented: 555-01xx numbers, example domains.
import fs from 'node:fs'

const [count, out, templateFile] = [Number(process.argv[2] || 1000), process.argv[3] || '.', process.argv[4]]

let state = 20250301
const random = () => { // mulberry32: small, seeded, the same everywhere
  state = (state + 0x6D2B79F5) | 0
  let t = Math.imul(state ^ (state >>> 15), 1 | state)
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296
}
const int = (from, to) => from + Math.floor(random() * (to - from + 1))
const pick = list => list[int(0, list.length - 1)]
const sample = (list, n) => [...list].sort(() => random() - 0.5).slice(0, n)
const pad = (n, width) => String(n).padStart(width, '0')
const hex = n => Array.from({ length: n }, () => int(0, 15).toString(16)).join('')

const GIVEN = 'María José Guadalupe Sofía Ximena Andrés Ramón Verónica Lucía Inés Martín Camille Élodie François Chloé Benoît Jérôme Anaïs Gaëlle Emily Jacob Madison Tyler Ashley Jordan Xavier Siobhán Renée'.split(' ')
const FAMILY = "García Hernández Martínez López González Núñez Muñoz Peña Ibáñez Castañeda Tremblay Gagné Côté Bélanger Lévesque Bouchard Desrosiers Lefèvre Smith O'Connor Jones Williams Anderson Kowalski Müller Okafor".split(' ')
const CITIES = ['Houston', 'San Antonio', 'El Paso', 'Phoenix', 'Fresno', 'Miami', 'Atlanta', 'Chicago', 'Yakima', 'Laredo']
const STATES = 'TX AZ NM FL NY GA IL WA NV NC'.split(' ')
const STREETS = ['Main St', 'Oak Ave', 'Industrial Blvd', 'Elm Street', 'Calle Benito Juárez', 'Rue Saint-Denis']
const person = () => ({ given: pick(GIVEN), middle: pick(GIVEN), family: pick(FAMILY) + (random() < 0.25 ? '-' + pick(FAMILY) : '') })
const full = p => `${p.given} ${p.family}`
const bare = s => s.normalize('NFKD').replace(/\p{M}/gu, '')
const spelled = s => pick([s, s, bare(s), bare(s).toUpperCase()])
const phone = () => pick([`(${int(201, 989)}) 555-01${pad(int(0, 99), 2)}`, `${int(201, 989)}-555-01${pad(int(0, 99), 2)}`, `+52 55 0000 ${pad(int(0, 9999), 4)}`])
const email = p => bare(`${p.given}.${p.family}`).toLowerCase().replace(/'/g, '') + int(1, 99) + '@example.' + pick(['com', 'org', 'net'])
const ssn = () => `${int(900, 999)}-${pad(int(1, 99), 2)}-${pad(int(1, 9999), 4)}`
const sin = () => `${pad(int(0, 99), 3)} ${pad(int(0, 999), 3)} ${pad(int(0, 999), 3)}`
const curp = p => (bare(p.family).toUpperCase().replace(/[^A-Z]/g, '') + 'XX').slice(0, 2) + bare(p.middle).toUpperCase()[0] + bare(p.given).toUpperCase()[0] +
  pad(int(60, 99), 2) + pad(int(1, 12), 2) + pad(int(1, 28), 2) + pick(['H', 'M']) + pick(['DF', 'JC', 'NL', 'OC']) + 'BCD0' + int(0, 9)
const address = () => ({ line1: `${int(10, 9999)} ${pick(STREETS)}`, line2: pick(['', 'Unit B']), city: pick(CITIES), state: pick(STATES), postalCode: pad(int(10000, 99999), 5), country: 'USA', lat: int(25, 48), lon: -int(68, 123) })
const date = (from = 1965, to = 2006) => `${int(from, to)}-${pad(int(1, 12), 2)}-${pad(int(1, 28), 2)}`
const time = () => `2025-${pad(int(1, 9), 2)}-${pad(int(1, 28), 2)}T${pad(int(0, 23), 2)}:${pad(int(0, 59), 2)}:00Z`

const SENTENCES = {
  en: ({ v, s, o }) => [
    `The person, ${v}, has been working at a farm near ${pick(CITIES)} for about ${int(2, 48)} months without being paid.`,
    `They said that the crew leader ${s} took the passport and that ${int(2, 48)}00 dollars were owed for the trip.`,
    `They can be reached at ${phone()} after 6 pm but asked that no voicemail be left.`,
    `They are housed at ${address().line1} with other workers, and somebody records the plates of every car.`,
    `The number ${ssn()} is used to file payroll in somebody else's name.`,
    `A cousin in Montréal, ${o}, knows the situation and has offered a place to stay.`,
    'There is no medical emergency; there are untreated injuries to the hands and headaches that do not go away.',
    'They do not want law enforcement involved at this time and asked what would happen if anybody found out.',
    'The advocate planned for safety around the shift schedule and offered to stay on the line.'],
  es: ({ v, s, o }) => [
    `La persona, ${v}, fue contratada en Oaxaca por ${s} con la promesa de un empleo en un restaurante de ${pick(CITIES)}.`,
    `Al llegar le retiraron los documentos y le dijeron que debía ${int(2, 48)} mil pesos.`,
    `Pide que se le contacte al teléfono ${phone()}, únicamente por las mañanas.`,
    `Menciona que su hermana ${o} permanece en la misma casa y tiene miedo.`,
    'No ha recibido atención médica; presenta dolor en la espalda e insomnio desde hace varios meses.',
    'Se le informó sobre sus derechos, los servicios de albergue y la asistencia consular.'],
  fr: ({ v, s, o }) => [
    `La personne, ${v}, travaille sans salaire depuis ${int(2, 48)} mois dans une maison privée près de ${pick(CITIES)}.`,
    `Son passeport a été retenu par ${s}, qui affirme que le voyage doit être remboursé; son NAS est le ${sin()}.`,
    `On peut la joindre au ${phone()}, de préférence en soirée.`,
    `D'après ${o}, une amie de la famille, la situation a changé après l'arrivée d'un deuxième employeur.`,
    "Il n'y a pas de problème médical urgent, mais des maux de tête, de la fatigue et de l'anxiété.",
    "L'intervenante a expliqué l'hébergement d'urgence et l'aide juridique offerte."]
}
function narrative (language, v, s, o, size) {
  let text = ''
  while (Buffer.byteLength(text) < size) {
    const named = { v: spelled(full(v)), s: spelled(full(s)), o: spelled(full(o)) }
    text += (text ? ' ' : '') + sample(SENTENCES[language](named), 4).join(' ')
  }
  return text
}

const codes = {
  priority: ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'], channel: ['PHONE', 'TEXT', 'CHAT', 'WEB', 'EMAIL'],
  relationship: ['SELF', 'FAMILY', 'FRIEND', 'COMMUNITY', 'MEDICAL'], sex: ['F', 'M', 'X', 'U'],
  type: ['LABOR', 'SEX', 'LABOR_AND_SEX', 'DOMESTIC_SERVITUDE', 'OTHER'],
  industry: ['AGRICULTURE', 'CONSTRUCTION', 'HOSPITALITY', 'DOMESTIC_WORK', 'RESTAURANT'],
  recruit: ['JOB_OFFER', 'SMUGGLING', 'ROMANCE', 'FAMILIAL', 'ONLINE'], risk: ['NONE', 'POTENTIAL', 'HIGH', 'IMMINENT'],
  indicator: ['DEBT_BONDAGE', 'DOCUMENT_CONFISCATION', 'RESTRICTED_MOVEMENT', 'WAGE_THEFT', 'THREATS', 'ISOLATION', 'MONITORING', 'EXCESSIVE_HOURS'],
  control: ['THREAT_OF_DEPORTATION', 'DEBT', 'VIOLENCE', 'CONFINEMENT', 'FALSE_PROMISES', 'ID_RETENTION'],
  service: ['SHELTER', 'LEGAL', 'MEDICAL', 'MENTAL_HEALTH', 'INTERPRETATION', 'TRANSPORT', 'CASE_MANAGEMENT'],
  status: ['REQUESTED', 'OFFERED', 'ACCEPTED', 'DECLINED']
}
function peerVictim (p) {
  const born = date()
  return {
    personId: 'P-' + hex(12), name: p, aliases: sample(GIVEN, int(0, 2)), dob: born, ageEstimate: 2025 - Number(born.slice(0, 4)), sex: pick(codes.sex), nationality: pick(['MEX', 'GTM', 'HND', 'CAN', 'USA']),
    languages: sample(['en', 'es', 'fr', 'nah', 'quc'], 2), identifiers: [pick([{ type: 'CURP', value: curp(p), issuer: 'MEX' }, { type: 'SIN', value: sin(), issuer: 'CAN' }, { type: 'SSN', value: ssn(), issuer: 'USA' }])],
    phones: [{ type: 'MOBILE', number: phone() }, { type: 'MESSAGE', number: phone() }], email: email(p), address: address(), immigrationStatus: pick(['UNKNOWN', 'NONE', 'H2A', 'H2B', 'LPR']), medicalNeeds: sample(['INJURY', 'CHRONIC', 'PRENATAL', 'DENTAL'], int(0, 2)), disability: random() < 0.1, minor: false
  }
}
function peerRecord (i, language, v, s, o, text) {
  return {
    schema: 'us-hotline-referral/1.4', referralId: `USH-2025-${pad(i, 6)}-${hex(8)}`, createdAt: time(), priority: pick(codes.priority),
    hotline: { code: 'US-NHL', name: 'National Referral Hotline (synthetic)', operatorId: 'OP-' + pad(int(1, 9999), 4), channel: pick(codes.channel), callDurationSec: int(60, 7200), callbackNumber: phone() },
    reporter: { relationship: pick(codes.relationship), anonymous: random() < 0.2, name: o, phone: phone(), email: email(o), preferredLanguage: language, safeToContact: random() < 0.8, bestTime: pick(['MORNING', 'AFTERNOON', 'EVENING']) },
    victims: [peerVictim(v), ...(random() < 0.35 ? [peerVictim(person())] : [])],
    subjects: [{ name: s, relationship: pick(['EMPLOYER', 'RECRUITER', 'PARTNER']), phone: phone(), vehicle: { plate: hex(7).toUpperCase(), state: pick(STATES), make: pick(['Ford', 'Toyota']), color: pick(['white', 'black']) }, social: ['https://social.example.com/' + hex(6)] }],
    situation: { traffickingType: pick(codes.type), industry: pick(codes.industry), indicators: sample(codes.indicator, int(2, 6)), recruitmentMethod: pick(codes.recruit), controlMethods: sample(codes.control, int(1, 3)), startDate: date(2021, 2024), endDate: random() < 0.6 ? null : date(2025, 2025), ongoing: random() < 0.6, location: address(), transitCountries: sample(['MEX', 'GTM'], int(0, 2)), originCountry: pick(['MEX', 'GTM', 'HND']), destinationCountry: 'USA', riskLevel: pick(codes.risk), numberOfVictims: int(1, 40) },
    consent: { given: true, givenAt: time(), method: pick(['VERBAL', 'WRITTEN', 'ELECTRONIC']), scopes: sample(['IDENTITY', 'CONTACT', 'LOCATION', 'NARRATIVE', 'MEDICAL', 'IMMIGRATION'], int(2, 5)), shareWith: ['MEX'], expiresAt: time(), withdrawn: false, guardianName: null },
    services: sample(codes.service, int(2, 4)).map(code => ({ code, status: pick(codes.status), urgency: int(1, 5), notes: pick(['', 'Prefers a Spanish speaker.', 'Requires ground-floor room.']) })),
    narrative: { language, text },
    attachments: Array.from({ length: int(0, 2) }, (_, k) => ({ id: 'A-' + k, mediaType: 'application/pdf', sha256: hex(64), size: int(1000, 900000) })),
    routing: { from: 'US', to: 'MX', agency: 'US-NHL', destinationAgency: 'MX-LN', caseworker: { name: full(person()), email: `cw${int(1, 99)}@example.org`, phone: phone() }, respondBy: time() }
  }
}

// --- the gateway's record: the template with other people and a narrative that brings it to the same size -----------
const template = templateFile ? fs.readFileSync(templateFile, 'utf8') : null
const { gatewayRecord } = template ? await import('./gateway_record.mjs') : {}

const names = new Set()
while (names.size < 200) names.add(full(person()))
const peer = []
const gateway = []
const known = new Set()
for (let i = 0; i < count; i++) {
  const language = pick(['en', 'en', 'en', 'en', 'en', 'es', 'es', 'es', 'es', 'fr', 'fr'])
  const [v, s, o] = [person(), person(), person()]
  if (i < 100) known.add(full(v))
  let line = JSON.stringify(peerRecord(i, language, v, s, o, narrative(language, v, s, o, int(1500, 3600))))
  if (Buffer.byteLength(line) < 4096) line = JSON.stringify(peerRecord(i, language, v, s, o, narrative(language, v, s, o, 3600)))
  peer.push(line)
  if (template) gateway.push(gatewayRecord(template, { language, v, s, o, phone, curp, date, narrative, pick, size: Buffer.byteLength(line) }))
}
fs.writeFileSync(`${out}/peer.ndjson`, peer.join('\n') + '\n')
if (template) fs.writeFileSync(`${out}/gateway.ndjson`, gateway.join('\n') + '\n')
fs.writeFileSync(`${out}/names.txt`, [...known, ...names].slice(0, 200).join('\n') + '\n')
const sizes = list => list.map(line => Buffer.byteLength(line)).sort((a, b) => a - b)
for (const [name, list] of [['peer', peer], ['gateway', gateway]]) {
  const by = sizes(list)
  if (by.length) console.error(`${name}: ${by.length} records, bytes min ${by[0]} median ${by[by.length >> 1]} max ${by[by.length - 1]}`)
}
