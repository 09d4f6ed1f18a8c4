import { startCashySandbox, type CashySandbox } from ".."
import { startReceiver } from "../../shared/__tests__/receiver"
import { Merchant, ORDER, PAYOUT } from "./merchant"

const { mchOrderNo } = ORDER

describe("the control of the sandbox over HTTP", () => {
  let sandbox: CashySandbox

  beforeEach(async () => {
    sandbox = await startCashySandbox()
    const merchant = new Merchant(sandbox)
    await merchant.payIn()
    await merchant.payOut()
  })

  afterEach(() => sandbox.close())

  async function ask(method: string, path: string, body?: unknown) {
    const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method,
      ...(body !== undefined && {
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      }),
    })
    return { status: response.status, body: await response.json() }
  }

  it("says that it does not know an order, a payout or a path", async () => {
    expect(await ask("GET", "orders/NOBODY")).toEqual({
      status: 404,
      body: { error: "There is no order NOBODY" },
    })
    expect((await ask("POST", "orders/NOBODY/pay")).status).toBe(404)
    expect((await ask("POST", "payouts/NOBODY/finish")).status).toBe(404)
    expect((await ask("GET", "nothing")).status).toBe(404)
  })

  it("shows an order by either number, and pays it", async () => {
    const { orderNo } = sandbox.pay(mchOrderNo)
    const shown = await ask("GET", `orders/${mchOrderNo}`)
    expect(shown.body).toEqual(sandbox.orders.get(mchOrderNo))
    expect((await ask("GET", `orders/${orderNo}`)).body).toEqual(shown.body)
  })

  it.each([
    ["pay", "SUCCESS"],
    ["decline", "FAIL"],
    ["expire", "FAIL"],
  ])("can %s an order", async (action, orderStatus) => {
    expect((await ask("POST", `orders/${mchOrderNo}/${action}`)).body).toMatchObject({
      mchOrderNo,
      orderStatus,
    })
    expect(sandbox.orders.get(mchOrderNo)).toMatchObject({ orderStatus })
  })

  it("pays in parts and again, and refuses what is no amount", async () => {
    expect((await ask("POST", `orders/${mchOrderNo}/pay-part`, {})).status).toBe(400)
    expect((await ask("POST", `orders/${mchOrderNo}/pay-part`, { amount: "x" })).status).toBe(400)
    await ask("POST", `orders/${mchOrderNo}/pay-part`, { amount: "60" })
    await ask("POST", `orders/${mchOrderNo}/pay-again`)
    expect(sandbox.ledger.entries().map(({ amount }) => amount)).toEqual(["60.00", "100.00"])
  })

  it("ends a payout", async () => {
    const path = `payouts/${PAYOUT.mchOrderNo}`
    expect((await ask("POST", `${path}/finish`, { orderStatus: "PAYING" })).status).toBe(400)
    expect((await ask("POST", `${path}/finish`, { orderStatus: "SUCCESS" })).status).toBe(200)
    expect((await ask("GET", path)).body).toMatchObject({ orderStatus: "SUCCESS" })
    expect(sandbox.ledger.entries({ kind: "payout" })).toHaveLength(1)
    expect((await ask("POST", `${path}/give-back`)).body).toMatchObject({ orderStatus: "FAIL" })
    expect((await ask("POST", `${path}/give-back`)).status).toBe(400)
  })

  it("sends webhooks elsewhere than the orders say", async () => {
    const receiver = await startReceiver()
    expect((await ask("POST", "webhook", { url: "nowhere" })).status).toBe(400)
    expect((await ask("POST", "webhook", { url: receiver.url })).status).toBe(200)
    await ask("POST", `orders/${mchOrderNo}/pay`)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
    expect((await ask("GET", "webhooks")).body).toMatchObject({
      deliveries: [{ state: "delivered" }],
    })
    await receiver.close()
  })

  it("shows the ledger and the calls", async () => {
    sandbox.pay(mchOrderNo)
    expect((await ask("GET", "ledger")).body).toEqual(sandbox.ledger.entries())
    expect((await ask("GET", "calls")).body).toEqual(sandbox.calls.list())
  })
})
