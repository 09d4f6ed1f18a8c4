import { createHash } from "node:crypto"
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import { ManualClock } from "../../../modules/payment-journal/__tests__/fixtures"
import {
  createPayoutDatabase,
  emptyTables,
  everythingKept,
  type PayoutDatabase,
} from "../../../modules/payout/__tests__/payout-database"
import {
  alice,
  bob,
  carol,
  key,
  keyOf,
  newBeneficiary,
  newTransfer,
  otherKey,
  payoutsServed,
} from "../../../modules/payout/__tests__/payouts-under-test"
import type { Actor } from "../../../modules/payout/actor"
import type { Transfer } from "../../../modules/payout/domain/transfer"
import type { PayoutModuleService } from "../../../modules/payout/service"
import { transferOf } from "../../../modules/payout/store/transfers"
import type { GatewayEvent } from "../../../shared/events"
import { BankFilePayoutProvider } from "../provider"
import { debtor, ibans } from "./a-file"
import { aStatement, type Booking } from "./a-statement"

jest.setTimeout(60_000)

const providerId = "po_acme_main"
const minute = 60_000

/** One more for each beneficiary: what goes to one account looks alike. */
const payees = [
  { name: "Đurđica Žganjer", iban: ibans.croatian, amount: "1500.00" },
  { name: "Šimun Ćosić", iban: ibans.german, amount: "0.01" },
  { name: "Ana Horvat", iban: "FR1420041010050500013M02606", amount: "20.50" },
]

let database: PayoutDatabase
let connection: Knex
let second: Knex
let clock: ManualClock
let payouts: PayoutModuleService
let logged: string[]
let events: GatewayEvent[]

function serve(on: Knex, options: Record<string, unknown> = {}): PayoutModuleService {
  const provider = new BankFilePayoutProvider({}, { debtor })
  return payoutsServed({ connection: on, provider, now: clock.now, options, logged, events })
}

beforeAll(async () => {
  database = await createPayoutDatabase()
  connection = database.connect(5)
  second = database.connect(5)
})

afterAll(async () => {
  await database?.drop()
})

beforeEach(async () => {
  await emptyTables(connection)
  clock = new ManualClock()
  logged = []
  events = []
  payouts = serve(connection)
})

/** Carol makes the beneficiaries, Alice the transfers and their batch, Bob approves. */
async function aBatch(count = payees.length, approve = true) {
  const transfers: Transfer[] = []
  for (const { name, iban, amount } of payees.slice(0, count)) {
    const beneficiary = await payouts.addBeneficiary(
      newBeneficiary({ name, account: { iban } }),
      carol
    )
    const wanted = newTransfer(beneficiary, { amount, currency_code: "eur" })
    transfers.push((await payouts.makeTransfer(wanted, alice)).transfer)
  }
  const batch = await payouts.makeBatch({ transfer_ids: transfers.map(({ id }) => id) }, alice)
  if (approve) {
    for (const { id } of transfers) {
      await payouts.approveTransfer(id, bob)
    }
  }
  return { id: batch.id, transfers }
}

async function aFile(count = payees.length) {
  const batch = await aBatch(count)
  const { files } = await payouts.makeFiles(batch.id, {}, alice)
  const [file] = files
  if (!file) {
    throw new Error("no file was made")
  }
  return { ...batch, file }
}

function booking({ reference, amount }: Transfer, change: Partial<Booking> = {}): Booking {
  const bankReference = `B-${reference.slice(-4)}`
  return { amount, bankReference, parts: [{ endToEndId: reference }], ...change }
}

function upload(bookings: Booking[], settles: number, actor: Actor = bob) {
  const file = { provider_id: providerId, content: aStatement(bookings), file_name: "izvod.xml" }
  return payouts.importStatement(file, { settles }, actor)
}

function check(bookings: Booking[], actor: Actor = bob) {
  return payouts.checkStatement({ provider_id: providerId, content: aStatement(bookings) }, actor)
}

async function statuses(transfers: Transfer[]): Promise<string[]> {
  return await Promise.all(
    transfers.map(async ({ id }) => (await transferOf(connection, id)).status)
  )
}

const textOf = async (id: string, actor: Actor = alice) =>
  (await payouts.downloadFile(id, actor)).content.toString("utf8")

