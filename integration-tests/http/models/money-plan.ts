import fc from "fast-check"
import { proxyFaults, type ProxyFault } from "../support/fault-proxy"
import { webhookFates, type WebhookFate } from "./unreliable-relay"

/** What somebody does; `cart` and `gateway` are counted round those there are. */
export type Action =
  | { type: "buy"; gateway: number; pays: boolean; comesBack: boolean }
  | { type: "change cart"; cart: number }
  | { type: "choose again"; cart: number }
  | { type: "pay late"; cart: number; session: number }
  | { type: "come back"; cart: number }
  | { type: "capture"; cart: number }
  | { type: "refund"; cart: number; amount: number; admins: 1 | 2 }
  | { type: "cancel"; cart: number }
  | { type: "fault"; gateway: number; kind: ProxyFault }

/** When the server is killed: when so many actions are through, and some time after that. */
export type Kill = { actions: number; ms: number }

export type Plan = { actions: Action[]; kills: Kill[]; fates: WebhookFate[] }

const nth = fc.nat({ max: 99 })

const mostly = fc.constantFrom(true, true, true, false)

const buy = fc.record({
  type: fc.constant("buy" as const),
  gateway: nth,
  pays: mostly,
  comesBack: mostly,
})
const refund = fc.record({
  type: fc.constant("refund" as const),
  cart: nth,
  amount: fc.constantFrom(40, 60, 100),
  admins: fc.constantFrom(1 as const, 2 as const),
})
const payLate = fc.record({ type: fc.constant("pay late" as const), cart: nth, session: nth })
const onCart = <Type extends "change cart" | "choose again" | "come back" | "capture" | "cancel">(
  type: Type
) => fc.record({ type: fc.constant(type), cart: nth })
const fault = fc.record({
  type: fc.constant("fault" as const),
  gateway: nth,
  kind: fc.constantFrom(...proxyFaults.map(({ kind }) => kind)),
})

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: buy },
  { weight: 4, arbitrary: refund },
  { weight: 5, arbitrary: fault },
  { weight: 2, arbitrary: onCart("change cart") },
  { weight: 2, arbitrary: payLate },
  { weight: 2, arbitrary: onCart("capture") },
  { weight: 1, arbitrary: onCart("choose again") },
  { weight: 1, arbitrary: onCart("come back") },
  { weight: 1, arbitrary: onCart("cancel") }
)

/** Before anything can go wrong with orders there must be some: until then nobody is killed. */
const openings = 8
const actionsPerKill = 12

export function planOf(actions: number): fc.Arbitrary<Plan> {
  const howOften = Math.max(1, Math.floor((actions - openings) / actionsPerKill))
  return fc.record({
    actions: fc
      .tuple(exactly(openings, buy), exactly(Math.max(0, actions - openings), action))
      .map((parts) => parts.flat()),
    kills: fc
      .tuple(
        fc.uniqueArray(fc.integer({ min: openings, max: actions - 3 }), {
          minLength: howOften,
          maxLength: howOften,
        }),
        exactly(howOften, fc.nat({ max: 800 }))
      )
      .map(([ends, ms]) =>
        ends.sort((a, b) => a - b).map((actions, nth) => ({ actions, ms: ms[nth]! }))
      ),
    fates: exactly(50, fc.constantFrom("passes", "passes", ...webhookFates)),
  })
}

function exactly<Item>(howMany: number, item: fc.Arbitrary<Item>): fc.Arbitrary<Item[]> {
  return fc.array(item, { minLength: howMany, maxLength: howMany })
}
