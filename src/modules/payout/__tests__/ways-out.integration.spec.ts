import type { TransferState } from "../domain/state"
import { transferStates } from "../domain/state"
import type { Transfer } from "../domain/transfer"
import { alice, anAdmin, bob, carol } from "./payouts-under-test"
import { describeShop, type Shop } from "./shop"

const minute = 60_000
const day = 24 * 60 * minute

/** From here nothing has to be done any more. */
const ends: readonly TransferState[] = [
  "succeeded",
  "returned",
  "failed",
  "rejected",
  "expired",
  "canceled",
]

/** How a transfer comes to each state, by way of the module. */
const beginnings: Record<TransferState, (shop: Shop) => Promise<Transfer>> = {
  awaiting_approval: ({ made }) => made(),
  approved: ({ approved }) => approved(),
  submitting: async (shop) => {
    const { payouts, gateway, approved, now } = shop
    const { id } = await approved()
    const claimed = new Promise<void>((resolve) => {
      gateway.nextSends.push(() => {
        resolve()
        return new Promise(() => {})
      })
    })
    // Given up on after the provider's time, by which the next test may have emptied the tables.
    payouts.submitTransfer(id, bob).catch(() => undefined)
    await claimed
    return await now(id)
  },
  processing: (shop) => sent(shop, "processing"),
  unknown: (shop) => sent(shop, "unknown"),
  not_found: async (shop) => {
    const { id } = await sent(shop, "unknown")
    return await shop.payouts.refreshTransfer(id, bob)
  },
  manual_review: async (shop) => {
    const { id } = await sent(shop, "unknown")
    await shop.payouts.refreshTransfer(id, bob)
    shop.clock.advance(15 * minute)
    return await shop.payouts.refreshTransfer(id, bob)
  },
  succeeded: (shop) => sent(shop, "succeeded"),
  returned: async (shop) => {
    const { id, reference } = await sent(shop, "succeeded")
    shop.gateway.outcomes.set(reference, "returned")
    return await shop.payouts.refreshTransfer(id, bob)
  },
  failed: (shop) => sent(shop, "failed"),
  rejected: async ({ made, payouts }) =>
    await payouts.rejectTransfer((await made()).id, bob, "not this month"),
  expired: async ({ made, payouts, clock, now }) => {
    const { id } = await made()
    clock.advance(31 * day)
    await payouts.expireApprovals()
    return await now(id)
  },
  canceled: async ({ made, payouts }) => await payouts.cancelTransfer((await made()).id, alice),
}

async function sent(
  { payouts, gateway, approved }: Shop,
  outcome: "processing" | "unknown" | "succeeded" | "failed"
): Promise<Transfer> {
  const { id } = await approved()
  gateway.nextSends.push(async () => ({ outcome }))
  return await payouts.submitTransfer(id, bob)
}

/** What is lost while the transfer is in its state. */
const losses: Record<string, (shop: Shop, transfer: Transfer) => Promise<unknown>> = {
  nothing: async () => {},
  "its provider in the config": ({ connection }, { id, beneficiary_id }) =>
    Promise.all([
      connection("payout_transfer").where({ id }).update({ provider_id: "po_gone_main" }),
      connection("payout_beneficiary")
        .where({ id: beneficiary_id })
        .update({ provider_id: "po_gone_main" }),
    ]),
  "the key of its account": ({ connection }, { beneficiary_version_id: id }) =>
    connection("payout_beneficiary_version").where({ id }).update({ key_id: "lost" }),
  "its account's text": ({ connection }, { beneficiary_version_id: id }) =>
    connection("payout_beneficiary_version")
      .where({ id })
      .update({ encrypted_account: Buffer.alloc(60, 1).toString("base64") }),
}

/** What a person does to bring it to an end. */
async function bringToEnd({ payouts, clock }: Shop, { id, status }: Transfer): Promise<Transfer> {
  switch (status) {
    case "awaiting_approval":
      return await payouts.rejectTransfer(id, bob, "it can't be paid")
    case "approved":
      return await payouts.cancelTransfer(id, bob, "it can't be paid")
    case "submitting":
    case "processing":
    case "unknown":
    case "not_found":
    case "manual_review": {
      clock.advance(20 * minute)
      const decision = { outcome: "succeeded", note: "the payee has it" } as const
      return await payouts.resolveTransfer(id, decision, bob)
    }
    case "succeeded":
      return await payouts.resolveTransfer(id, { outcome: "returned", note: "it came back" }, bob)
    case "returned":
    case "failed":
    case "rejected":
    case "expired":
    case "canceled":
      throw new Error(`${status} is an end`)
  }
}