describe("A file of a batch", () => {
  it("holds what was approved, adds it up, and freezes it until the bank has paid", async () => {
    const { transfers, file, id } = await aFile()
    expect(file).toMatchObject({
      batch_id: id,
      number: 1,
      format: "pain.001.001.09",
      count: 3,
      control_sum: "1520.51",
      execution_date: "2030-01-01",
      created_by: alice.id,
    })
    const text = await textOf(file.id)
    expect(createHash("sha256").update(text).digest("hex")).toBe(file.digest)
    expect(text).toContain("<NbOfTxs>3</NbOfTxs>")
    expect(text).toContain("<CtrlSum>1520.51</CtrlSum>")
    expect([...text.matchAll(/<EndToEndId>(\w+)</g)].map(([, reference]) => reference)).toEqual(
      transfers.map(({ reference }) => reference)
    )
    expect(await statuses(transfers)).toEqual(["processing", "processing", "processing"])
    for (const transfer of transfers) {
      expect(await transferOf(connection, transfer.id)).toMatchObject({
        file_id: file.id,
        next_check_at: null,
      })
      await expect(payouts.cancelTransfer(transfer.id, alice)).rejects.toMatchObject({
        type: "conflict",
      })
    }
    expect(events.map(({ name }) => name)).toContain("payout.file.made")
  })

  it("is made once, by whichever server, and gives the same bytes each time", async () => {
    const { id } = await aBatch()
    const other = serve(second)
    const both = await Promise.all([
      payouts.makeFiles(id, {}, alice),
      other.makeFiles(id, {}, carol),
    ])
    expect(both.map(({ made }) => made.length).sort()).toEqual([0, 1])
    const again = await payouts.makeFiles(id, { execution_date: "2030-02-01" }, alice)
    expect(again.made).toEqual([])
    const [file] = again.files
    expect(again.files).toHaveLength(1)
    expect(file).toEqual(both[0]?.files[0])
    clock.advance(minute)
    const texts = [
      await textOf(file!.id),
      (await other.downloadFile(file!.id, bob)).content.toString(),
    ]
    expect(texts[0]).toBe(texts[1])
    expect(await connection("payout_file")).toHaveLength(1)
  })

  it("leaves a line for each download, and is no secret API key's to see", async () => {
    const { file } = await aFile()
    await textOf(file.id, alice)
    await textOf(file.id, bob)
    await expect(payouts.downloadFile(file.id, keyOf(alice, "apk_1"))).rejects.toMatchObject({
      type: "forbidden",
    })
    const lines = await connection("payout_audit_line")
      .where({ subject_id: file.id })
      .orderBy("created_at")
    expect(lines).toMatchObject([
      { action: "made", actor: alice.id },
      { action: "downloaded", actor: alice.id, note: `SHA-256 ${file.digest}` },
      { action: "downloaded", actor: bob.id },
    ])
  })

  it("is kept encrypted, also under a new key, and is not given out where its row was changed", async () => {
    const { file } = await aFile(1)
    const text = await textOf(file.id)
    expect(await everythingKept(connection)).not.toContain(ibans.croatian)
    const both = serve(connection, {
      encryption: { keyId: "2", keys: { "1": key, "2": otherKey } },
    })
    expect(await both.rotateKeys(10)).toBe(2)
    expect(await both.rotateKeys(10)).toBe(0)
    const onlyNew = serve(connection, { encryption: { keyId: "2", keys: { "2": otherKey } } })
    expect((await onlyNew.downloadFile(file.id, bob)).content.toString()).toBe(text)
    await expect(payouts.downloadFile(file.id, bob)).rejects.toThrow('the key "2"')

    await connection("payout_file").update({ digest: "0".repeat(64) })
    await expect(onlyNew.downloadFile(file.id, bob)).rejects.toThrow(
      "Somebody wrote to the database"
    )
    expect(logged.join()).toContain("its row was changed")
  })

  it("leaves out what may not be paid as it was approved, and puts it into the next one", async () => {
    const { id, transfers } = await aBatch()
    const [first, other, third] = transfers as [Transfer, Transfer, Transfer]
    await payouts.changeBeneficiary(other.beneficiary_id, { name: "Šime Ćosić" }, carol)
    await payouts.disableBeneficiary(third.beneficiary_id, carol)
    const made = await payouts.makeFiles(id, {}, alice)
    expect(made.files).toMatchObject([{ count: 1, control_sum: "1500.00" }])
    expect(made.left_out).toMatchObject([
      { transfer_id: other.id, status: "awaiting_approval" },
      { transfer_id: third.id, status: "canceled" },
    ])
    const { beneficiary_version_id } = await transferOf(connection, other.id)
    await payouts.approveTransfer(other.id, bob, { beneficiary_version_id })
    const next = await payouts.makeFiles(id, {}, alice)
    expect(next.made).toMatchObject([{ number: 2, count: 1, control_sum: "0.01" }])
    expect(next.files).toHaveLength(2)
    expect(new Set(next.files.map(({ message_id }) => message_id)).size).toBe(2)
    expect(await statuses([first, other])).toEqual(["processing", "processing"])
  })

  it("is not made of what nobody approved, while sending is paused, or for a day that is over", async () => {
    const { id, transfers } = await aBatch(1, false)
    await expect(payouts.makeFiles(id, {}, alice)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("It is awaiting approval"),
    })
    await payouts.approveTransfer(transfers[0]!.id, bob)
    await expect(payouts.makeFiles(id, { execution_date: "2029-12-31" }, alice)).rejects.toThrow(
      "execution_date must be a day from 2030-01-01"
    )
    await payouts.pauseSending("a strange batch", bob)
    await expect(payouts.makeFiles(id, {}, alice)).rejects.toThrow("a strange batch")
    await payouts.resumeSending("it was right", bob)
    // Approved before the pause: somebody looks first.
    await expect(payouts.makeFiles(id, {}, alice)).rejects.toThrow("sending was paused")
    await payouts.makeFiles(id, { checked_note: "The bank has nothing of it" }, alice)
    expect(await statuses(transfers)).toEqual(["processing"])
    await expect(payouts.makeFiles("pobat_none", {}, alice)).rejects.toMatchObject({
      type: "not_found",
    })
  })

  it("is made again after a restore only when somebody has looked at the bank, under the same name", async () => {
    const { id, transfers } = await aBatch(1)
    const { files } = await payouts.makeFiles(id, {}, alice)
    // As a backup of before the file has it, on a server that was started since.
    await connection("payout_file").del()
    await connection("payout_transfer").update({
      status: "approved",
      file_id: null,
      made_in: "another life",
    })
    await expect(payouts.makeFiles(id, {}, alice)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("may stand in a file that the bank has already"),
    })
    expect(await statuses(transfers)).toEqual(["approved"])
    const note = "The bank has no file of this batch"
    const again = await payouts.makeFiles(id, { checked_note: note }, alice)
    expect(again.made[0]?.message_id).toBe(files[0]?.message_id)
    expect(await connection("payout_audit_line").where({ note })).toHaveLength(1)
  })

  it("is all that sends its transfers: no job does, and nobody is asked", async () => {
    const { id, transfers } = await aBatch(1)
    const [transfer] = transfers as [Transfer]
    expect(await payouts.submitDue(10)).toBe(0)
    await expect(payouts.submitTransfer(transfer.id, alice)).rejects.toThrow(
      "make the file of its batch"
    )
    await payouts.makeFiles(id, {}, alice)
    clock.advance(8 * 24 * 60 * minute)
    expect(await payouts.refreshDue(10)).toBe(0)
    await expect(payouts.refreshTransfer(transfer.id, alice)).rejects.toThrow(
      "import the statement"
    )
    expect(await statuses(transfers)).toEqual(["processing"])
  })
})

