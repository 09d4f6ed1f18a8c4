import { disagreements } from "../support/disagreements"
import { proxyFaults, type ProxyFault } from "../support/fault-proxy"
import type { GatewayShop, SellingThrough } from "../support/gateway-shop"
import { moneyCalls, type MoneyCall } from "../support/money-calls"
import { settle } from "../support/settle"
import { tell } from "../support/tell"
import { requestFor, type MoneyRequest } from "../support/requests"

/** Gateways at once, each of which has its own proxy; those of one gateway come one after the other. */
const concurrency = 4
/** So often somebody tries again before he leaves it to the shop for a while. */
const patience = 3

type Fault = (typeof proxyFaults)[number]

/** One of each class: never sent, lost before the gateway acted, lost after, twice. */
const classes: readonly ProxyFault[] = [
  "refuse",
  "black hole before the gateway",
  "reset after the gateway acted",
  "duplicate, the second answer comes",
]

/**
 * `all`: every call meets every fault. `sampled`: so does each but those that go most of their way with another, which
 * meet one fault of each class. `one each`: each call meets one, and each class some calls.
 */
export type FaultExtent = "all" | "sampled" | "one each"

function meetsFault(call: MoneyCall, nth: number, kind: ProxyFault, extent: FaultExtent): boolean {
  switch (extent) {
    case "all":
      return true
    case "sampled":
      return !call.isSampled || classes.includes(kind)
    case "one each":
      return classes[nth % classes.length] === kind
  }
}

type Case = {
  call: MoneyCall
  selling: SellingThrough
  request: MoneyRequest
  /** The orders at the gateway that were opened for it. */
  references: Set<string>
  /** Why the fault did not strike as it says, which would prove nothing. */
  missed: string[]
  tries: number
  isThrough: boolean
}

export function faultMatrix(shop: GatewayShop, extent: FaultExtent): void {
  const { through } = shop
  const callsOf = ({ kind }: Fault) =>
    moneyCalls.filter((call, nth) => meetsFault(call, nth, kind, extent))
  const faults = proxyFaults.filter((fault) => callsOf(fault).length > 0)
  describe("a fault on the way to a gateway", () => {
    const rows = new Map(moneyCalls.map((call) => [call, { cases: 0, moved: 0, repeated: 0 }]))

    it.each(faults)(
      "($kind) leaves every payment moved at most once, and the books agree",
      async (fault) => {
        const before = new Set(through.flatMap(({ sandbox }) => sandbox.orders()))
        const waiting = through.values()
        const calls = callsOf(fault)
        const { rows: clock } = await shop.database.raw("select clock_timestamp() as now")
        const cases: Case[] = []
        const workThrough = async () => {
          for (const selling of waiting) {
            for (const call of calls.filter(({ gateway }) => gateway === selling.gateway)) {
              cases.push(await strike(call, selling, fault))
            }
          }
        }
        const ends = await Promise.allSettled(Array.from({ length: concurrency }, workThrough))
        expect(ends.filter(({ status }) => status === "rejected")).toEqual([])
        await settle(shop)
        for (const each of cases) {
          await noting(each, async () => await tryAgain(each))
        }
        await settle(shop)

        const opened = new Map(
          through.map(({ providerId, sandbox }) => [
            providerId,
            [...new Set(sandbox.orders())].filter((reference) => !before.has(reference)),
          ])
        )
        const found = cases.flatMap((each) => check(each, fault))
        const problems = [
          ...found,
          ...(await disagreements(shop.database, through, opened, clock[0].now)),
        ]
        expect(problems).toEqual([])
        expect(cases).toHaveLength(calls.length)
      }
    )

    afterAll(() => {
      const cases = [...rows.values()].reduce((sum, row) => sum + row.cases, 0)
      tell(`fault matrix: ${cases} cases of ${moneyCalls.length} money calls and their faults`)
      for (const [call, row] of rows) {
        tell(
          `  ${nameOf(call).padEnd(36)} ${row.cases} faults struck, tried ${row.repeated} times more, ` +
            `moved ${row.moved} times`
        )
      }
    })

    async function strike(call: MoneyCall, selling: SellingThrough, fault: Fault): Promise<Case> {
      const references = new Set<string>()
      return await noting({ selling, references }, async () => {
        const { proxy, sandbox } = selling
        const request = await requestFor(shop, selling, call)
        const before = sandbox.calls(call.operation)
        await proxy.arm(fault.kind, call.meets)
        const isThrough = await request.attempt()
        const arrived = sandbox.calls(call.operation) - before
        const struck = proxy.struck()
        await proxy.clear()
        const missed = [
          ...(struck === (fault.kind === "refuse" ? 0 : 1) ? [] : [`it struck ${struck} times`]),
          ...(arrived > 0 === fault.acts ? [] : [`${arrived} calls arrived at the gateway`]),
        ]
        const each = { call, selling, request, references, missed, tries: 1, isThrough }
        await tryAgain(each)
        return each
      })
    }

    /** Nothing else is done through the gateway meanwhile, so that what is opened there belongs to this case. */
    async function noting<Result>(
      { selling, references }: Pick<Case, "selling" | "references">,
      work: () => Promise<Result>
    ): Promise<Result> {
      const known = new Set(await referencesOf(selling))
      const result = await work()
      for (const reference of await referencesOf(selling)) {
        if (!known.has(reference)) {
          references.add(reference)
        }
      }
      return result
    }

    async function referencesOf({ providerId }: SellingThrough): Promise<string[]> {
      return await shop
        .database("gateway_order")
        .where({ provider_id: providerId })
        .pluck("reference")
    }

    async function tryAgain(each: Case): Promise<void> {
      for (let tries = 0; tries < patience && !each.isThrough; tries += 1) {
        each.isThrough = await each.request.attempt()
        each.tries += 1
      }
    }

    function check({ call, selling, references, missed, tries }: Case, fault: Fault): string[] {
      const amounts = [...references]
        .flatMap((reference) => selling.sandbox.moves(call.moves.kind, reference))
        .map(({ amount }) => Number(amount))
      const row = rows.get(call)!
      row.cases += 1
      row.moved += amounts.length
      row.repeated += tries - 1
      // A charge that may have been made is never sent again: where it was not, the shopper has paid nothing.
      const isCharge = call.operation === "charge"
      const mayBeMissing = isCharge && !fault.acts && amounts.length === 0
      const isRight = amounts.length === 1 && amounts[0] === call.moves.amount
      return [
        ...missed,
        ...(isRight || mayBeMissing ? [] : [`moved [${amounts}] in place of ${call.moves.amount}`]),
      ].map((problem) => `${nameOf(call)}, ${fault.kind}: ${problem}`)
    }
  })
}

function nameOf({ name, gateway: { identifier, variant } }: MoneyCall): string {
  return [identifier, variant, name].filter(Boolean).join(" ")
}
