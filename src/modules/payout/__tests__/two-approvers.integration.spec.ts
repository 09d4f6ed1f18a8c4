import type { NewTransfer, Transfer } from "../domain/transfer"
import { alice, anAdmin, bob, carol, keyOf, newTransfer } from "./payouts-under-test"
import { describeShop } from "./shop"

const dora = anAdmin("dora")
const day = 24 * 3_600_000

const file = { file_name: "october.csv", digest: "d1", allow_partial: false, problems: [] }

describeShop(
  "Above the option's amount",
  (shop) => {
    const above = { amount: "1000.01" }

    const approvalsOf = async (id: string) => {
      const approvals = (await shop().payouts.approvalsOf([id])).get(id)
      return [approvals?.needed, approvals?.given.map(({ approved_by }) => approved_by)]
    }

    const approve = async ({ id }: Pick<Transfer, "id">, actor: typeof bob) =>
      await shop().payouts.approveTransfer(id, actor, await shop().seen(id))

    it("a transfer takes two different people's approval, and one at the amount takes one", async () => {
      const { payouts, made, gateway, connection, ways } = shop()
      const at = await made({ amount: "1000.00" })
      expect(await approvalsOf(at.id)).toEqual([1, []])
      expect(await approve(at, bob)).toMatchObject({ status: "approved" })

      const transfer = await made(above)
      expect(await approve(transfer, bob)).toMatchObject({
        status: "awaiting_approval",
        approved_by: null,
        approval_signature: null,
      })
      expect(await approvalsOf(transfer.id)).toEqual([2, [bob.id]])
      expect(
        await connection("payout_audit_line").where({ subject_id: transfer.id })
      ).toMatchObject([{ actor: bob.id, action: "approved, first of two" }])
      await payouts.submitDue(10)
      expect(gateway.moves.map(({ amount }) => amount)).toEqual(["1000.00"])

      expect(await approve(transfer, dora)).toMatchObject({
        status: "approved",
        approved_by: dora.id,
      })
      await payouts.submitDue(10)
      expect(gateway.moves).toHaveLength(2)
      expect(await ways(transfer.id)).toHaveLength(4)
    })

    it("nobody approves twice, neither with the key that they made", async () => {
      const { made, withOptions, seen } = shop()
      const transfer = await made(above)
      await approve(transfer, bob)
      await expect(approve(transfer, bob)).rejects.toMatchObject({
        type: "conflict",
        message: expect.stringContaining("You approved the transfer"),
      })
      const payouts = withOptions({ keysMay: ["approve"], twoApproversAbove: { php: "1000" } })
      await expect(
        payouts.approveTransfer(transfer.id, keyOf(bob, "apk_1"), await seen(transfer.id))
      ).rejects.toMatchObject({ type: "conflict" })
      expect(await approvalsOf(transfer.id)).toEqual([2, [bob.id]])
    })

    it.each([
      ["who made it", alice],
      ["who edited last whom it pays", carol],
      ["who became an admin after", { ...anAdmin("late"), since: new Date("2031-01-01") }],
    ])("the second one is not given by %s either", async (_, actor) => {
      const { made, now } = shop()
      const transfer = await made(above)
      await approve(transfer, bob)
      await expect(approve(transfer, actor)).rejects.toMatchObject({ type: "not_allowed" })
      expect(await now(transfer.id)).toMatchObject({ status: "awaiting_approval" })
    })

    it("the first one is void when whom it pays is edited, also where the first edits", async () => {
      const { payouts, made } = shop()
      const transfer = await made(above)
      await approve(transfer, bob)
      await payouts.changeBeneficiary(transfer.beneficiary_id, { name: "Juana" }, carol)
      expect(await approvalsOf(transfer.id)).toEqual([2, []])
      expect(await approve(transfer, dora)).toMatchObject({ status: "awaiting_approval" })
      await payouts.changeBeneficiary(transfer.beneficiary_id, { phone: "0917" }, dora)
      expect(await approve(transfer, bob)).toMatchObject({ status: "awaiting_approval" })
      await expect(approve(transfer, dora)).rejects.toThrow("the last to edit")
      expect(await approve(transfer, anAdmin("eve"))).toMatchObject({ status: "approved" })
    })

    it.each<[string, Partial<Transfer>]>([
      ["amount", { amount: "9000.00" }],
      ["purpose", { purpose: "Something else" }],
    ])("the first one is worth nothing where somebody writes another %s", async (_, change) => {
      const { made, connection } = shop()
      const transfer = await made(above)
      await approve(transfer, bob)
      const raw = "amount" in change ? { raw_amount: { value: change.amount } } : {}
      await connection("payout_transfer")
        .where({ id: transfer.id })
        .update({ ...change, ...raw })
      expect(await approve(transfer, dora)).toMatchObject({ status: "awaiting_approval" })
    })

    it("a forged first one is worth nothing", async () => {
      const { made, connection } = shop()
      const transfer = await made(above)
      await connection("payout_approval").insert({
        id: "poapp_forged",
        transfer_id: transfer.id,
        approved_by: "user_nobody",
        actor: "user_nobody",
        approval_signature: `1.${"0".repeat(64)}`,
      })
      expect(await approve(transfer, bob)).toMatchObject({ status: "awaiting_approval" })
      expect(await approve(transfer, dora)).toMatchObject({ status: "approved" })
    })

    it("both are void where nobody sent it in time", async () => {
      const { payouts, made, clock } = shop()
      const transfer = await made(above)
      await approve(transfer, bob)
      await approve(transfer, dora)
      clock.advance(3 * day + 1)
      await payouts.expireApprovals()
      expect(await approvalsOf(transfer.id)).toEqual([2, []])
      expect(await approve(transfer, bob)).toMatchObject({ status: "awaiting_approval" })
    })

    it("two at once on two servers approve it together, and one of them twice does not", async () => {
      const { payouts, otherServer, made, now } = shop()
      const [one, two] = [await made(above), await made(above)]
      const other = otherServer()
      await Promise.all([payouts.approveTransfer(one.id, bob), other.approveTransfer(one.id, dora)])
      expect(await now(one.id)).toMatchObject({ status: "approved" })
      await Promise.allSettled([
        payouts.approveTransfer(two.id, bob),
        other.approveTransfer(two.id, bob),
      ])
      expect(await now(two.id)).toMatchObject({ status: "awaiting_approval" })
      expect(await approvalsOf(two.id)).toEqual([2, [bob.id]])
    })

    it("a batch takes two, although each of its lines is below, by whichever way they are approved", async () => {
      const { payouts, beneficiary, made, connection } = shop()
      const lines = await Promise.all(
        ["400.00", "400.00", "300.00"].map(async (amount, index) => ({
          line: index + 2,
          transfer: newTransfer(await beneficiary(), { amount }),
        }))
      )
      await payouts.importTransfers(file, lines, alice)
      const [id = ""] = await payouts.waitingBatches()
      const totals = (await payouts.batchTotals([id])).get(id)
      const seen = { count: totals?.count ?? 0, sums: totals?.sums ?? [] }
      const [first] = await connection("payout_transfer").where({ batch_id: id })
      expect(await approve(first, bob)).toMatchObject({ status: "awaiting_approval" })

      expect(await payouts.approveBatch(id, bob, seen)).toEqual({
        approved: 0,
        first: 2,
        before: 1,
        left: [],
      })
      const review = await payouts.reviewBatch(id, bob)
      expect(review.approvals).toEqual({ needed: 2, given: [{ approved_by: bob.id, count: 3 }] })
      expect(review.operations.approve).toEqual({
        allowed: false,
        reason: "You approved it already: another person has to approve it too",
        code: "approved_it",
      })
      expect((await payouts.reviewBatch(id, dora)).operations.approve.allowed).toBe(true)
      expect(await payouts.approveBatch(id, bob, seen)).toMatchObject({ before: 3, left: [] })
      expect(await payouts.approveBatch(id, dora, seen)).toMatchObject({ approved: 3, left: [] })

      const single = await made({ amount: "400.00" })
      expect(await approve(single, bob)).toMatchObject({ status: "approved" })
    })

    it("another currency has an amount of its own, or takes one", async () => {
      const { made } = shop()
      const change: Partial<NewTransfer> = { amount: "5000000", currency_code: "idr" }
      expect(await approve(await made(change), bob)).toMatchObject({ status: "approved" })
    })
  },
  { twoApproversAbove: { php: "1000" } }
)