describe("The names and accounts that a file can't have", () => {
  it.each([
    [
      { account: { iban: "HR1210010051863000161" } },
      "account.iban: IBAN can't be used: its check digits",
    ],
    [
      { account: { iban: "PK36SCBL0000001123456702" } },
      "account.iban: IBAN can't be used: PK is not in SEPA",
    ],
    [{ account: { iban: ibans.croatian, bic: "ZABA" } }, "account.bic: BIC can't be used"],
    [{ account: { account_number: "1" } }, "account.iban: IBAN is missing"],
    [
      { account: { iban: ibans.croatian }, name: "សុខា" },
      'name: Name of the payee can\'t be used: .*"ស" \\(U\\+179F\\)',
    ],
    [{ account: { iban: ibans.croatian }, name: "š".repeat(71) }, "at most 70 characters"],
  ])("are refused when the beneficiary is made: %j", async (change, reason) => {
    await expect(payouts.addBeneficiary(newBeneficiary(change), carol)).rejects.toThrow(
      new RegExp(reason)
    )
    expect(await connection("payout_beneficiary")).toEqual([])
  })

  it("are refused when the transfer is made: another currency, too many places, another script", async () => {
    const account = { iban: "hr12 1001 0051 8630 0016 0" }
    const beneficiary = await payouts.addBeneficiary(newBeneficiary({ account }), carol)
    expect(await payouts.revealAccount(beneficiary.id, bob)).toEqual({ iban: ibans.croatian })
    const make = (change: object) =>
      payouts.makeTransfer(newTransfer(beneficiary, { currency_code: "eur", ...change }), alice)
    await expect(make({ currency_code: "hrk" })).rejects.toThrow("can't send hrk, only eur")
    await expect(make({ amount: "1.005" })).rejects.toThrow("too many decimal places")
    await expect(make({ purpose: "សេវា" })).rejects.toThrow(
      "purpose: banks in SEPA take Latin letters"
    )
    await expect(make({ purpose: "x".repeat(141) })).rejects.toThrow("at most 140 characters")
    expect(await connection("payout_transfer")).toEqual([])
  })
})

