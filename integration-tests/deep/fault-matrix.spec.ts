import { disagreements } from "./support/books"
import { proxyFaults } from "./support/fault-proxy"
import { describeGatewayShop, type SellingThrough } from "./support/gateway-shop"
import { gatewaysOfCalls, moneyCalls, type MoneyCall } from "./support/money-calls"
import { settle } from "./support/settle"
import { tell } from "./support/tell"
import { wishFor, type Wish } from "./support/wishes"

jest.setTimeout(600_000)

/** Gateways at once, each of which has its own proxy; those of one gateway come one after the other. */
const lanes = 4
/** So often somebody tries again before he leaves it to the shop for a while. */
const patience = 3

type Fault = (typeof proxyFaults)[number]

type Case = {
  call: MoneyCall
  selling: SellingThrough
  wish: Wish
  /** Why the fault did not strike as it says, which would prove nothing. */
  missed: string[]
  tries: number
  isThrough: boolean
}

describeGatewayShop("a fault on the way to a gateway", gatewaysOfCalls, (shop, through) => {
  const rows = new Map(moneyCalls.map((call) => [call, { cases: 0, moved: 0, repeated: 0 }]))

  it.each(proxyFaults)(
    "($kind) leaves every payment moved at most once, and the books agree",
    async (fault) => {
      const before = new Set(through.flatMap(({ sandbox }) => sandbox.orders()))
      const waiting = through.values()
      const cases: Case[] = []
      const workThrough = async () => {
        for (const selling of waiting) {
          for (const call of moneyCalls.filter(({ gateway }) => gateway === selling.gateway)) {
            cases.push(await strike(call, selling, fault))
          }
        }
      }
      await Promise.all(Array.from({ length: lanes }, workThrough))
      await settle(shop)
      for (const each of cases) {
        await tryAgain(each)
      }
      await settle(shop)

      const opened = new Map(
        through.map(({ providerId, sandbox }) => [
          providerId,
          [...new Set(sandbox.orders())].filter((reference) => !before.has(reference)),
        ])
      )
      const found = await Promise.all(cases.map((each) => judge(each, fault)))
      const problems = [...found.flat(), ...(await disagreements(shop.database, through, opened))]
      expect(problems).toEqual([])
      expect(cases).toHaveLength(moneyCalls.length)
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
    const { proxy, sandbox } = selling
    const wish = await wishFor(shop, selling, call)
    const before = sandbox.calls(call.operation)
    await proxy.arm(fault.kind, call.meets)
    const isThrough = await wish.attempt()
    const arrived = sandbox.calls(call.operation) - before
    const struck = proxy.struck()
    await proxy.clear()
    const missed = [
      ...(struck === (fault.kind === "refuse" ? 0 : 1) ? [] : [`it struck ${struck} times`]),
      ...(arrived > 0 === fault.acts ? [] : [`${arrived} calls arrived at the gateway`]),
    ]
    const each = { call, selling, wish, missed, tries: 1, isThrough }
    await tryAgain(each)
    return each
  }

  async function tryAgain(each: Case): Promise<void> {
    for (let tries = 0; tries < patience && !each.isThrough; tries += 1) {
      each.isThrough = await each.wish.attempt()
      each.tries += 1
    }
  }

  async function judge({ call, selling, wish, missed, tries }: Case, fault: Fault) {
    const orders = await shop.database("gateway_order").where({ cart_id: wish.cartId })
    const amounts = orders
      .flatMap(({ reference }) => selling.sandbox.moves(call.moves.kind, reference))
      .map(({ amount }) => Number(amount))
    const row = rows.get(call)!
    row.cases += 1
    row.moved += amounts.length
    row.repeated += tries - 1
    // A charge that may have been made is never sent again: where it was not, the shopper has paid nothing.
    const mayBeMissing = call.wish === "charge" && !fault.acts && amounts.length === 0
    const isRight = amounts.length === 1 && amounts[0] === call.moves.amount
    return [
      ...missed,
      ...(isRight || mayBeMissing ? [] : [`moved [${amounts}] in place of ${call.moves.amount}`]),
    ].map((problem) => `${nameOf(call)}, ${fault.kind}: ${problem}`)
  }
})

function nameOf({ name, gateway: { identifier, variant } }: MoneyCall): string {
  return [identifier, variant, name].filter(Boolean).join(" ")
}
