// One record of the `us` profile for the bench, made from a case of adapters/us/cases: another person, other numbers,
// a consent of its own that grants some categories and withholds others (as the peer's records do), and a narrative
// that brings the record to the size asked for.
let serial = 0
const SHARED = ['Identity', 'Contact', 'Location', 'Health', 'Immigration', 'Narrative']

export function gatewayRecord (template, { language, v, s, o, phone, curp, date, narrative, size, pick }) {
  const record = JSON.parse(template)
  const { Case, Contact } = record
  serial++
  const [year, month, day] = date().split('-')
  Case.Id = `500X${serial}`
  Case.CaseNumber = String(10000000 + serial)
  delete Case.Case_History__r
  delete Contact.Handles__r
  delete Contact.Other_Emails__c
  Contact.Preferred_Name__c = v.given
  Contact.prs_FirstName = v.given
  Contact.prs_SecondName = v.family
  delete Contact.Second_Surname__c
  Contact.prs_Birthdate = `${month}/${day}/${year}`
  Contact.Identifiers__r = [{ Type__c: 'CURP (Mexico)', Country__c: 'MX', Number__c: curp(v) }]
  Contact.prs_HomePhone = phone()
  Contact.prs_Email = `person${serial}@correo.example`
  Contact.Family__c = { Relatives__r: [{ Name: `${o.given} ${o.family}`, Relation__c: 'sister' }] }
  Contact.Employment__c = { Employer__c: { Name: `${s.family} Farms` } }

  const consent = record.Consents__r[0]
  record.Consents__r = [consent]
  consent.Name = `bench-${serial}`
  const now = Date.now()
  const instant = ms => new Date(ms).toISOString().replace('Z', '+0000')
  consent.Given_At__c = instant(now - 3600e3)
  consent.Until__c = instant(now + 20 * 86400e3)
  const granted = new Set([...SHARED].sort(() => pick([-1, 1])).slice(0, pick([2, 3, 4, 5])))
  for (const entry of consent.Categories__r) {
    if (SHARED.includes(entry.Category__c) && !granted.has(entry.Category__c)) entry.Level__c = 'Withheld'
  }

  const note = record.Narratives__r[0]
  note.Voice__c = 'Staff'
  note.Language__c = { en: 'English (United States)', es: 'Spanish (Mexico)', fr: 'French (Canada)' }[language]
  note.Text__c = ''
  const room = Math.max(600, size - Buffer.byteLength(JSON.stringify(record)))
  note.Text__c = narrative(language, v, s, o, room).slice(0, room)
  return JSON.stringify(record)
}