describe("A statement of the account", () => {
  it("shows first what it would settle, and then settles just that", async () => {
    const { transfers, file } = await aFile()
    const bookings = [...transfers.map((one) => booking(one)), { parts: [] }]
    const before = await everythingKept(connection)
    const checked = await check(bookings)
    expect(checked).toMatchObject({ told: [], known: 0, others: 1, imported_before: null })
    expect(checked.settles.map(({ transfer }) => transfer.reference).sort()).toEqual(
      transfers.map(({ reference }) => reference).sort()
    )
    expect(await everythingKept(connection)).toBe(before)

    const imported = await upload(bookings, 3)
    expect(imported).toMatchObject({ is_new: true, settled: 3, others: 1, told: [] })
    for (const { id } of transfers) {
      const settled = await transferOf(connection, id)
      expect(settled).toMatchObject({
        status: "succeeded",
        resolved_by: bob.id,
        gateway_id: expect.stringMatching(/^B-/),
        file_id: file.id,
        reason: `The statement ${imported.id} shows it paid on 2026-12-01`,
      })
    }
    expect(events).toContainEqual({
      name: "payout.statement.imported",
      data: { id: imported.id, provider_id: providerId, settled: 3, told: 0, created_by: bob.id },
    })
  })

  it("that is imported twice changes nothing, also by two at once", async () => {
    const { transfers } = await aFile()
    const bookings = transfers.map((one) => booking(one))
    const both = await Promise.allSettled([upload(bookings, 3), upload(bookings, 3)])
    const outcomes = both.map((one) => (one.status === "fulfilled" ? one.value.is_new : one.reason))
    expect(outcomes.sort()).toEqual([false, true])
    const before = await everythingKept(connection)
    expect(await upload(bookings, 3)).toMatchObject({ is_new: false, settled: 3 })
    expect(await everythingKept(connection)).toBe(before)
    // The same bookings in another file of the bank's, such as that of the whole month.
    const month = [...bookings, { parts: [] }]
    expect(await upload(month, 0)).toMatchObject({ is_new: true, settled: 0, known: 3, told: [] })
  })

  it("settles what it shows rightly, and tells of the rest, which stays as it is", async () => {
    const { transfers } = await aFile()
    const [one, two, three] = transfers as [Transfer, Transfer, Transfer]
    const unknown = { ...one, reference: "P01JQ0000000000000000000009" }
    const bookings = [
      booking(one),
      booking(two, { amount: "0.02" }),
      booking(three, { currency: "USD" }),
      booking(unknown),
    ]
    const imported = await upload(bookings, 1)
    expect(imported.told.map(({ kind, transfer_id }) => [kind, transfer_id])).toEqual([
      ["amount", two.id],
      ["currency", three.id],
      ["unknown", null],
    ])
    expect(await statuses(transfers)).toEqual(["succeeded", "processing", "processing"])
    expect(logged.join()).toContain("amount, currency, unknown")
  })

  it.each<[string, string, (transfer: Transfer) => Booking[]]>([
    ["twice", "twice", (one) => [booking(one), booking(one, { bankReference: "B-other" })]],
    [
      "as returned",
      "returned",
      ({ reference }) => [
        { indicator: "CRDT", parts: [{ endToEndId: reference, returned: "AC04" }] },
      ],
    ],
    ["as announced", "not_booked", (one) => [booking(one, { status: "PDNG" })]],
    [
      "to another account",
      "account",
      ({ reference, amount }) => [
        { amount, parts: [{ endToEndId: reference, account: ibans.german }] },
      ],
    ],
  ])("that shows a payment %s changes nothing of it", async (_name, kind, bookings) => {
    const { transfers } = await aFile(1)
    const imported = await upload(bookings(transfers[0]!), 0)
    expect(new Set(imported.told.map((one) => one.kind))).toEqual(new Set([kind]))
    expect(await statuses(transfers)).toEqual(["processing"])
  })

  it("tells of a second booking of what another statement settled, and of money that came back since", async () => {
    const { transfers } = await aFile(1)
    const [transfer] = transfers as [Transfer]
    await upload([booking(transfer)], 1)
    const again = await upload([booking(transfer, { bankReference: "B-other" })], 0)
    expect(again.told).toMatchObject([{ kind: "paid_again", transfer_id: transfer.id }])
    const { reference } = transfer
    const back = await upload(
      [{ indicator: "CRDT", parts: [{ endToEndId: reference, returned: "AC04" }] }],
      0
    )
    expect(back.told).toMatchObject([{ kind: "returned" }])
    expect(await statuses(transfers)).toEqual(["succeeded"])
    await payouts.resolveTransfer(
      transfer.id,
      { outcome: "returned", note: "AC04 on the statement" },
      bob
    )
    expect(await statuses(transfers)).toEqual(["returned"])
  })

  it("settles nothing that its uploader made or set the account of, and nothing for a secret API key", async () => {
    const { transfers } = await aFile(1)
    const bookings = transfers.map((one) => booking(one))
    for (const actor of [alice, carol]) {
      expect((await check(bookings, actor)).told).toMatchObject([{ kind: "needs_second_person" }])
      const imported = await upload(bookings, 0, actor)
      expect(imported).toMatchObject({ settled: 0, told: [{ kind: "needs_second_person" }] })
    }
    await expect(upload(bookings, 1, keyOf(bob, "apk_1"))).rejects.toMatchObject({
      type: "forbidden",
    })
    expect(await statuses(transfers)).toEqual(["processing"])
    // The very file, from another person.
    expect(await upload(bookings, 1)).toMatchObject({ is_new: true, settled: 1 })
    expect(await statuses(transfers)).toEqual(["succeeded"])
  })

  it("is imported only as it was seen, and only where it can be read", async () => {
    const { transfers } = await aFile(1)
    await expect(upload([booking(transfers[0]!)], 2)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("settles 1 transfers now, and you saw 2"),
    })
    const file = { provider_id: providerId, content: "<x" }
    await expect(payouts.importStatement(file, { settles: 0 }, bob)).rejects.toMatchObject({
      type: "invalid_data",
      message: expect.stringContaining("This is not XML"),
    })
    expect(await connection("payout_statement")).toEqual([])
  })

  it("may be a list in CSV, by the names of its columns", async () => {
    const { transfers } = await aFile(1)
    const [{ reference }] = transfers as [Transfer]
    const content = `reference;amount;currency;bank_reference\n${reference};1500,00;EUR;B1\n`
    const file = { provider_id: providerId, content }
    expect(await payouts.importStatement(file, { settles: 1 }, bob)).toMatchObject({ settled: 1 })
    expect(await statuses(transfers)).toEqual(["succeeded"])
  })
})

