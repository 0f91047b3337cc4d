// us -> mx in JSONata on node: text to text, one core. Prints records a second, or writes what comes out.
//   node jsonata.mjs RECORDS TABLES MAPPING (SECONDS | --out FILE)     npm packages in $NPM_DIR
import fs from 'node:fs'
import { createRequire } from 'node:module'

const require = createRequire(`${process.env.NPM_DIR}/`)
const jsonata = require('jsonata')
const [records, tables, mapping, ...how] = process.argv.slice(2)
const lines = fs.readFileSync(records, 'utf8').trim().split('\n')
const expression = jsonata(fs.readFileSync(mapping, 'utf8'))
const t = JSON.parse(fs.readFileSync(tables, 'utf8'))
const convert = async line => JSON.stringify(await expression.evaluate(JSON.parse(line), { t }))

if (how[0] === '--out') {
  const made = []
  for (const line of lines) made.push(await convert(line))
  fs.writeFileSync(how[1], made.join('\n') + '\n')
} else {
  for (let i = 0; i < 50; i++) await convert(lines[i % lines.length]) // compiled by then
  const start = process.hrtime.bigint()
  const end = start + BigInt(Number(how[0]) * 1e9)
  let done = 0
  while (process.hrtime.bigint() < end) await convert(lines[done++ % lines.length])
  console.log(JSON.stringify({ jsonata_per_second: Math.round(done / (Number(process.hrtime.bigint() - start) / 1e9)) }))
}
