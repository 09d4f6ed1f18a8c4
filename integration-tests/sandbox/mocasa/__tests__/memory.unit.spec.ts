import { startMocasaSandbox, type MocasaMemory, type MocasaSandbox } from ".."
import { Merchant, ORDER } from "./merchant"

const { orderNo } = ORDER

describe("a sandbox that is started again with what it remembered", () => {
  const running: MocasaSandbox[] = []

  afterEach(async () => {
    await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
  })

  it("refunds an order that was paid before, once, and keeps the whole ledger", async () => {
    let memory: MocasaMemory | undefined
    const onMemory = (latest: MocasaMemory) => {
      memory = structuredClone(latest)
    }
    const first = await start({ onMemory })
    await first.merchant.createOrder()
    first.sandbox.pay(orderNo)

    const second = await start({ memory, onMemory })
    expect(await second.merchant.refundOrder()).toMatchObject({ success: true })
    expect(memory?.ledger.map(({ kind }) => kind)).toEqual(["payment", "refund"])

    const third = await start({ memory })
    expect(await third.merchant.refundOrder()).toMatchObject({ code: "ORDER_ALREADY_REFUNDED" })
  })

  it("knows nothing without it", async () => {
    const { sandbox } = await start({})
    expect(sandbox.orders.all()).toEqual([])
    expect(sandbox.ledger.entries()).toEqual([])
  })

  async function start(options: Parameters<typeof startMocasaSandbox>[0]) {
    const sandbox = await startMocasaSandbox(options)
    running.push(sandbox)
    const merchant = new Merchant(sandbox)
    await merchant.signIn()
    return { sandbox, merchant }
  }
})
