import { MedusaError } from "@medusajs/framework/utils"
import { encryption } from "../../../../src/modules/payout/__tests__/payouts-under-test"
import { decryptAccount } from "../../../../src/modules/payout/crypto/accounts"
import { KeyRing } from "../../../../src/modules/payout/crypto/keys"
import { toVersion } from "../../../../src/modules/payout/domain/beneficiary"
import {
  toEvent,
  toTransfer,
  type Transfer,
  type TransferEvent,
} from "../../../../src/modules/payout/domain/transfer"
import { gatewayActor } from "../../../../src/modules/payout/actor"
import {
  countedStates,
  mayFollow,
  type TransferState,
} from "../../../../src/modules/payout/domain/state"
import { perDay, type PayoutWorld } from "./payout-world"

const keys = new KeyRing(encryption)

/** What may be undone later and has to be true at every moment. What is written for ever is looked at at the end. */
export async function expectLaws({ observer, findings, gateway }: PayoutWorld): Promise<void> {
  expect(findings).toEqual([])
  const references = gateway.moves.map(({ reference }) => reference)
  expect(references).toEqual([...new Set(references)])
  expect(gateway.begunWhilePaused).toEqual([])
  const days: { sum: string }[] = await observer("payout_transfer")
    .whereIn("status", countedStates)
    .groupByRaw("date_trunc('day', approved_at at time zone 'UTC')")
    .select({ sum: observer.raw("sum(amount)::text") })
  days.forEach(({ sum }) => expect(Number(sum)).toBeLessThanOrEqual(Number(perDay)))
}

/** What has to be true when everything has come to rest and the gateway has been asked about all of it. */
export async function expectRest(world: PayoutWorld): Promise<void> {
  // Of one moment: PostgreSQL can still be at the last statement of a server that has died.
  const { transfers, events } = await world.observer.transaction(
    async (moment) => ({
      transfers: (await moment("payout_transfer")).map(toTransfer),
      events: (await moment("payout_transfer_event").orderBy("position")).map(toEvent),
    }),
    { isolationLevel: "repeatable read" }
  )
  expectMovesAreOrdered(world, transfers, events)
  expectEventsExplain(world, transfers, events)
  await expectWhatWasApproved(world, transfers)
  for (const { reference, status, resolved_by } of transfers) {
    const hasPaid = world.gateway.hasPaid(reference)
    if (openStates.includes(status)) {
      throw new Error(`${reference} is still ${status}`)
    }
    if (world.lostSendings.has(reference)) {
      // The backup knew nothing of it: what a person did then may say otherwise.
      continue
    }
    if (resolved_by !== null && world.gateway.isAtWorkOn(reference)) {
      // A person said so after the gateway had been at work on it for a week: until it ends it, nobody knows better.
      continue
    }
    switch (status) {
      case "submitting":
      case "processing":
      case "unknown":
      case "not_found":
      case "succeeded":
      case "returned":
        expect({ reference, status, hasPaid }).toMatchObject({ hasPaid: true })
        break
      case "awaiting_approval":
      case "approved":
      case "failed":
      case "rejected":
      case "expired":
      case "canceled":
        expect({ reference, status, hasPaid }).toMatchObject({ hasPaid: false })
        break
      case "manual_review":
        break
    }
  }
}

const openStates: readonly TransferState[] = ["submitting", "processing", "unknown", "not_found"]

/** Nothing moved that was not written down before, as it was written down. */
function expectMovesAreOrdered(
  { gateway, lostSendings, rules }: PayoutWorld,
  transfers: readonly Transfer[],
  events: readonly TransferEvent[]
): void {
  for (const { reference, amount, currencyCode } of told(gateway.moves, lostSendings)) {
    const transfer = transfers.find((one) => one.reference === reference)
    expect({ amount, currencyCode }).toEqual({
      amount: transfer?.amount,
      currencyCode: transfer?.currency_code,
    })
    expect(Number(amount)).toBeLessThanOrEqual(Number(rules.perTransfer ?? Infinity))
    // The row that says "about to" was there before.
    const steps = events.filter(({ transfer_id }) => transfer_id === transfer?.id)
    expect(steps.map(({ to_status }) => to_status)).toContain("submitting")
    expect(steps.map(({ to_status }) => to_status)).toContain("approved")
  }
}

