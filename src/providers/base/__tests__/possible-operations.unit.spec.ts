import {
  add,
  compare,
  decimal,
  equal,
  fixedAt,
  isPositive,
  subtract,
} from "../../../gateways/shared/money"
import type { GatewayCapabilities } from "../gateway"
import { gatewayContext } from "../context"
import { sumOfDone } from "../amounts"
import {
  bookableCaptures,
  bookableRefunds,
  isWithin,
  type PaymentFacts,
  type Possible,
  possibleCapture,
  possibleRefund,
  possibleVoid,
} from "../possible-operations"
import { recordRefundElsewhere } from "../refund-elsewhere"
import { recordingLogger } from "../../../testing/fake-provider"
import { FakeStore, type Payment, referenceOf } from "../../../testing/fake-store"

type Way = Pick<GatewayCapabilities, "capture" | "refund" | "voids">

const ways: Way[] = (["automatic", "full", "single_partial", "multiple_partial"] as const).flatMap(
  (capture) =>
    (["none", "full", "single_partial", "multiple_partial"] as const).map((refund) => ({
      capture,
      refund,
      voids: capture !== "automatic",
    }))
)

async function reserved(way: Partial<Way>, amount = "100") {
  const store = new FakeStore(way)
  const payment = await store.authorized({ amount })
  return { store, payment }
}

async function factsOf(store: FakeStore, payment: Payment): Promise<PaymentFacts> {
  const order = await store.order(payment)
  const operations = await store.journal.operationsOfOrder(order.reference)
  return { gateway: store.gateway, order, operations }
}

async function record(store: FakeStore, payment: Payment, amount: string): Promise<void> {
  const context = gatewayContext(
    { gateway: store.gateway },
    {
      journal: store.journal,
      log: recordingLogger(() => undefined),
      announce: async () => undefined,
    }
  )
  const order = await store.order(payment)
  await recordRefundElsewhere(context, { order, amount, keep: async () => undefined })
}

const longAgo = new Date("2029-01-01T00:00:00Z")
const later = new Date("2031-01-01T00:00:00Z")

describe("possible operations", () => {
  describe("possibleRefund", () => {
    it.each([
      ["none", { extent: "none", reason: "no_refunds" }],
      ["full", { extent: "whole", amount: "100.00" }],
      ["single_partial", { extent: "part", amount: "100.00" }],
      ["multiple_partial", { extent: "part", amount: "100.00" }],
    ] as const)(
      "of a paid payment is told where a gateway's refunds are %s",
      async (refund, told) => {
        const { store, payment } = await reserved({ refund })
        expect(possibleRefund(await factsOf(store, payment), later)).toEqual(told)
        expect(store.gateway.callsOf("refund")).toEqual([])
      }
    )

    it("is none of what is only reserved", async () => {
      const { store, payment } = await reserved({ capture: "multiple_partial" })
      expect(possibleRefund(await factsOf(store, payment), later)).toMatchObject({
        extent: "none",
        reason: "not_paid",
      })
    })

    it("is what was captured and not given back", async () => {
      const { store, payment } = await reserved({ capture: "multiple_partial" })
      await store.capture(payment, 60)
      await store.refund(payment, 20)
      expect(possibleRefund(await factsOf(store, payment), later)).toEqual({
        extent: "part",
        amount: "40.00",
      })
    })

    it.each([
      ["single_partial", "refunded_once"],
      ["full", "rest_elsewhere"],
    ] as const)("says why nothing is left where refunds are %s", async (refund, reason) => {
      const { store, payment } = await reserved({ refund })
      if (refund === "full") {
        await record(store, payment, "30")
      } else {
        await store.refund(payment, 30)
      }
      expect(possibleRefund(await factsOf(store, payment), later)).toMatchObject({ reason })
    })

    it("is the same refund alone while its outcome is not known", async () => {
      const { store, payment } = await reserved({})
      store.gateway.failNext("refund", { outcome: "unknown" })
      await expect(store.refund(payment, 30)).rejects.toThrow()
      const facts = await factsOf(store, payment)
      expect(possibleRefund(facts, later)).toMatchObject({ extent: "repeat", amount: "30.00" })
    })

    it("is none while another server is at work on it", async () => {
      const { store, payment } = await reserved({})
      store.gateway.failNext("refund", { outcome: "unknown" })
      await expect(store.refund(payment, 30)).rejects.toThrow()
      const facts = await factsOf(store, payment)
      expect(possibleRefund(facts, longAgo)).toMatchObject({ extent: "none", reason: "under_way" })
    })

    it("is none while it is not known whether the money was captured", async () => {
      const { store, payment } = await reserved({ capture: "multiple_partial" })
      await store.capture(payment, 60)
      store.gateway.failNext("capture", { outcome: "unknown" })
      await expect(store.capture(payment, 10)).rejects.toThrow()
      expect(possibleRefund(await factsOf(store, payment), later)).toMatchObject({
        extent: "none",
        reason: "blocked",
        operation: { kind: "capture", amount: "10.00" },
      })
    })

    it("is none of money that went back at the gateway itself", async () => {
      const { store, payment } = await reserved({})
      await store.journal.changeOrder(referenceOf(payment), { state: "refunded" })
      expect(possibleRefund(await factsOf(store, payment), later)).toMatchObject({
        reason: "refunded_at_gateway",
      })
    })
  })

  describe("what is sent", () => {
    it.each(ways.flatMap((way) => [1, 2, 3].map((seed) => ({ ...way, seed }))))(
      "is what was possible before, and nothing else (%j)",
      async ({ seed, ...way }) => {
        const { store, payment } = await reserved(way)
        const chance = chanceFrom(seed * 7919 + JSON.stringify(way).length)
        for (let step = 0; step < 25; step += 1) {
          await act(store, payment, chance)
        }
      }
    )
  })
})