describe("A person's word on a whole file", () => {
  const note = "The bank refused the file: wrong execution date"

  it("ends all that is open of it, as it was seen, by a second person", async () => {
    const { transfers, file } = await aFile()
    await upload([booking(transfers[0]!)], 1)
    const decision = { outcome: "failed", note, count: 2, sum: "20.51" } as const
    await expect(payouts.resolveFile(file.id, decision, bob)).rejects.toThrow("made minutes ago")
    clock.advance(16 * minute)
    await expect(payouts.resolveFile(file.id, { ...decision, count: 3 }, bob)).rejects.toThrow(
      "2 transfers of the file"
    )
    for (const actor of [alice, carol, keyOf(bob, "apk_1")]) {
      await expect(payouts.resolveFile(file.id, decision, actor)).rejects.toThrow()
    }
    expect(await payouts.resolveFile(file.id, decision, bob)).toHaveLength(2)
    expect(await statuses(transfers)).toEqual(["succeeded", "failed", "failed"])
    await expect(payouts.resolveFile(file.id, decision, bob)).rejects.toThrow("0 transfers")
    expect(await connection("payout_transfer").whereNotNull("next_check_at")).toEqual([])

    const retry = await payouts.retryTransfer(transfers[1]!.id, alice)
    expect(retry).toMatchObject({ status: "awaiting_approval", retry_of_id: transfers[1]!.id })
    // What is shown as paid after all is told.
    const late = await upload([booking(transfers[1]!)], 0)
    expect(late.told).toMatchObject([{ kind: "ended_otherwise" }])
  })

  it("ends one transfer alone, too", async () => {
    const { transfers } = await aFile(1)
    const decision = { outcome: "succeeded", note: "It stands on the statement of today" } as const
    await payouts.resolveTransfer(transfers[0]!.id, decision, bob)
    const resolved = await transferOf(connection, transfers[0]!.id)
    expect(resolved).toMatchObject({
      status: "succeeded",
      resolved_by: bob.id,
      next_check_at: null,
    })
  })
})