describeShop("From each state", (shop) => {
  for (const [lost, lose] of Object.entries(losses)) {
    it.each(transferStates)(
      `of %s an admin reaches an end, where ${lost} is lost`,
      async (state) => {
        const transfer = await beginnings[state](shop())
        expect(transfer.status).toBe(state)
        await lose(shop(), transfer)
        const { payouts, clock, now } = shop()
        // The jobs go over it, and make nothing worse.
        await payouts.submitDue(10)
        clock.advance(3 * minute)
        await payouts.refreshDue(10)
        await payouts.expireApprovals()
        const current = await now(transfer.id)
        const end = ends.includes(current.status) ? current : await bringToEnd(shop(), current)
        expect(ends).toContain(end.status)
      }
    )
  }

  it("that was sent an admin who was invited later reaches an end, where nobody else is left", async () => {
    const { payouts, clock, beneficiary } = shop()
    const { id } = await sent(shop(), "unknown")
    const { beneficiary_id } = await shop().now(id)
    // The two who are left have changed where it goes since: that was never paid.
    await payouts.changeBeneficiary(beneficiary_id, { phone: "+63900000001" }, alice)
    await payouts.changeBeneficiary(beneficiary_id, { name: "Juana dela Cruz" }, bob)
    await beneficiary()
    clock.advance(day)
    const decision = { outcome: "failed", note: "no trace of it" } as const
    for (const barred of [alice, carol]) {
      await expect(payouts.resolveTransfer(id, decision, barred)).rejects.toThrow("second person")
    }
    const dora = { ...anAdmin("dora"), since: clock.now() }
    await expect(payouts.resolveTransfer(id, decision, dora)).rejects.toThrow("you can resolve it")
    clock.advance(day)
    expect(await payouts.resolveTransfer(id, decision, dora)).toMatchObject({ status: "failed" })
  })

  it("that was sent who edited where it goes afterwards reaches an end", async () => {
    const { payouts, clock, now } = shop()
    const { id } = await sent(shop(), "unknown")
    const { beneficiary_id } = await now(id)
    await payouts.changeBeneficiary(beneficiary_id, { name: "Juana dela Cruz" }, bob)
    clock.advance(day)
    const decision = { outcome: "failed", note: "no trace of it" } as const
    expect(await payouts.resolveTransfer(id, decision, bob)).toMatchObject({ status: "failed" })
  })
})

describeShop("A transfer whose gateway can't be asked any more", (shop) => {
  for (const [lost, lose] of Object.entries(losses).filter(([name]) => name !== "nothing")) {
    it(`is told once, and goes on by itself when it is there again, where ${lost} is lost`, async () => {
      const { payouts, gateway, clock, now, events, logged, connection } = shop()
      const [one, two] = [await sent(shop(), "processing"), await sent(shop(), "processing")]
      const tables = [
        "payout_transfer",
        "payout_beneficiary",
        "payout_beneficiary_version",
      ] as const
      const before = await connection(tables[2]).where({ id: one.beneficiary_version_id }).first()
      await lose(shop(), one)
      gateway.outcomes.set(one.reference, "succeeded")
      gateway.outcomes.set(two.reference, "succeeded")
      for (let times = 0; times < 5; times += 1) {
        clock.advance(12 * minute)
        await payouts.refreshDue(10)
      }
      expect(await now(two.id)).toMatchObject({ status: "succeeded" })
      expect(await now(one.id)).toMatchObject({
        status: "manual_review",
        reason: expect.stringContaining("Its gateway can't be asked: "),
      })
      const told = events.filter(({ name }) => name === "payout.transfer.manual_review")
      expect(told).toHaveLength(1)
      expect(logged.filter((line) => line.includes("can't be asked about"))).toHaveLength(1)

      for (const table of ["payout_transfer", "payout_beneficiary"] as const) {
        await connection(table).update({ provider_id: two.provider_id })
      }
      const { key_id, encrypted_account } = before
      await connection(tables[2])
        .where({ id: one.beneficiary_version_id })
        .update({ key_id, encrypted_account })
      clock.advance(day)
      await payouts.refreshDue(10)
      expect(await now(one.id)).toMatchObject({ status: "succeeded" })
    })
  }

  it("is not said to have failed while it may still arrive", async () => {
    const { payouts, clock, now } = shop()
    const transfer = await sent(shop(), "unknown")
    await losses["its provider in the config"]!(shop(), transfer)
    clock.advance(3 * minute)
    await payouts.refreshDue(10)
    expect(await now(transfer.id)).toMatchObject({ status: "manual_review" })
    const decision = { outcome: "failed", note: "no trace of it" } as const
    await expect(payouts.resolveTransfer(transfer.id, decision, bob)).rejects.toMatchObject({
      type: "conflict",
      message: expect.stringContaining("it was sent minutes ago and may still arrive"),
    })
    clock.advance(12 * minute)
    expect(await payouts.resolveTransfer(transfer.id, decision, bob)).toMatchObject({
      status: "failed",
    })
  })

  it("is asked about no more after the week, and never by a timetable where a person was told to look", async () => {
    const { payouts, gateway, clock, now } = shop()
    const transfer = await sent(shop(), "processing")
    await losses["its provider in the config"]!(shop(), transfer)
    for (let days = 0; days < 9; days += 1) {
      clock.advance(day)
      await payouts.refreshDue(10)
    }
    expect(await now(transfer.id)).toMatchObject({ status: "manual_review", next_check_at: null })
    const other = await beginnings.manual_review(shop())
    const asked = gateway.asked.length
    clock.advance(day)
    await payouts.refreshDue(10)
    expect(await now(other.id)).toMatchObject({ status: "manual_review", next_check_at: null })
    expect(gateway.asked).toHaveLength(asked)
  })
})