type Chance = <Item>(items: readonly Item[]) => Item

function chanceFrom(seed: number): Chance {
  let state = seed
  return (items) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    const item = items[Math.floor((state / 2_147_483_648) * items.length)]
    if (item === undefined) {
      throw new Error("There is nothing to choose from")
    }
    return item
  }
}

/** One thing that happens to a payment, held against what was said to be possible before. */
async function act(store: FakeStore, payment: Payment, chance: Chance): Promise<void> {
  switch (chance(["refund", "refund", "capture", "capture", "void", "record", "lose"] as const)) {
    case "refund":
      return await tryOut(store, payment, "refund", chance)
    case "capture":
      return await tryOut(store, payment, "capture", chance)
    case "void":
      return await tryVoid(store, payment, chance)
    case "record":
      await record(store, payment, chance(["10", "25", "100"])).catch(() => undefined)
      return
    case "lose": {
      const rows = chance([store.refunds, store.captures])
      rows.pop()
      return
    }
  }
}

async function tryOut(
  store: FakeStore,
  payment: Payment,
  kind: "refund" | "capture",
  chance: Chance
): Promise<void> {
  const facts = await factsOf(store, payment)
  if (kind === "capture" && facts.gateway.capabilities.capture === "automatic") {
    return
  }
  const possible = kind === "refund" ? possibleRefund(facts, later) : possibleCapture(facts, later)
  const rows = new Set([...store.refunds, ...store.captures].map(({ id }) => id))
  const booked = kind === "refund" ? bookableRefunds(facts, rows) : bookableCaptures(facts, rows)
  const amount = chance(candidates(facts, possible, booked, kind))
  const isBooked = booked.some((other) => equal(decimal(other), decimal(amount)))
  const sentBefore = store.gateway.callsOf(kind).length
  const askedBefore = store.gateway.callsOf(`ask ${kind}`).length
  const fault = isBooked ? null : failMaybe(store, kind, chance)
  const result = await store[kind](payment, amount).then(
    () => "made" as const,
    (error: unknown) => String(error)
  )
  const sent = store.gateway.callsOf(kind).length - sentBefore
  const asked = store.gateway.callsOf(`ask ${kind}`).length - askedBefore
  const told = JSON.stringify({ kind, amount, possible, booked, fault, result })
  if (isBooked) {
    expect([told, result, sent]).toEqual([told, "made", 0])
  } else if (!isWithin(possible, amount)) {
    expect([told, result === "made", sent]).toEqual([told, false, 0])
  } else if (possible.extent === "repeat") {
    expect([told, asked > 0]).toEqual([told, true])
  } else {
    expect([told, sent, fault === null ? result : "made"]).toEqual([told, 1, "made"])
  }
  store.gateway.forgetFaults()
}

async function tryVoid(store: FakeStore, payment: Payment, chance: Chance): Promise<void> {
  const facts = await factsOf(store, payment)
  const possible = possibleVoid(facts, later)
  if (chance([true, true, true, false])) {
    return // seldom, because nothing is left to do afterwards
  }
  const before = [store.gateway.callsOf("void"), store.gateway.callsOf("ask void")].flat().length
  failMaybe(store, "void", chance)
  await store.cancel(payment).catch(() => undefined)
  const after = [store.gateway.callsOf("void"), store.gateway.callsOf("ask void")].flat().length
  const told = JSON.stringify({ possible, state: facts.order.state })
  expect([told, after > before]).toEqual([told, possible.extent !== "none"])
  store.gateway.forgetFaults()
}

function failMaybe(store: FakeStore, kind: "refund" | "capture" | "void", chance: Chance) {
  const fault = chance([
    null,
    null,
    null,
    { outcome: "unknown", acts: true },
    { outcome: "unknown" },
    { outcome: "not_sent" },
    { outcome: "declined" },
  ] as const)
  if (fault) {
    store.gateway.failNext(kind, fault)
  }
  return fault
}

/** Around each edge of what is possible. */
function candidates(
  { order, operations }: PaymentFacts,
  possible: Possible,
  booked: readonly string[],
  kind: "refund" | "capture"
): string[] {
  const left = subtract(decimal(order.amount), sumOfDone(operations, kind))
  const edge = possible.extent === "none" ? left : decimal(possible.amount)
  return ["0.01", "10", "25", order.amount, left, edge, add(edge, decimal("0.01")), ...booked]
    .map(decimal)
    .filter((amount) => isPositive(amount) && compare(amount, decimal("1000")) < 0)
    .map((amount) => fixedAt(amount, 2))
}
