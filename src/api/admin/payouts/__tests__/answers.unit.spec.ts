import { Writable } from "node:stream"
import { prepareListQuery } from "@medusajs/framework/http"
import { parse } from "csv-parse/sync"
import { listTransfersConfig, providerAnswer, retrieveTransferConfig } from "../answers"
import { listBeneficiariesConfig, retrieveBeneficiaryConfig } from "../beneficiary-answers"
import { listImportsConfig } from "../import-answers"
import { writeCsv } from "../../csv"
import { parsePayoutOptions } from "../../../../modules/payout/options"
import { transfersCsv } from "../export-transfers"
import { rulesAnswer } from "../sending-answers"

describe("the rules as the admin API tells them", () => {
  it("are the limits and who approves, and never the approvers' e-mails or the keys", () => {
    const options = parsePayoutOptions({
      payouts: {
        approvers: ["cfo@shop.example", "ceo@shop.example"],
        accountCoolingOffHours: 24,
        limits: { php: { perDay: "200000.00", perMakerPerDay: "50000.00" } },
        twoApproversAbove: { pkr: "1000000" },
        timeZone: "Asia/Manila",
        encryption: { keyId: "1", keys: { "1": Buffer.alloc(32).toString("base64") } },
      },
    })
    const none = {
      per_transfer: null,
      per_day: null,
      per_beneficiary_per_day: null,
      per_maker_per_day: null,
      two_approvers_above: null,
    }
    expect(rulesAnswer(options)).toEqual({
      rules: {
        approval: "second_person",
        account_cooling_off_hours: 24,
        hold_first_payment: false,
        approval_expires_in_days: 30,
        limits: [
          {
            ...none,
            currency_code: "php",
            per_day: "200000.00",
            per_maker_per_day: "50000.00",
          },
          { ...none, currency_code: "pkr", two_approvers_above: "1000000" },
        ],
        time_zone: "Asia/Manila",
      },
    })
  })
})

describe("a provider as the admin API tells it", () => {
  it("has what a form needs, and patterns as texts", () => {
    const answer = providerAnswer({
      id: "po_cashy_main",
      title: "Cashy",
      capabilities: {
        currencies: { php: 2 },
        idempotentReference: false,
        webhooks: "signed",
        contactFields: [{ name: "shop_name", title: "Shop", required: true }],
        accountFields: [
          { name: "account_number", title: "Account number", required: true, pattern: /^\d{10}$/ },
        ],
        identityFields: [{ name: "id_number", title: "Id", required: false, hint: "12 digits" }],
        tellsBalance: true,
        leaseMs: 30_000,
      },
      fileFormat: null,
    })
    expect(JSON.parse(JSON.stringify(answer))).toEqual({
      id: "po_cashy_main",
      title: "Cashy",
      capabilities: {
        currencies: [{ currency_code: "php", decimals: 2 }],
        contact_fields: [
          { name: "shop_name", title: "Shop", required: true, pattern: null, hint: null },
        ],
        account_fields: [
          {
            name: "account_number",
            title: "Account number",
            required: true,
            pattern: "^\\d{10}$",
            hint: null,
          },
        ],
        identity_fields: [
          { name: "id_number", title: "Id", required: false, pattern: null, hint: "12 digits" },
        ],
        tells_balance: true,
      },
      file_format: null,
    })
  })
})

const configs = {
  listBeneficiariesConfig,
  retrieveBeneficiaryConfig,
  listTransfersConfig,
  retrieveTransferConfig,
  listImportsConfig,
}

const hidden = /encrypted|signature|fingerprint|lease|key_id|\*|\./

describe.each(Object.entries(configs))("the fields of %s", (_, config) => {
  it.each([
    "encrypted_account",
    "+encrypted_account",
    "*",
    "*versions",
    "versions.*",
    "+versions.encrypted_account",
    "version.encrypted_account",
    "approval_signature,request_fingerprint",
    "+approval_signature",
    "payout_beneficiary_version.encrypted_account",
    "-id",
    "",
  ])("show nothing that is encrypted or signed, whoever asks for %j", async (fields) => {
    const { remoteQueryConfig } = await prepareListQuery({ fields }, config)
    expect(remoteQueryConfig.fields).toContain("id")
    expect(remoteQueryConfig.fields.filter((field) => hidden.test(field))).toEqual([])
  })

  it("can't be sorted by what is signed either", async () => {
    await expect(prepareListQuery({ order: "-approval_signature" }, config)).rejects.toThrow(
      "Order field"
    )
  })
})

