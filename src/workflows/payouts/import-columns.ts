import { comparableText } from "../../gateways/shared/text"

/**
 * The columns of a file of transfers. `beneficiary_name` and `account_number` are compared with the beneficiary and
 * not imported; `line` and `reason` are what a file of refused lines has besides, and are left out.
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
export const offeredColumns = importColumns.filter((name) => name !== "line" && name !== "reason")

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
    ],
    hr: ["Naziv primatelja", "Ime primatelja", "Primatelj", "Ime i prezime", "Naziv", "Ime"],
  },
  account_number: {
    en: [
      "Account number",
      "Account no.",
      "Account",
      "IBAN",
      "Beneficiary account",
      "Wallet number",
    ],
    hr: ["Broj računa", "Račun", "Račun primatelja", "IBAN primatelja", "Broj računa primatelja"],
  },
  amount: {
    en: ["Amount", "Sum", "Payment amount", "Amount to pay"],
    hr: ["Iznos", "Iznos za isplatu", "Suma", "Iznos isplate"],
  },
  currency_code: {
    en: ["Currency code", "Currency", "CCY"],
    hr: ["Valuta", "Šifra valute", "Oznaka valute"],
  },
  purpose: {
    en: ["Purpose", "Payment purpose", "Description", "Details", "Memo", "Remarks"],
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
  line: { en: ["Line", "Line number"], hr: ["Redak", "Broj retka"] },
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

/** Letters and digits alone, small, without accents. */
function plainHeading(heading: string): string {
  return comparableText(heading.slice(0, longestHeading))
    .normalize("NFD")
    .replace(/đ/g, "d")
    .replace(/[^\p{L}\p{N}]/gu, "")
}
