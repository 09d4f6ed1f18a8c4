import { startPaymentzSandbox, type PaymentzMemory, type PaymentzSandbox } from ".."
import { Merchant, ORDER } from "./merchant"

const { merchantTransactionId } = ORDER

describe("Paymentz's sandbox, started again with what it remembered", () => {
  const running: PaymentzSandbox[] = []

  afterEach(async () => {
    await Promise.all(running.splice(0).map((sandbox) => sandbox.close()))
  })

  it("refunds what was paid before, once, and gives no number twice", async () => {
    let memory: PaymentzMemory | undefined
    const onMemory = (latest: PaymentzMemory) => {
      memory = structuredClone(latest)
    }
    const first = await start({ onMemory })
    await first.merchant.visit()
    const { paymentId } = first.sandbox.pay(merchantTransactionId)
    const { registrationId } = first.sandbox.saveCard({ id: "cus_1" })

    const second = await start({ memory, onMemory })
    expect(await second.merchant.move("RF", paymentId, "50.00")).toMatchObject({
      result: { code: "00005" },
    })
    const other = { merchantTransactionId: "ORD1002" }
    const paid = await second.merchant.payWithToken(registrationId, other)
    expect(paid).toMatchObject({ transactionStatus: "Y" })
    expect(paid["paymentId"]).not.toBe(paymentId)
    expect(memory?.ledger.map(({ kind }) => kind)).toEqual(["payment", "refund", "payment"])

    const third = await start({ memory })
    expect(await third.merchant.move("RF", paymentId, "50.00")).toMatchObject({
      result: { code: "10006" },
    })
  })

  it("knows nothing without it", async () => {
    const { sandbox } = await start({})
    expect([sandbox.payments.all(), sandbox.savedCards.all(), sandbox.ledger.entries()]).toEqual([
      [],
      [],
      [],
    ])
  })

  async function start(options: Parameters<typeof startPaymentzSandbox>[0]) {
    const sandbox = await startPaymentzSandbox(options)
    running.push(sandbox)
    const merchant = new Merchant(sandbox)
    await merchant.signIn()
    return { sandbox, merchant }
  }
})
