import fc from "fast-check"
import { bob, newTransfer } from "../../../../src/modules/payout/__tests__/payouts-under-test"
import type { PayoutModuleService } from "../../../../src/modules/payout/service"
import type { Transfer } from "../../../../src/modules/payout/domain/transfer"
import { resolvableStates } from "../../../../src/modules/payout/domain/state"
import { askFaults, sendFaults, type AskFault, type SendFault } from "./ledger-gateway"
import type { PayoutWorld, Rules } from "./payout-world"

/** Something that somebody does to the shop; numbers choose among what is there, whatever that is. */
export type Command =
  | { command: "make"; beneficiary: number; amount: string; key: number }
  | { command: "approve"; transfer: number; by: number; looks: boolean }
  | { command: "reject" | "cancel" | "retry" | "refresh"; transfer: number }
  | { command: "resolve"; transfer: number; by: number; isWrong: boolean }
  | { command: "edit"; beneficiary: number; account: number | null; field: EditedField; by: number }
  | { command: "pause" | "resume" | "leave"; by: number }
  | { command: "invite" | "back up" | "restore" }
  | { command: "send" | "send on both"; after: number; fault: SendFault }
  | { command: "ask" | "ask on both"; after: number; fault: AskFault }
  | { command: "end at the gateway"; transfer: number; outcome: "succeeded" | "failed" }
  | { command: "give back"; transfer: number }
  | { command: "let go" }
  | { command: "wait"; minutes: number }
  | { command: "expire" }

/** What is edited without a new account: two of them are sent, and one is not. */
type EditedField = "shop_name" | "name" | "phone"

/** A command for one of the servers, which may die after so many steps of it. */
export type Step = { on: number; crashAfter: number | null; what: Command }

const choice = fc.nat({ max: 20 })

/** In minutes: long enough for a lease to end, for an answer to be believed, for a day to begin. */
const aWhile = fc.constantFrom(0, 2, 20, 90, 25 * 60)

const arbitraryCommand: fc.Arbitrary<Command> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      command: fc.constant("make"),
      beneficiary: choice,
      amount: fc.constantFrom("100.00", "1100.00", "1500.50"),
      key: fc.nat({ max: 8 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      command: fc.constant("approve"),
      transfer: choice,
      by: fc.nat({ max: 4 }),
      looks: fc.boolean(),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      command: fc.constantFrom("reject", "cancel", "retry", "refresh", "refresh"),
      transfer: choice,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      command: fc.constant("resolve"),
      transfer: choice,
      by: fc.nat({ max: 4 }),
      isWrong: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      command: fc.constant("edit"),
      beneficiary: choice,
      account: fc.option(fc.integer({ min: 100_000, max: 999_999 })),
      field: fc.constantFrom("shop_name", "name", "phone"),
      by: fc.nat({ max: 4 }),
    }),
  },
  {
    weight: 7,
    arbitrary: fc.record({
      command: fc.constantFrom("send", "send on both"),
      after: aWhile,
      fault: fc.constantFrom(...sendFaults),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      command: fc.constantFrom("ask", "ask on both"),
      after: aWhile,
      fault: fc.constantFrom(...askFaults),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      command: fc.constant("end at the gateway"),
      transfer: choice,
      outcome: fc.constantFrom("succeeded", "failed"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ command: fc.constant("give back"), transfer: choice }) },
  { weight: 2, arbitrary: fc.record({ command: fc.constant("let go") }) },
  { weight: 1, arbitrary: fc.record({ command: fc.constant("wait"), minutes: aWhile }) },
  { weight: 1, arbitrary: fc.record({ command: fc.constant("expire") }) },
  {
    weight: 2,
    arbitrary: fc.record({ command: fc.constantFrom("pause", "resume"), by: choice }),
  },
  { weight: 1, arbitrary: fc.record({ command: fc.constant("leave"), by: choice }) },
  { weight: 1, arbitrary: fc.record({ command: fc.constant("invite") }) },
  { weight: 1, arbitrary: fc.record({ command: fc.constant("back up") }) },
  { weight: 3, arbitrary: fc.record({ command: fc.constant("restore") }) }
)

