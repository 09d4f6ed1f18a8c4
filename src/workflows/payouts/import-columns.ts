import { comparableText } from "../../gateways/shared/text"

/**
 * The columns of a file of transfers. `beneficiary_name` and `account_number` are compared with the beneficiary and
 * not imported; `line` and `reason` are what a file of refused lines has besides, and are left out. So are the numbers
 * that a sheet gives its rows, which are a `line` too.
 */
export const importColumns = [
  "beneficiary_id",
  "beneficiary_name",
  "account_number",
  "amount",
  "currency_code",
  "purpose",
  "idempotency_key",
  "external_id",
  "line",
  "reason",
] as const

export type ImportColumn = (typeof importColumns)[number]

export const requiredColumns: readonly ImportColumn[] = [
  "beneficiary_id",
  "amount",
  "currency_code",
  "purpose",
]

/** What a person writes into; the others come with a file of refused lines. */
export const offeredColumns: readonly ImportColumn[] = importColumns.filter(
  (name) => name !== "line" && name !== "reason"
)

/** The languages that a template's headings can be in. */
export const templateLanguages = ["en", "hr"] as const

export type TemplateLanguage = (typeof templateLanguages)[number]

/**
 * The headings that are taken for each column besides its own name, in whatever case, with or without blanks, signs and
 * accents: English, then Croatian. The first of each language is the template's.
 */
const headings: Readonly<
  Record<ImportColumn, Readonly<Record<TemplateLanguage, readonly string[]>>>
> = {
  beneficiary_id: {
    en: ["Beneficiary ID", "Payee ID", "Recipient ID", "Seller ID"],
    hr: ["ID primatelja", "Šifra primatelja", "Primatelj ID", "Oznaka primatelja"],
  },
  beneficiary_name: {
    en: [
      "Beneficiary name",
      "Beneficiary",
      "Payee",
      "Payee name",
      "Recipient",
      "Name",
      "Account name",
      "Account title",
      "Account holder",
    ],
    hr: [
      "Naziv primatelja",
      "Ime primatelja",
      "Primatelj",
      "Ime i prezime",
      "Naziv",
      "Ime",
      "Vlasnik računa",
    ],
  },
  account_number: {
    en: [
      "Account number",
      "Account no.",
      "Account",
      "IBAN",
      "Beneficiary account",
      "Beneficiary account number",
      "Bank account number",
      "Bank account no.",
      "Wallet number",
      // That of a wallet. One that is for calling alone does not agree with the beneficiary's account, and is told.
      "Mobile number",
    ],
    hr: ["Broj računa", "Račun", "Račun primatelja", "IBAN primatelja", "Broj računa primatelja"],
  },
  amount: {
    en: ["Amount", "Sum", "Payment amount", "Amount to pay", "Net pay"],
    hr: ["Iznos", "Iznos za isplatu", "Suma", "Iznos isplate", "Neto iznos"],
  },
  currency_code: {
    en: ["Currency code", "Currency", "CCY"],
    hr: ["Valuta", "Šifra valute", "Oznaka valute"],
  },
  purpose: {
    en: [
      "Purpose",
      "Payment purpose",
      "Description",
      "Details",
      "Memo",
      "Remarks",
      "Narration",
      "Particulars",
    ],
    hr: ["Svrha", "Svrha plaćanja", "Opis", "Opis plaćanja", "Namjena"],
  },
  idempotency_key: {
    en: ["Idempotency key", "Unique key", "Payment key"],
    hr: ["Jedinstveni ključ", "Ključ", "Ključ isplate"],
  },
  external_id: {
    en: ["External ID", "Own ID", "Our reference"],
    hr: ["Vanjski ID", "Vlastiti ID", "Naša oznaka"],
  },
  line: {
    en: [
      "Line",
      "Line number",
      "No.",
      "#",
      "S/N",
      "S. No.",
      "Sr. No.",
      "Sl. No.",
      "Serial number",
      "Row",
    ],
    hr: ["Redak", "Broj retka", "R. br.", "Red. br.", "Redni broj"],
  },
  reason: { en: ["Reason", "Why refused"], hr: ["Razlog", "Razlog odbijanja"] },
}

/** Longer than any heading, in characters: a whole sheet in one cell is not looked at. */
const longestHeading = 200

const byHeading: ReadonlyMap<string, ImportColumn> = new Map(
  importColumns.flatMap((column) =>
    [column, ...headings[column].en, ...headings[column].hr].map(
      (heading): [string, ImportColumn] => [plainHeading(heading), column]
    )
  )
)

/** The column that a heading names; undefined for one that is not known. */
export function columnOf(heading: string): ImportColumn | undefined {
  return byHeading.get(plainHeading(heading))
}

export function templateHeadings(language: TemplateLanguage): string[] {
  return offeredColumns.map((column) => headings[column][language][0] ?? column)
}

/** Letters and digits alone, small, without accents; the sign itself of a heading that is none but signs. */
function plainHeading(heading: string): string {
  const comparable = comparableText(heading.slice(0, longestHeading))
  const letters = comparable
    .normalize("NFD")
    .replace(/đ/g, "d")
    .replace(/[^\p{L}\p{N}]/gu, "")
  return letters === "" ? comparable : letters
}
