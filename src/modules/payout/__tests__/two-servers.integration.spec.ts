import { times } from "../../payment-journal/__tests__/fixtures"
import type { ImportLine } from "../domain/import"
import type { NewTransfer } from "../domain/transfer"
import { alice, bob, carol, newBeneficiary, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

const noApproval = { approval: "none" } as const
const account = { account_number: "12344321" }

function linesOf(transfers: readonly NewTransfer[]): ImportLine[] {
  return transfers.map((transfer, index) => ({ line: index + 2, transfer }))
}

function file(digest: string) {
  return { file_name: `${digest}.csv`, digest, allow_partial: true }
}

describeShop("Two servers of a shop that asks for no approval", (shop) => {
  const servers = (options: Record<string, unknown> = noApproval) => [
    shop().withOptions(options),
    shop().otherServer(options),
  ]

  it("hold one of two payments to one account in two beneficiaries", async () => {
    const { payouts, connection } = shop()
    const [one, other] = servers()
    const two = [
      await payouts.addBeneficiary(newBeneficiary({ account }), alice),
      await payouts.addBeneficiary(newBeneficiary({ account }), bob),
    ] as const
    for (const index of times(8, (at) => at)) {
      const amount = `${index + 1}.00`
      await Promise.all([
        one!.makeTransfer(newTransfer(two[0], { amount }), alice),
        other!.makeTransfer(newTransfer(two[1], { amount }), bob),
      ])
    }
    const rows = await connection("payout_transfer").select("status", "same_as_id", "amount")
    expect(rows.filter(({ status }) => status === "approved")).toHaveLength(8)
    const held = rows.filter(({ status }) => status === "awaiting_approval")
    expect(held.map(({ same_as_id }) => same_as_id)).not.toContain(null)
    expect(new Set(held.map(({ amount }) => amount)).size).toBe(8)
  })

  it("hold one of a transfer and of the same payment in a file, and of two files", async () => {
    const { beneficiary, connection } = shop()
    const [one, other] = servers()
    const [first, second] = [await beneficiary(), await beneficiary()]
    await Promise.all([
      one!.makeTransfer(newTransfer(first), alice),
      other!.importTransfers(file("d1"), linesOf([newTransfer(first)]), bob),
      one!.importTransfers(file("d2"), linesOf([newTransfer(second)]), alice),
      other!.importTransfers(
        file("d3"),
        linesOf([newTransfer(second, { purpose: "the same, said otherwise" })]),
        bob
      ),
    ])
    for (const { id } of [first, second]) {
      const rows = await connection("payout_transfer").where({ beneficiary_id: id })
      expect(rows.map(({ status }) => status).sort()).toEqual(["approved", "awaiting_approval"])
    }
  })

  it("don't pass a day's limit together by files and by transfers", async () => {
    const { beneficiary, connection } = shop()
    const limits = { php: { perDay: "1000" } }
    const [one, other] = servers({ ...noApproval, limits })
    const payees = await Promise.all(times(4, () => beneficiary()))
    const wanted = (payee: number, many: number) =>
      times(many, (index) => newTransfer(payees[payee]!, { amount: `${100 + index}.00` }))
    const results = await Promise.allSettled([
      one!.importTransfers(file("d1"), linesOf(wanted(0, 5)), alice),
      other!.importTransfers(file("d2"), linesOf(wanted(1, 5)), bob),
      ...wanted(2, 4).map((transfer) => one!.makeTransfer(transfer, alice)),
      ...wanted(3, 4).map((transfer) => other!.makeTransfer(transfer, carol)),
    ])
    const row = await connection("payout_transfer")
      .where({ status: "approved" })
      .sum({ sum: "amount" })
      .first()
    expect(Number(row?.sum)).toBeLessThanOrEqual(1000)
    // As much as fits: another one of the smallest would not.
    expect(Number(row?.sum)).toBeGreaterThan(1000 - 104)
    const refusals = results.flatMap((result) =>
      result.status === "rejected" ? [String(result.reason)] : []
    )
    expect(refusals.every((refusal) => refusal.includes("perDay"))).toBe(true)
  })
})

describeShop("Two people on two servers", (shop) => {
  it("approve one of two payments that look alike by now, and the other by naming it alone", async () => {
    const { payouts, otherServer, beneficiary, made, seen, now } = shop()
    for (const index of times(5, (at) => at)) {
      const amount = `${index + 1}.00`
      const [one, two] = [await beneficiary(), await beneficiary()]
      const transfers = [
        await made({ beneficiary_id: one.id, amount }),
        await made({ beneficiary_id: two.id, amount }),
      ] as const
      const { account_number } = await payouts.revealAccount(one.id, bob)
      const same = { account_number: account_number ?? "" }
      await payouts.changeBeneficiary(two.id, { account: same }, carol)
      const [first, second] = [await seen(transfers[0].id), await seen(transfers[1].id)]
      const results = await Promise.allSettled([
        payouts.approveTransfer(transfers[0].id, bob, first),
        otherServer().approveTransfer(transfers[1].id, bob, second),
      ])
      expect(results.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
      const waits = results[0]?.status === "rejected" ? transfers[0] : transfers[1]
      const { same_as_id } = await now(waits.id)
      expect(same_as_id).not.toBeNull()
      const named = { ...(await seen(waits.id)), same_as_id: same_as_id ?? "" }
      expect(await payouts.approveTransfer(waits.id, bob, named)).toMatchObject({
        status: "approved",
      })
    }
  })
})
