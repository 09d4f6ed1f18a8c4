import { createHash } from "node:crypto"
import { aStatement } from "../../../src/payout-providers/bank-file/__tests__/a-statement"
import {
  addBeneficiary,
  bankFilePayouts,
  debtor,
  makeTransfer,
  required,
  shownTransfer,
  type PayoutShop,
} from "../support/payout-shop"
import { suite } from "../support/shop"
import { adminApi, path } from "./admin-api"

const payee = {
  provider_id: bankFilePayouts,
  name: "Đurđica Žganjer",
  kind: "person",
  account: { iban: "HR12 1001 0051 8630 0016 0" },
} as const

export const bankFiles = suite<PayoutShop>("the admin API of payouts", (shop) => {
  const { listed, withApiKey } = adminApi(shop)

  it("takes an approved batch to the bank as one file, and settles it by a statement of a second person's", async () => {
    const { id: beneficiary } = await addBeneficiary(shop.admin, payee)
    const wanted = { amount: "1500.00", currency_code: "eur" }
    const transfer = await makeTransfer(shop.admin, beneficiary, wanted)
    const { batch } = required(
      await shop.admin.post(`${path}/batches`, { transfer_ids: [transfer.id] })
    )
    const files = `${path}/batches/${batch.id}/files`
    const early = await shop.admin.post(files, {})
    expect([early.status, early.data.message]).toEqual([
      409,
      expect.stringContaining("It is awaiting approval"),
    ])
    const seen = { count: batch.count, sums: batch.sums }
    required(await shop.second.post(`${path}/batches/${batch.id}/approve`, seen))

    const { files: made, left_out } = required(await shop.admin.post(files, {}))
    expect(made).toMatchObject([
      {
        provider_id: bankFilePayouts,
        format: "pain.001.001.09",
        count: 1,
        raw_control_sum: { value: "1500.00" },
      },
    ])
    expect(left_out).toEqual([])
    const again = required(await shop.second.post(files, {}))
    expect([again.files[0].id, again.made]).toEqual([made[0].id, []])
    const { id, digest, message_id } = made[0]
    expect(await listed(`files?batch_id=${batch.id}`)).toEqual([id])
    expect(await listed(`transfers?file_id=${id}`)).toEqual([transfer.id])
    const asked = await shop.admin.get(`${path}/files?fields=%2Bencrypted_content,%2Bkey_id`)
    expect(JSON.stringify(asked.data)).not.toMatch(/"(?:encrypted_content|key_id)"/)

    const download = await shop.admin.get(`${path}/files/${id}/download`)
    expect(download.headers).toMatchObject({
      "content-type": "application/xml; charset=utf-8",
      "content-disposition": `attachment; filename="${message_id}.xml"`,
      "cache-control": "no-store",
    })
    const text = String(required(download))
    expect(createHash("sha256").update(text).digest("hex")).toBe(digest)
    expect(text).toContain(`<EndToEndId>${transfer.reference}</EndToEndId>`)
    expect(text).toContain("<Nm>Durdica Zganjer</Nm>")
    const { file } = required(await shop.admin.get(`${path}/files/${id}`))
    expect(file).toMatchObject({
      transfers: { processing: 1 },
      open: { count: 1, sum: "1500" },
      audit_lines: [{ action: "made" }, { action: "downloaded", note: `SHA-256 ${digest}` }],
    })

    const decision = { outcome: "succeeded", note: "Debited", count: 1, sum: "1500.00" }
    const byKey = await withApiKey(`${path}/files/${id}/resolve`, decision)
    expect([byKey.status, byKey.data.message]).toEqual([
      403,
      expect.stringContaining("A secret API key may not resolve payouts"),
    ])

    const booked = { bankReference: "2026120100001234" }
    const parts = [{ endToEndId: transfer.reference, account: "HR1210010051863000160" }]
    const content = aStatement([{ ...booked, parts }], { iban: debtor.iban })
    const statement = { provider_id: bankFilePayouts, content }
    const own = required(await shop.admin.post(`${path}/statements/check`, statement)).check
    expect(own).toMatchObject({ settles: [], told: [{ kind: "needs_second_person" }] })
    const { check } = required(await shop.second.post(`${path}/statements/check`, statement))
    expect(check).toMatchObject({
      settles: [{ transfer_id: transfer.id, amount: "1500.00", booked_on: "2026-12-01" }],
      told: [],
    })
    const imported = { ...statement, file_name: "izvod.xml" }
    expect((await shop.second.post(`${path}/statements`, { ...imported, settles: 2 })).status).toBe(
      409
    )
    const settled = required(
      await shop.second.post(`${path}/statements`, { ...imported, settles: 1 })
    )
    expect(settled).toMatchObject({ is_new: true, statement: { settled: 1, told: [] } })
    expect(await shownTransfer(shop.admin, transfer.id)).toMatchObject({
      status: "succeeded",
      gateway_id: booked.bankReference,
    })
    expect(await listed(`statements?q=izvod.xml`)).toEqual([settled.statement.id])
    const kept = required(await shop.admin.get(`${path}/statements/${settled.statement.id}`))
    expect(kept.statement).toMatchObject({ settled: 1, digest: check.digest })

    const unreadable = { provider_id: bankFilePayouts, content: "<!DOCTYPE x><x/>", settles: 0 }
    const refused = await shop.second.post(`${path}/statements`, unreadable)
    expect([refused.status, refused.data.message]).toEqual([400, expect.stringContaining("DTD")])
  })
})
