import { z } from "zod"
import { AdminRecordRefundElsewhere } from "../../gateway-payments/validators"
import { timeRange } from "../../read-rows"
import {
  AdminApprovePayoutBatch,
  AdminApprovePayoutTransfer,
  AdminCreatePayoutBatch,
  AdminCreatePayoutBeneficiary,
  AdminCreatePayoutTransfer,
  AdminExportPayoutTransfersParams,
  AdminGetPayoutTransfersParams,
  AdminRejectPayoutBatch,
  AdminResolvePayoutTransfer,
  AdminUpdatePayoutBeneficiary,
  AdminWithdrawPayoutBatch,
} from "../validators"

const transfer = {
  beneficiary_id: "poben_1",
  amount: "1500.00",
  currency_code: "PHP",
  purpose: "Commission May",
}

function faultsOf(schema: z.ZodType, value: unknown): string[] {
  return (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) =>
    [...path, message].join(": ")
  )
}

describe("what the payout routes take", () => {
  it("takes a transfer, and its currency in any case", () => {
    expect(AdminCreatePayoutTransfer.parse(transfer)).toEqual({ ...transfer, currency_code: "php" })
  })

  it("takes a beneficiary's name and phone without the marks that were copied with them", () => {
    const change = { name: "\u202bمحمد\u200cعلی\u202c", phone: "\u202a+49 151 234567\u202c" }
    expect(AdminUpdatePayoutBeneficiary.parse(change)).toEqual({
      name: "محمد\u200cعلی",
      phone: "+49 151 234567",
    })
    expect(faultsOf(AdminUpdatePayoutBeneficiary, { name: "\u200b" })).toEqual(["name: is missing"])
    expect(faultsOf(AdminUpdatePayoutBeneficiary, { phone: "a\nb" })).toHaveLength(1)
  })

  it.each([
    ["phone", "0300\ufe0d1234567", "variation selector"],
    ["phone", "۰۳۰۰1234567", "the Eastern Arabic digit ۰"],
    ["phone", "3.00123E+09", "was spoiled by a spreadsheet"],
    ["email", "ana@\u200bshop.example", "invisible"],
    ["name", "sije\ufffdanj", "save the file as CSV UTF-8"],
    ["name", "#N/A", "was spoiled by a spreadsheet"],
    ["shop_name", "a\u0007b", "a control character"],
    ["external_id", "3.00123E+09", "was spoiled by a spreadsheet"],
  ])("refuses the %s %j by the rules that files have", (field, text, words) => {
    const [fault, ...others] = faultsOf(AdminUpdatePayoutBeneficiary, { [field]: text })
    expect(others).toEqual([])
    expect(fault).toContain(words)
    expect(fault).not.toContain(text)
  })

  it("takes what people write by the rules that files have", () => {
    const change = {
      name: "Nin\u0303o\u00a0Espan\u0303ol",
      shop_name: "សុខ\u200b ដារ៉ា",
      email: "\u200bana@shop.example ",
      external_id: "\u202aS-\u200b1\u202c",
    }
    expect(AdminUpdatePayoutBeneficiary.parse(change)).toEqual({
      name: "Niño Español",
      shop_name: "សុខ ដារ៉ា",
      email: "ana@shop.example",
      external_id: "S-1",
    })
  })

  const elsewhere = { payment_id: "pay_1", note: "By bank transfer" }
  const amounts = [
    ["a transfer", AdminCreatePayoutTransfer, transfer],
    ["a refund elsewhere", AdminRecordRefundElsewhere, elsewhere],
  ] as const

  describe.each(amounts)("as the amount of %s", (_what, schema, body) => {
    it.each([
      ["1500.00", "1500.00"],
      [" 0.5 ", "0.5"],
      [1500, "1500"],
      [999_999_999_999_999, "999999999999999"],
    ])("takes %j as %j", (amount, taken) => {
      expect(schema.parse({ ...body, amount })).toMatchObject({ amount: taken })
    })

    it.each([
      ...["1,500.00", "1.500,00", "1e3", "1.5e3", "-1", "+1", "٣", "", "0.00", "0x10", "1.", ".5"],
      ...["Infinity", "NaN", "1.123456789", "01", "1 500", "9".repeat(40)],
      ...[10.5, 0.1, -1, 0, 1e21, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY],
      ...[null, undefined, true, [1], { value: "1" }],
    ])("refuses %j with a sentence about this field alone", (amount) => {
      const faults = faultsOf(schema, { ...body, amount })
      expect(faults).toEqual([expect.stringMatching(/^amount: (must be|is missing)/)])
    })
  })

  it("refuses fields that there are not, such as a status", () => {
    expect(faultsOf(AdminCreatePayoutTransfer, { ...transfer, status: "approved" })).toHaveLength(1)
    expect(faultsOf(AdminApprovePayoutTransfer, { actor: "user_2" })).toHaveLength(1)
  })

  it("needs a note for what a person found out", () => {
    expect(faultsOf(AdminResolvePayoutTransfer, { outcome: "failed" })).toHaveLength(1)
    expect(
      faultsOf(AdminResolvePayoutTransfer, { outcome: "unknown", note: "Asked" })
    ).toHaveLength(1)
    expect(faultsOf(AdminResolvePayoutTransfer, { outcome: "failed", note: "Asked" })).toEqual([])
  })

  it("never repeats an account or an identity number in what is wrong with it", () => {
    const beneficiary = { provider_id: "po_a", name: "Ana", kind: "person" }
    const secrets = ["9876543210987", 9876543210987, ["9876543210987"], { a: 9876543210987 }]
    for (const secret of secrets) {
      for (const field of ["account", "identity"]) {
        const wrong = { [field]: typeof secret === "object" ? secret : { number: [secret] } }
        const faults = faultsOf(AdminCreatePayoutBeneficiary, { ...beneficiary, ...wrong })
        expect(faults.join()).toMatch(new RegExp(`^${field}`))
        expect(faults.join()).not.toContain("98765")
      }
    }
    expect(faultsOf(AdminUpdatePayoutBeneficiary, { account: 9876543210987 }).join()).not.toContain(
      "98765"
    )
  })

  it("refuses an empty change, and identity numbers in a change", () => {
    expect(faultsOf(AdminUpdatePayoutBeneficiary, {})).toEqual(["There is nothing to change"])
    expect(faultsOf(AdminUpdatePayoutBeneficiary, { identity: { id: "1" } })).toHaveLength(1)
  })

  it("filters by one value or several, and by times", () => {
    const { limit, offset, order, status, created_at } = AdminGetPayoutTransfersParams.parse({
      status: ["failed", "unknown"],
      created_at: { $gte: "2026-05-01", $lt: "2026-06-01T08:00:00+08:00" },
    })
    expect({ limit, offset, order }).toEqual({ limit: 20, offset: 0, order: "-created_at" })
    expect(status).toEqual(["failed", "unknown"])
    expect(created_at).toEqual({
      $gte: new Date("2026-05-01T00:00:00Z"),
      $lt: new Date("2026-06-01T00:00:00Z"),
    })
  })

  it.each([{ status: "lost" }, { created_at: "2026-05-01" }, { created_at: { $like: "%" } }])(
    "refuses the filter %j",
    (filter) => {
      expect(faultsOf(AdminExportPayoutTransfersParams, filter).length).toBeGreaterThan(0)
    }
  )

  it.each([
    ...["", "yesterday", "5", "2026-13-01"],
    ...["2026-02-30", "2027-02-29", "2026-04-31T10:00Z"], // they would be days of the next month
    ...["2026-05-01T08:00", "2026-05-01 08:00:00"], // another time on another server
  ])("refuses the time %j", (time) => {
    expect(faultsOf(z.object({ at: timeRange }), { at: { $gte: time } })).toHaveLength(1)
  })

  it.each([
    ["2028-02-29", "2028-02-29T00:00:00.000Z"],
    [" 2026-05-01 ", "2026-05-01T00:00:00.000Z"],
    ["2026-05-01T08:00:00.5+0800", "2026-05-01T00:00:00.500Z"],
  ])("takes %j as a time on every server alike", (time, exact) => {
    expect(timeRange.parse({ $gte: time })).toEqual({ $gte: new Date(exact) })
  })

  it.each([
    ["2099-12-15", "2099-12-15T00:00:00.000Z"],
    ["2099-12-15T09:00:00+08:00", "2099-12-15T01:00:00.000Z"],
    ["2099-12-15T09:00Z", "2099-12-15T09:00:00.000Z"],
  ])("takes %j as the time before which nothing is sent", (send_at, exact) => {
    expect(AdminCreatePayoutTransfer.parse({ ...transfer, send_at }).send_at).toEqual(
      new Date(exact)
    )
  })

  it.each(["2099-12-15T09:00:00", "2099-12-15 09:00", "2099-02-29", "tomorrow", ""])(
    "refuses %j, which is another time on another server, or none",
    (send_at) => {
      expect(faultsOf(AdminCreatePayoutTransfer, { ...transfer, send_at }).length).toBeGreaterThan(
        0
      )
    }
  )

  it("takes of a batch what was seen, its sums too, and nothing that it does not know", () => {
    const sum = { provider_id: "po_1", currency_code: "PHP", count: 2, amount: "10.50" }
    const seen = { count: 2, sums: [sum] }
    expect(AdminApprovePayoutBatch.parse(seen)).toEqual({
      count: 2,
      sums: [{ ...sum, currency_code: "php" }],
    })
    for (const wrong of [
      {},
      { count: 2 },
      { ...seen, count: "2" },
      { ...seen, sums: [{ ...sum, amount: 10.5 }] },
      { ...seen, sum: [] },
    ]) {
      expect(faultsOf(AdminApprovePayoutBatch, wrong).length).toBeGreaterThan(0)
    }
    expect(faultsOf(AdminRejectPayoutBatch, seen)).toHaveLength(1)
    expect(faultsOf(AdminWithdrawPayoutBatch, seen)).toEqual([])
    const many = { transfer_ids: Array.from({ length: 1_001 }, (_, nth) => `potr_${nth}`) }
    expect(faultsOf(AdminCreatePayoutBatch, many)).toHaveLength(1)
  })
})