function expectEventsExplain(
  { rules }: PayoutWorld,
  transfers: readonly Transfer[],
  events: readonly TransferEvent[]
): void {
  for (const { id, status, reference, same_as_id } of transfers) {
    const steps = events.filter(({ transfer_id }) => transfer_id === id)
    expect(steps.map(({ position }) => position)).toEqual(steps.map((_, index) => index + 1))
    const isHeldOrAsked = rules.approval === "second_person" || same_as_id !== null
    const first = isHeldOrAsked ? "awaiting_approval" : "approved"
    let state: Transfer["status"] | null = null
    let isPersonsWord = false
    for (const { from_status, to_status, actor } of steps) {
      expect(from_status).toBe(state)
      const isLegal =
        from_status === null
          ? to_status === first
          : mayFollow(from_status, to_status, isPersonsWord && actor === gatewayActor)
      expect({ reference, from_status, to_status, isLegal }).toMatchObject({ isLegal: true })
      if (
        from_status === "awaiting_approval" &&
        (to_status === "approved" || to_status === "rejected")
      ) {
        // A secret API key makes and edits, and judges nothing.
        expect({ reference, to_status, actor }).not.toMatchObject({ actor: "apk_1" })
      }
      state = to_status
      isPersonsWord = actor.startsWith("user_")
    }
    expect({ reference, state }).toEqual({ reference, state: status })
  }
}

/**
 * By somebody else than who made it and who last changed what is sent, or by anybody where no second person is
 * asked for and it was held; and it went nowhere else.
 */
async function expectWhatWasApproved(
  { gateway, lostSendings, observer, people, rules }: PayoutWorld,
  transfers: readonly Transfer[]
): Promise<void> {
  const versions = (await observer("payout_beneficiary_version")).map(toVersion)
  for (const { reference, account } of told(gateway.moves, lostSendings)) {
    const transfer = transfers.find((one) => one.reference === reference)
    const version = versions.find(({ id }) => id === transfer?.beneficiary_version_id)
    if (!transfer || !version?.encrypted_account || !version.key_id) {
      throw new Error(`${reference} moved and has no transfer, or no account`)
    }
    const { encrypted_account, key_id } = version
    const encrypted = decryptAccount(keys, version.id, { encrypted_account, key_id })
    expect(account).toBe(encrypted.account_number)
    if (rules.approval === "second_person") {
      expect(transfer.approved_by).not.toBeNull()
      const barred = [transfer.created_by, version.edited_by, ...Object.values(version.changed_by)]
      expect(barred).not.toContain(transfer.approved_by)
      const approver = people.everybody.find(({ id }) => id === transfer.approved_by)
      expect(approver?.since.getTime()).toBeLessThanOrEqual(transfer.created_at.getTime())
    } else if (transfer.same_as_id !== null) {
      expect(transfer.approved_by).not.toBeNull()
    }
  }
}

function told<Moved extends { reference: string }>(
  moves: readonly Moved[],
  lostSendings: ReadonlySet<string>
): Moved[] {
  return moves.filter(({ reference }) => !lostSendings.has(reference))
}

const ends: readonly TransferState[] = [
  "succeeded",
  "returned",
  "failed",
  "rejected",
  "expired",
  "canceled",
]

/** Whoever is left, or is invited for it, brings everything to an end. */
export async function expectWaysOut(world: PayoutWorld): Promise<void> {
  const { payouts } = world.server(0)
  const person = world.people.invite(world.clock.now())
  world.clock.advance(newcomerWaitsMs)
  for (const { id, reference, status } of (await world.observer("payout_transfer")).map(
    toTransfer
  )) {
    switch (status) {
      case "awaiting_approval":
        await payouts.rejectTransfer(id, person, "the run is over")
        break
      case "approved":
        await payouts.cancelTransfer(id, person)
        break
      case "manual_review": {
        const outcome = world.gateway.hasPaid(reference) ? "succeeded" : "failed"
        const decision = { outcome, note: "the dashboard says so" } as const
        // Where the gateway itself answers otherwise by now, that ends it.
        await payouts.resolveTransfer(id, decision, person).catch((error: unknown) => {
          expect(error).toBeInstanceOf(MedusaError)
        })
        break
      }
      default:
    }
  }
  const rest = await world.observer("payout_transfer").whereNotIn("status", ends)
  expect(rest.map(({ reference, status }) => ({ reference, status }))).toEqual([])
}

/** A day: so long somebody is an admin before they say what became of what is older. */
const newcomerWaitsMs = 24 * 60 * 60_000