const row = {
  id: "potr_1",
  reference: "P01",
  status: "succeeded",
  amount: 1500.1,
  raw_amount: { value: "1500.10", precision: 20 },
  currency_code: "php",
  gateway_fee: null,
  raw_gateway_fee: null,
  beneficiary_id: "poben_1",
  beneficiary: {
    id: "poben_1",
    version: 1,
    name: "Ana",
    kind: "person",
    account_hint: "•••• 4321",
  },
  purpose: "Commission",
  provider_id: "po_mocasa_main",
  gateway_id: null,
  reason: "It stands in the file B1",
  reason_code: "in_file",
  idempotency_key: "may-1",
  external_id: null,
  import_id: null,
  import_line: null,
  batch_id: null,
  file_id: null,
  send_at: null,
  retry_of_id: null,
  created_by: "user_1",
  created_at: new Date("2026-05-01T08:00:00Z"),
  approved_by: null,
  approved_at: null,
  submitted_at: null,
  updated_at: "2026-05-01T08:00:00.000Z",
  // What a row has besides is not written.
  checks: 3,
  approval_signature: "signature",
}

async function* pagesOf(...pages: Record<string, unknown>[][]) {
  yield* pages
}

async function written(pages: AsyncIterable<Record<string, unknown>[]>): Promise<string> {
  const chunks: Buffer[] = []
  const output = new Writable({
    write(chunk, _, done) {
      chunks.push(Buffer.from(chunk))
      done()
    },
  })
  await writeCsv(transfersCsv(pages), output)
  return Buffer.concat(chunks).toString("utf8")
}

const read = (csv: string): Record<string, string>[] => parse(csv, { columns: true, bom: true })

describe("the export of transfers", () => {
  it("writes amounts by their exact texts, times in UTC, and what is not there as nothing", async () => {
    const csv = await written(pagesOf([row]))
    expect(csv.startsWith("\uFEFFid,reference,status,amount,currency_code,")).toBe(true)
    expect(csv.endsWith("\r\n")).toBe(true)
    expect(read(csv)).toMatchObject([
      {
        amount: "1500.10",
        gateway_fee: "",
        beneficiary_name: "Ana",
        beneficiary_account: "•••• 4321",
        created_at: "2026-05-01T08:00:00.000Z",
        updated_at: "2026-05-01T08:00:00.000Z",
        approved_at: "",
        reason: "It stands in the file B1",
        reason_code: "in_file",
        import_line: "",
      },
    ])
    expect(csv).not.toContain("signature")
  })

  it("keeps amounts that no floating-point number can hold", async () => {
    const exact = { ...row, raw_amount: { value: "123456789012345.67", precision: 20 } }
    expect(read(await written(pagesOf([exact])))[0]?.amount).toBe("123456789012345.67")
  })

  it.each(["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])(
    "makes %j harmless to a spreadsheet",
    async (text) => {
      const [read_] = read(await written(pagesOf([{ ...row, purpose: text, reason: text }])))
      expect(read_).toMatchObject({ purpose: `'${text}`, reason: `'${text}` })
    }
  )

  it("keeps commas, quotes and line breaks in their cells", async () => {
    const text = 'a, "b"\r\nc\nd'
    expect(read(await written(pagesOf([{ ...row, reason: text }])))).toMatchObject([
      { reason: text },
    ])
  })

  it("writes a heading where there is nothing, and all pages in their order", async () => {
    expect((await written(pagesOf())).trim().split("\r\n")).toHaveLength(1)
    const pages = pagesOf([row, { ...row, id: "potr_2" }], [{ ...row, id: "potr_3" }])
    expect(read(await written(pages)).map(({ id }) => id)).toEqual(["potr_1", "potr_2", "potr_3"])
  })

  it("breaks off where a page can't be read", async () => {
    async function* broken() {
      yield [row]
      throw new Error("The database is gone")
    }
    await expect(written(broken())).rejects.toThrow("The database is gone")
  })
})