export const arbitraryRules: fc.Arbitrary<Rules> = fc.record({
  approval: fc.constantFrom("second_person", "second_person", "none"),
  perTransfer: fc.constantFrom(undefined, undefined, "1200"),
})

export const arbitrarySteps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    on: fc.nat({ max: 1 }),
    crashAfter: fc.oneof(
      { weight: 6, arbitrary: fc.constant(null) },
      { weight: 1, arbitrary: fc.nat({ max: 24 }) }
    ),
    what: arbitraryCommand,
  }),
  { minLength: 6, maxLength: 20, size: "max" }
)

/** Does it, and lets the server die on the way where it is told to. */
export async function take(world: PayoutWorld, { on, crashAfter, what }: Step): Promise<void> {
  if (what.command === "back up" || what.command === "restore") {
    // No server does it, so none dies of it; and nothing goes on before it is done.
    await run(world, on, what)
    return
  }
  const { crash } = world.server(on)
  const crashed = crashAfter === null ? [] : [crash.arm(crashAfter)]
  // A call that hangs is not waited for; the rest goes on meanwhile.
  await Promise.race([run(world, on, what), world.gateway.hangs(), ...crashed])
  crash.disarm()
}

async function run(world: PayoutWorld, on: number, what: Command): Promise<void> {
  const { gateway, clock } = world
  const onBoth = (work: (payouts: PayoutModuleService) => Promise<unknown>) =>
    Promise.all([world.on(on, work), world.on(on + 1, work)])
  const pass = (minutes: number) => clock.advance(minutes * 60_000)
  switch (what.command) {
    case "make": {
      const id = beneficiaryOf(world, what.beneficiary)
      const idempotency_key = `key ${what.key} ${what.amount} ${id}`
      const request = newTransfer({ id }, { amount: what.amount, idempotency_key })
      const maker = world.people.one(what.key)
      await onBoth((payouts) => payouts.makeTransfer(request, maker))
      return
    }
    case "approve": {
      const one = await chosen(world, what.transfer, ["awaiting_approval"])
      // Another one at the same time: together they may be more than the day allows.
      const another = await chosen(world, what.transfer + 1, ["awaiting_approval"])
      const actor = world.people.one(what.by)
      const second = world.people.one(0)
      const approvalOf = ({ beneficiary_version_id, same_as_id }: Chosen) =>
        what.looks ? { beneficiary_version_id, same_as_id: same_as_id ?? undefined } : {}
      await Promise.all([
        one && world.on(on, (payouts) => payouts.approveTransfer(one.id, actor, approvalOf(one))),
        another &&
          world.on(on + 1, (payouts) =>
            payouts.approveTransfer(another.id, second, approvalOf(another))
          ),
      ])
      return
    }
    case "reject": {
      const transfer = await chosen(world, what.transfer, [])
      const actor = world.people.one(0)
      await (transfer &&
        world.on(on, (payouts) => payouts.rejectTransfer(transfer.id, actor, "no")))
      return
    }
    case "cancel": {
      const transfer = await chosen(world, what.transfer, [])
      const actor = world.people.one(0)
      await (transfer && world.on(on, (payouts) => payouts.cancelTransfer(transfer.id, actor)))
      return
    }
    case "retry": {
      const transfer = await chosen(world, what.transfer, ["failed"])
      gateway.answers = "answers"
      const maker = world.people.one(1)
      await (transfer && onBoth((payouts) => payouts.retryTransfer(transfer.id, maker)))
      return
    }
    case "resolve":
      await resolve(world, on, await chosen(world, what.transfer, resolvableStates), what)
      return
    case "refresh": {
      // The same callback twice, on both servers, in whatever order.
      const transfer = await chosen(world, what.transfer, [])
      await (transfer && onBoth((payouts) => payouts.refreshTransfer(transfer.id, bob)))
      return
    }
    case "edit": {
      const id = beneficiaryOf(world, what.beneficiary)
      const editor = world.people.one(what.by)
      const change =
        what.account === null
          ? { [what.field]: `By ${editor.id}` }
          : { account: { account_number: String(what.account) } }
      await world.on(on, (payouts) => payouts.changeBeneficiary(id, change, editor))
      return
    }
    case "send":
      pass(what.after)
      gateway.sends = what.fault
      await world.on(on, (payouts) => payouts.submitDue(10))
      return
    case "send on both":
      pass(what.after)
      gateway.sends = what.fault
      await onBoth((payouts) => payouts.submitDue(10))
      return
    case "ask":
      pass(what.after)
      gateway.answers = what.fault
      await world.on(on, (payouts) => payouts.refreshDue(10))
      return
    case "ask on both":
      pass(what.after)
      gateway.answers = what.fault
      await onBoth((payouts) => payouts.refreshDue(10))
      return
    case "end at the gateway": {
      const transfer = await chosen(world, what.transfer, ["processing", "unknown", "submitting"])
      return transfer && gateway.end(transfer.reference, what.outcome)
    }
    case "give back": {
      const transfer = await chosen(world, what.transfer, ["succeeded"])
      return transfer && gateway.giveBack(transfer.reference)
    }
    case "let go":
      gateway.letGo()
      return
    case "wait":
      pass(what.minutes)
      return
    case "expire":
      await world.on(on, (payouts) => payouts.expireApprovals())
      return
    case "pause": {
      const { payouts } = world.server(on)
      await world.on(on, async () => {
        await payouts.pauseSending("something is wrong", world.people.one(what.by))
        gateway.isPaused = true
      })
      return
    }
    case "resume":
      await world.on(on, async (payouts) => {
        if (await payouts.sendingPause()) {
          gateway.isPaused = false
          await payouts.resumeSending("it is well", world.people.one(0))
        }
      })
      return
    case "leave":
      world.people.leaves(what.by)
      return
    case "invite":
      world.people.invite(clock.now())
      return
    case "back up":
      await world.backUp()
      return
    case "restore":
      await world.restore()
      return
  }
}