describeShop("An approved transfer that can't be sent", (shop) => {
  it("waits without noise, is told once for all of its provider's, and goes when it can", async () => {
    const { payouts, approved, gateway, clock, now, events, logged, connection } = shop()
    const some = [await approved(), await approved(), await approved()]
    const other = await approved()
    const { provider_id } = other
    for (const transfer of some) {
      await losses["its provider in the config"]!(shop(), transfer)
    }
    for (let times = 0; times < 4; times += 1) {
      await payouts.submitDue(10)
      clock.advance(6 * minute)
    }
    expect(gateway.moves.map(({ reference }) => reference)).toEqual([other.reference])
    for (const { id } of some) {
      expect(await now(id)).toMatchObject({
        status: "approved",
        delay_reason: expect.stringContaining("There is no payout provider po_gone_main"),
      })
    }
    const isOfIt = (line: string) => line.includes("po_gone_main")
    expect(logged.filter(isOfIt)).toHaveLength(1)
    expect(events.filter(({ name }) => name === "payout.sending.delayed")).toMatchObject([
      { data: { provider_id: "po_gone_main", cause: "provider" } },
    ])
    await connection("payout_transfer").update({ provider_id })
    await connection("payout_beneficiary").update({ provider_id })
    clock.advance(6 * minute)
    await payouts.submitDue(10)
    expect(gateway.moves).toHaveLength(4)
    expect(await now(some[0]!.id)).toMatchObject({ status: "succeeded", delay_reason: null })
  })
})

describeShop("A beneficiary whose provider is not in the config any more", (shop) => {
  const gone = "po_gone_main"

  it("can be edited but for its account, and keeps what its account is known by", async () => {
    const { payouts, beneficiary, connection } = shop()
    const { id, version_id, account_hint } = await beneficiary()
    const before = await connection("payout_beneficiary_version").where({ id: version_id }).first()
    await connection("payout_beneficiary").update({ provider_id: gone })
    const edited = await payouts.changeBeneficiary(id, { name: "Juana dela Cruz" }, bob)
    expect(edited).toMatchObject({ name: "Juana dela Cruz", version: 2, account_hint })
    const after = await connection("payout_beneficiary_version")
      .where({ id: edited.version_id })
      .first()
    expect(after.account_digest).toBe(before.account_digest)
    expect(await payouts.revealAccount(id, bob)).toMatchObject({ bank_code: "BDOX" })
    const account = { account_number: "12345678" }
    await expect(payouts.changeBeneficiary(id, { account }, bob)).rejects.toMatchObject({
      type: "not_found",
      message: expect.stringContaining(`There is no payout provider ${gone}`),
    })
  })

  it("can be disabled, which cancels what was approved; and a pending one can be rejected", async () => {
    const { payouts, gateway, beneficiary, approved, connection, now } = shop()
    const transfer = await approved()
    gateway.nextBeneficiaries.push(async () => ({ status: "pending" }))
    const pending = await beneficiary()
    await connection("payout_beneficiary").update({ provider_id: gone })
    await payouts.disableBeneficiary(transfer.beneficiary_id, bob)
    expect(await now(transfer.id)).toMatchObject({ status: "canceled" })
    const active = { status: "active", note: "it stands in the dashboard" } as const
    await expect(payouts.decideBeneficiary(pending.id, active, bob)).rejects.toThrow(gone)
    const rejected = { status: "rejected", note: "we left that gateway" } as const
    expect(await payouts.decideBeneficiary(pending.id, rejected, bob)).toMatchObject({
      status: "rejected",
    })
  })

  it("is told apart from one whose account can't be read, which takes a new account", async () => {
    const { payouts, made } = shop()
    const transfer = await made()
    await losses["its account's text"]!(shop(), transfer)
    const { beneficiary_id: id } = transfer
    for (const fails of [
      () => payouts.changeBeneficiary(id, { name: "Juana" }, bob),
      () => payouts.revealAccount(id, bob),
      () => payouts.approveTransfer(transfer.id, bob),
    ]) {
      await expect(fails()).rejects.toMatchObject({
        type: "not_allowed",
        message: expect.stringContaining("Enter the account anew"),
      })
    }
    const account = { account_number: "12345678" }
    await payouts.changeBeneficiary(id, { account }, carol)
    expect(await payouts.revealAccount(id, bob)).toEqual(account)
    const seen = await shop().seen(transfer.id)
    expect(await payouts.approveTransfer(transfer.id, bob, seen)).toMatchObject({
      status: "approved",
    })
  })
})
