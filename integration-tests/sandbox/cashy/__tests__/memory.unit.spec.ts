import { startCashySandbox, type CashyMemory, type CashySandbox } from ".."
import { Merchant, ORDER, PAYOUT } from "./merchant"

const { mchOrderNo } = ORDER

describe("a sandbox that is started again with what it remembered", () => {
  const running: CashySandbox[] = []

  afterEach(async () => {
    await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
  })

  it("goes on where it stopped, with its orders, its payouts and the whole ledger", async () => {
    let memory: CashyMemory | undefined
    const onMemory = (latest: CashyMemory) => {
      memory = structuredClone(latest)
    }
    const first = await start({ onMemory })
    await first.merchant.payIn()
    await first.merchant.payOut()
    first.sandbox.payPart(mchOrderNo, "60")

    const second = await start({ memory, onMemory })
    expect(second.sandbox.payPart(mchOrderNo, "40").mchOrderNo).toBe(`${mchOrderNo}00002`)
    second.sandbox.sayOfPayout(PAYOUT.mchOrderNo, "SUCCESS")
    expect(memory?.ledger.map(({ kind, amount }) => [kind, amount])).toEqual([
      ["payment", "60.00"],
      ["payment", "40.00"],
      ["payout", "50.00"],
    ])

    const third = await start({ memory })
    expect(await third.merchant.payIn()).toMatchObject({ msg: "Payin_Order_Error" })
    expect((await third.merchant.queryPayout()).data).toMatchObject({ orderStatus: "SUCCESS" })
  })

  it("knows nothing without it", async () => {
    const { sandbox } = await start({})
    expect(sandbox.orders.all()).toEqual([])
    expect(sandbox.payouts.all()).toEqual([])
    expect(sandbox.ledger.entries()).toEqual([])
  })

  async function start(options: Parameters<typeof startCashySandbox>[0]) {
    const sandbox = await startCashySandbox(options)
    running.push(sandbox)
    return { sandbox, merchant: new Merchant(sandbox) }
  }
})
