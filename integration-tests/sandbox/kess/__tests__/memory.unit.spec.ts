import { startKessSandbox, type KessMemory, type KessSandbox } from ".."
import { Merchant, ORDER, refused } from "./merchant"

const { out_trade_no } = ORDER

describe("a sandbox that is started again with what it remembered", () => {
  const running: KessSandbox[] = []

  afterEach(async () => {
    await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
  })

  it("refunds an order that was paid before, once, and keeps the whole ledger", async () => {
    let memory: KessMemory | undefined
    const onMemory = (latest: KessMemory) => {
      memory = structuredClone(latest)
    }
    const first = await start({ onMemory })
    await first.merchant.nativePay()
    first.sandbox.pay(out_trade_no)

    const second = await start({ memory, onMemory })
    const refund = await second.merchant.refund()
    expect(refund).toMatchObject({ success: true })
    expect(memory?.ledger.map(({ kind }) => kind)).toEqual(["payment", "refund"])

    const third = await start({ memory })
    expect(await third.merchant.refund()).toEqual(refund)
    expect(await third.merchant.refund({ out_refund_no: "R2" })).toMatchObject(refused(200, /left/))
    expect(third.sandbox.ledger.entries()).toHaveLength(2)
  })

  it("knows nothing without it", async () => {
    const { sandbox } = await start({})
    expect(sandbox.orders.all()).toEqual([])
    expect(sandbox.ledger.entries()).toEqual([])
  })

  async function start(options: Parameters<typeof startKessSandbox>[0]) {
    const sandbox = await startKessSandbox(options)
    running.push(sandbox)
    const merchant = new Merchant(sandbox)
    await merchant.signIn()
    return { sandbox, merchant }
  }
})
