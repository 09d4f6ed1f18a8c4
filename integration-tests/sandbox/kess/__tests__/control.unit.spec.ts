import { startKessSandbox, type KessSandbox } from ".."
import { Merchant, ORDER } from "./merchant"

const { out_trade_no } = ORDER

describe("the control of the sandbox over HTTP", () => {
  let sandbox: KessSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startKessSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
    await merchant.nativePay()
  })

  afterEach(() => sandbox.close())

  async function ask(method: string, path: string, body?: unknown) {
    const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    })
    return { status: response.status, body: await response.json() }
  }

  it("says that it does not know an order, and that KESS has no webhooks", async () => {
    expect(await ask("GET", "orders/NOBODY")).toEqual({
      status: 404,
      body: { error: "There is no order NOBODY" },
    })
    expect((await ask("POST", "orders/NOBODY/pay")).status).toBe(404)
    expect((await ask("GET", "webhooks")).status).toBe(404)
    expect((await ask("POST", "webhook", { url: null })).status).toBe(404)
  })

  it("declines and pays an order, and shows it", async () => {
    expect((await ask("POST", `orders/${out_trade_no}/decline`)).body).toMatchObject({
      declined: true,
    })
    expect((await ask("POST", `orders/${out_trade_no}/pay`)).body).toMatchObject({
      payment: { amount: "0.30", fee: "0.00" },
    })
    const { body } = await ask("GET", `orders/${out_trade_no}`)
    expect(body).toEqual(sandbox.orders.get(out_trade_no))
  })

  it("shows the ledger and the calls", async () => {
    sandbox.pay(out_trade_no)
    expect((await ask("GET", "ledger")).body).toEqual(sandbox.ledger.entries())
    expect((await ask("GET", "calls")).body).toEqual(sandbox.calls.list())
  })

  it("adds faults, lists them and clears them", async () => {
    const path = "/check-payment-status"
    expect((await ask("POST", "faults", { kind: "gremlin", path })).status).toBe(400)
    expect((await ask("POST", "faults", { kind: "http-error", path, times: 2 })).status).toBe(200)
    await expect(merchant.checkPayment()).rejects.toThrow()
    expect((await ask("GET", "faults")).body).toMatchObject([{ kind: "http-error", times: 1 }])
    expect((await ask("DELETE", "faults")).body).toEqual([])
    expect(await merchant.checkPayment()).toMatchObject({ success: true })
  })
})
