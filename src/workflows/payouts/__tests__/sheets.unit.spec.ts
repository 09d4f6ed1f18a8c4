import { existsSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { FakePayoutProvider } from "../../../modules/payout/__tests__/fake-provider"
import { type Beneficiary, changedByMaker } from "../../../modules/payout/domain/beneficiary"
import { statedMismatches } from "../../../modules/payout/domain/stated-payee"
import { readTransferRequest } from "../../../modules/payout/domain/transfer"
import { validateTransfer } from "../../../modules/payout/domain/validate-transfer"
import { decimal } from "../../../gateways/shared/money"
import { readImportFile } from "../read-import-file"
import { cambodia, croatia, pakistan, philippines } from "./sheets"

type Payees = Readonly<Record<string, { name: string; account_number?: string }>>

const currencies = { eur: 2, pkr: 2, php: 2, khr: 0, usd: 2 }

/** What becomes of a file: each good line's amount and purpose, and what is said of the others, by their lines. */
function outcomeOf(content: Uint8Array | string, payees: Payees) {
  const { lines, problems } = readImportFile(content)
  const good: Record<number, string> = {}
  const refused: Record<number, string[]> = {}
  const refuse = (line: number, message: string) => {
    refused[line] = [...(refused[line] ?? []), message]
  }
  problems.forEach(({ line, message }) => refuse(line, message))
  for (const { line, transfer, stated = {} } of lines) {
    const id = transfer.beneficiary_id
    const payee = payees[id] ?? { name: "nobody" }
    const known = { id, name: payee.name, account_number: payee.account_number }
    const decision = validateTransfer(
      readTransferRequest(transfer),
      {
        beneficiary: anActive(id, payee.name),
        capabilities,
        duplicate: undefined,
        isFirstPayment: false,
        today,
      },
      { approval: "second_person", limits: {} }
    )
    const mismatches = statedMismatches(stated, known)
    mismatches.forEach((message) => refuse(line, message))
    if (decision.type === "refused") {
      refuse(line, decision.reason)
    } else if (mismatches.length === 0) {
      good[line] = `${decision.amount} ${transfer.currency_code} ${transfer.purpose}`
    }
  }
  return { good, refused }
}

const today = { all: decimal(0), payee: decimal(0), maker: decimal(0) }
const capabilities = { ...new FakePayoutProvider().capabilities, currencies }
const at = new Date("2030-01-01T00:00:00Z")

function anActive(id: string, name: string): Beneficiary {
  return {
    id,
    provider_id: "po_acme_main",
    status: "active",
    version: 1,
    version_id: "pover_1",
    name,
    kind: "person",
    email: null,
    phone: null,
    shop_name: null,
    account_hint: null,
    identity_hints: {},
    reason: null,
    created_by: "user_carol",
    edited_by: "user_carol",
    changed_by: changedByMaker("user_carol"),
    account_changed_at: null,
    idempotency_key: null,
    request_signature: null,
    external_id: null,
    metadata: null,
    created_at: at,
    updated_at: at,
  }
}

const spoiled = expect.stringMatching(
  /^account_number: "••••.*" was spoiled by a spreadsheet: .*Format the column as text, and type it anew$/
)

describe("a sheet from Croatia", () => {
  const payees = {
    poben_1: { name: "Žarko Đurđević", account_number: "HR1210010051863000160" },
    poben_2: { name: "Ana Šimić" },
    poben_3: { name: 'Obrt ""Škrinja""' },
    poben_4: { name: "Luka Ćosić" },
  }

  it.each([
    ["UTF-8", Buffer.from(croatia)],
    ["UTF-16, as Excel's Unicode text", Buffer.from(croatia, "utf16le")],
    ["UTF-16 of the other order", Buffer.from(croatia, "utf16le").swap16()],
    ["UTF-16 without a byte order mark", Buffer.from(croatia.slice(1), "utf16le")],
  ])("in %s has decimal commas, and says where a semicolon broke a line", (_encoding, bytes) => {
    expect(outcomeOf(bytes, payees)).toEqual({
      good: {
        2: "12345.60 eur Provizija – srpanj",
        4: '0.05 eur Bonus "Rijeka"; ljeto',
      },
      refused: {
        3: ["has 8 cells where the heading has 7. A text with a semicolon in it stands in quotes"],
        5: [expect.stringContaining('amount: "2.500" can be read in two ways')],
      },
    })
  })
})

describe("a sheet from Pakistan", () => {
  it("has its zeros, and says which accounts a spreadsheet or a keyboard spoiled", () => {
    const urdu = { name: "محمد\u200cعلی" }
    const payees = {
      poben_1: { name: "Hamza Khan", account_number: "03121112223" },
      poben_3: { name: "Omar Baig", account_number: "03121112225" },
      poben_7: { ...urdu, account_number: "0312-1112229" },
    }
    expect(outcomeOf(Buffer.from(pakistan), payees)).toEqual({
      good: { 8: "640.25 pkr تنخواہ\u200cجولائی" },
      refused: {
        2: [expect.stringMatching(/"90.000" has too many decimal places.*90000 if that is meant/)],
        3: [spoiled],
        4: [expect.stringMatching(/^amount: "85,750" must be plain digits.*It has a comma/)],
        5: [spoiled],
        6: [expect.stringContaining("holds the Arabic digit ٠ (U+0660)")],
        7: [expect.stringContaining("holds an invisible variation selector (U+FE0D)")],
      },
    })
  })
})

describe("a sheet from the Philippines", () => {
  it("has its names in either form, and amounts without signs and commas", () => {
    const payees = {
      poben_1: { name: "Iban\u0303ez, Ma. Luz" },
      poben_2: { name: "Peñaflor Jr." },
      poben_3: { name: "D'Souza-Nuñez" },
      poben_4: { name: "Reyes" },
    }
    expect(outcomeOf(Buffer.from(philippines), payees)).toEqual({
      good: { 2: "400.75 php Komisyon, Hulyo", 3: "1250.00 php Komisyon Hulyo" },
      refused: {
        4: [expect.stringMatching(/^amount: "2,400.00" .*It has a comma/)],
        5: [expect.stringMatching(/^amount: "₱99.00" .*It has the currency sign ₱/)],
      },
    })
  })
})

describe("a sheet from Cambodia", () => {
  it("has its names whatever joins their words, whole riel, and zeros in front", () => {
    const payees = {
      poben_1: { name: "លី សុភ័ក្ត្រ", account_number: "000765432" },
      poben_4: { name: "CHEA MONY", account_number: "000765435" },
    }
    expect(outcomeOf(Buffer.from(cambodia), payees)).toEqual({
      good: { 2: "52000 khr កម្រៃជើងសា" },
      refused: {
        3: [expect.stringMatching(/^amount: "៥២០០០" .*It has the Khmer digit ៥ \(U\+17E5\)/)],
        4: [spoiled],
        5: [expect.stringMatching(/"52000.00" has too many decimal places.* Write 52000$/)],
      },
    })
  })
})

/** The sheets that came with the wish for this reader: beside the repository, and no part of it. */
const samples = process.env.PAYOUT_SAMPLES ?? join(process.cwd(), "..", "shared", "samples")
const withSamples = existsSync(samples)
  ? { run: describe, title: "the sheets beside the repository" }
  : {
      run: describe.skip,
      title: "the sheets beside the repository (skipped: no ../shared/samples, nor PAYOUT_SAMPLES)",
    }

withSamples.run(withSamples.title, () => {
  const sample = (name: string) => readFileSync(join(samples, name))

  it("come out of Croatia", () => {
    expect(outcomeOf(sample("hr-excel-semicolon.csv"), {})).toEqual({
      good: {
        2: "1500.00 eur Provizija za siječanj – Žarko Đurđević",
        4: '0.99 eur Bonus "Šibenik"',
      },
      refused: { 3: [expect.stringContaining("A text with a semicolon in it stands in quotes")] },
    })
  })

  it("come out of Croatia with 250,5 as 250.50, once its text stands in quotes", () => {
    const mended = String(sample("hr-excel-semicolon.csv")).replace(
      "Povrat troškova; dostava",
      '"Povrat troškova; dostava"'
    )
    expect(outcomeOf(mended, {})).toMatchObject({
      good: { 3: "250.50 eur Povrat troškova; dostava" },
      refused: {},
    })
  })

  it("come out of Pakistan", () => {
    const payees = { poben_PK1: { name: "Ayesha Example", account_number: "3001234567" } }
    expect(outcomeOf(sample("pk-wallets.csv"), payees)).toEqual({
      good: {},
      refused: {
        2: [expect.stringContaining('amount "50.000" has too many decimal places')],
        3: [expect.stringMatching(/^amount: "12,500" .*It has a comma/), spoiled],
        4: [spoiled],
        5: [spoiled],
      },
    })
  })

  it("come out of Pakistan with 7500 and 1500.00, once the accounts are typed anew", () => {
    const mended = String(sample("pk-wallets.csv"))
      .replace("3211234567.0", "03211234567")
      .replace('="03451234567"', "03451234567")
    const payees = {
      poben_PK3: { name: "Danish Example", account_number: "03211234567" },
      poben_PK4: { name: "Fatima Example", account_number: "0345-1234567" },
    }
    expect(outcomeOf(mended, payees).good).toEqual({
      4: "7500.00 pkr Refund of order 1042",
      5: "1500.00 pkr Refund of order 1043",
    })
  })

  it("come out of the Philippines", () => {
    const payees = {
      poben_PH2: { name: "Niño Español", account_number: "MC100200301" },
      poben_PH3: { name: "Dela Cruz Jr.", account_number: "MC100200302" },
    }
    expect(outcomeOf(sample("ph-names.csv"), payees)).toEqual({
      good: { 3: "950.50 php Komisyon Hunyo", 4: "1500.00 php Komisyon Hunyo" },
      refused: {
        2: [expect.stringMatching(/^amount: "1,500.00" .*It has a comma/)],
        5: [expect.stringMatching(/^amount: "₱250.00" .*It has the currency sign ₱/)],
      },
    })
  })

  it("come out of Cambodia", () => {
    const payees = {
      poben_KH2: { name: "ចាន់ សុភា", account_number: "000123457" },
    }
    expect(outcomeOf(sample("kh-names.csv"), payees)).toEqual({
      good: { 3: "10.00 usd ប្រាក់បន្ថែម" },
      refused: {
        2: [expect.stringMatching(/^amount: "40,000" .*It has a comma/)],
        4: [spoiled],
        5: [expect.stringContaining("It has the Khmer digit ៤ (U+17E4)")],
      },
    })
  })

  it("come out of Cambodia with its names and zeros, and without riel's decimals, once that is mended", () => {
    const mended = String(sample("kh-names.csv"))
      .replace('"40,000"', "40000")
      .replace("123457.0", "000123458")
    const payees = {
      poben_KH1: { name: "សុខ ដារ៉ា", account_number: "000123456" },
      poben_KH3: { name: "SOK DARA", account_number: "000123458" },
    }
    const { good, refused } = outcomeOf(mended, payees)
    expect(good[2]).toBe("40000 khr កម្រៃជើងសា")
    expect(refused[4]).toEqual([expect.stringMatching(/"40000.00" has too many decimal places/)])
  })
})