/**
 * A person who looks at the gateway's dashboard says what became of it, once nothing is on the way any more; or is
 * wrong, and says of what was paid that it failed.
 */
async function resolve(
  world: PayoutWorld,
  on: number,
  transfer: Chosen | undefined,
  { by, isWrong }: { by: number; isWrong: boolean }
): Promise<void> {
  const { gateway } = world
  if (transfer && !gateway.onTheWay.has(transfer.reference)) {
    const outcome = gateway.hasPaid(transfer.reference) && !isWrong ? "succeeded" : "failed"
    const decision = { outcome, note: "the dashboard says so" } as const
    const actor = world.people.one(by)
    await world.on(on, (payouts) => payouts.resolveTransfer(transfer.id, decision, actor))
  }
}

function beneficiaryOf({ beneficiaries }: PayoutWorld, number: number): string {
  return beneficiaries[number % beneficiaries.length] ?? ""
}

type Chosen = Pick<
  Transfer,
  "id" | "reference" | "status" | "beneficiary_version_id" | "same_as_id"
>

/** One in one of these states where there is one, else any: what is forbidden has to be tried too. */
async function chosen(
  { observer }: PayoutWorld,
  number: number,
  states: readonly Transfer["status"][]
): Promise<Chosen | undefined> {
  const all: Chosen[] = await observer("payout_transfer")
    .select("id", "reference", "status", "beneficiary_version_id", "same_as_id")
    .orderBy(["created_at", "id"])
  const fitting = all.filter(({ status }) => states.includes(status))
  const among = fitting.length > 0 ? fitting : all
  return among[number % Math.max(among.length, 1)]
}
