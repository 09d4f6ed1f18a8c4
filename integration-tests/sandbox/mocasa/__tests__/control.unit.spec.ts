import { startMocasaSandbox, type MocasaSandbox } from ".."
import { startReceiver } from "../../shared/__tests__/receiver"
import { Merchant, ORDER } from "./merchant"

const { orderNo } = ORDER

describe("the control of the sandbox over HTTP", () => {
  let sandbox: MocasaSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startMocasaSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
    await merchant.createOrder()
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

  it("says that it does not know an order or a path", async () => {
    expect(await ask("GET", "orders/NOBODY")).toEqual({
      status: 404,
      body: { error: "There is no order NOBODY" },
    })
    expect((await ask("POST", "orders/NOBODY/pay")).status).toBe(404)
    expect((await ask("GET", "nothing")).status).toBe(404)
  })

  it("ends a transfer, gives its money back, and shows it", async () => {
    sandbox.set({ transferStatus: "processing" })
    const { data } = await merchant.post("/payout/account/create", {
      idType: "passport",
      idNo: "1",
      beneficiaryName: "Juan",
      businessLisence: "BL-1",
      shopName: "Juan's",
    })
    await merchant.post("/payout/transfer/initiate", {
      transferSerialNo: "P1",
      amount: "50.00",
      payeeAccountNo: String(data?.["accountNo"]),
      purpose: "Share",
    })
    expect((await ask("POST", "transfers/P9/finish", { txStatus: "success" })).status).toBe(404)
    expect((await ask("POST", "transfers/P1/finish", { txStatus: "paying" })).status).toBe(400)
    expect((await ask("POST", "transfers/P1/give-back")).status).toBe(400)
    expect((await ask("POST", "transfers/P1/finish", { txStatus: "success" })).status).toBe(200)
    expect((await ask("POST", "transfers/P1/give-back")).body).toMatchObject({ txStatus: "failed" })
    expect((await ask("GET", "transfers/P1")).body).toMatchObject({ txStatus: "failed" })
  })

  it("pays, declines and settles an order, and shows it", async () => {
    expect((await ask("POST", `orders/${orderNo}/settle`)).status).toBe(400)
    expect((await ask("POST", `orders/${orderNo}/decline`)).body).toMatchObject({
      transaction: { txStatus: "failed" },
    })
    expect((await ask("POST", `orders/${orderNo}/pay`)).body).toMatchObject({
      transaction: { txStatus: "success" },
    })
    expect((await ask("POST", `orders/${orderNo}/settle`)).body).toMatchObject({ settled: true })
    expect((await ask("GET", `orders/${orderNo}`)).body).toEqual(sandbox.orders.get(orderNo))
  })

  it("shows the ledger and the calls", async () => {
    sandbox.pay(orderNo)
    expect((await ask("GET", "ledger")).body).toEqual(sandbox.ledger.entries())
    expect((await ask("GET", "calls")).body).toEqual(sandbox.calls.list())
  })

  it("sets where webhooks go", async () => {
    const receiver = await startReceiver()
    expect((await ask("POST", "webhook", { url: "nowhere" })).status).toBe(400)
    expect((await ask("POST", "webhook", { address: receiver.url })).status).toBe(400)
    expect((await ask("POST", "webhook", { url: receiver.url })).status).toBe(200)
    await ask("POST", `orders/${orderNo}/pay`)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
    expect((await ask("GET", "webhooks")).body).toMatchObject({
      enabled: true,
      deliveries: [{ state: "delivered" }],
    })
    await receiver.close()
  })

  it("takes a JSON body only under its own content type", async () => {
    const response = await fetch(`${sandbox.url}/_sandbox/webhook`, {
      method: "POST",
      body: '{"url":"http://127.0.0.1:9/"}',
    })
    expect(response.status).toBe(400)
    expect(await response.text()).toContain("content-type: application/json")
  })

  it("adds faults, lists them and clears them", async () => {
    const path = "/payment/order/query"
    expect((await ask("POST", "faults", { kind: "gremlin", path })).status).toBe(400)
    expect((await ask("POST", "faults", { kind: "http-error", path, times: 2 })).status).toBe(200)
    await expect(merchant.queryOrder()).rejects.toThrow()
    expect((await ask("GET", "faults")).body).toMatchObject([{ kind: "http-error", times: 1 }])
    expect((await ask("DELETE", "faults")).body).toEqual([])
    expect(await merchant.queryOrder()).toMatchObject({ status: 200 })
  })
})
