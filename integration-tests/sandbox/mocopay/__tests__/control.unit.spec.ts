import { startMocopaySandbox, type MocopayMemory, type MocopaySandbox } from ".."
import { startReceiver } from "../../shared/__tests__/receiver"
import { Merchant, ORDER } from "./merchant"

const { referenceId } = ORDER

describe("the control of the sandbox over HTTP", () => {
  let sandbox: MocopaySandbox

  beforeEach(async () => {
    sandbox = await startMocopaySandbox()
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

  it("says that it does not know a payment", async () => {
    for (const [method, path] of [
      ["GET", "payments/NOBODY"],
      ["POST", "payments/NOBODY/pay"],
    ] as const) {
      expect(await ask(method, path)).toEqual({
        status: 404,
        body: { error: "There is no payment NOBODY" },
      })
    }
  })

  it("declines, fails, authorizes and pays a payment, and shows it", async () => {
    await new Merchant(sandbox).init()
    for (const [act, status] of [
      ["decline", "Canceled"],
      ["fail", "Failed"],
      ["authorize", "Authorized"],
      ["pay", "PaymentComplete"],
    ] as const) {
      expect(await ask("POST", `payments/${referenceId}/${act}`)).toMatchObject({
        status: 200,
        body: { status },
      })
    }
    expect((await ask("GET", `payments/${referenceId}`)).body).toEqual(
      sandbox.payments.get(referenceId)
    )
    expect((await ask("GET", "ledger")).body).toEqual(sandbox.ledger.entries())
  })

  it("charges a further series, where there can be one", async () => {
    const merchant = new Merchant(sandbox)
    await merchant.init({ ...ORDER, pid: "PP27638049" })
    const path = `payments/${referenceId}/charge-series`
    expect((await ask("POST", path)).status).toBe(400)
    await ask("POST", `payments/${referenceId}/pay`)
    expect((await ask("POST", path)).body).toMatchObject({ series: 2 })
  })

  it("sets where notifications go", async () => {
    const receiver = await startReceiver()
    expect((await ask("POST", "webhook", { url: "nowhere" })).status).toBe(400)
    expect((await ask("POST", "webhook", { url: receiver.url })).status).toBe(200)
    await new Merchant(sandbox).init()
    sandbox.pay(referenceId)
    await sandbox.notifications.settled()
    expect(receiver.received).toHaveLength(2)
    expect((await ask("GET", "webhooks")).body).toMatchObject({
      deliveries: [{ state: "delivered" }, { state: "delivered" }],
    })
    await receiver.close()
  })
})

describe("a sandbox that is started again with what it remembered", () => {
  it("knows what was paid before, and keeps the whole ledger", async () => {
    let memory: MocopayMemory | undefined
    const first = await startMocopaySandbox({
      onMemory: (latest) => {
        memory = structuredClone(latest)
      },
    })
    await new Merchant(first).init({ ...ORDER, pid: "PP27638049" })
    first.pay(referenceId)
    await first.close()

    const second = await startMocopaySandbox({ memory })
    second.chargeSeries(referenceId)
    expect((await new Merchant(second).verify()).body).toMatchObject({ totalChargedAmount: 10 })
    expect(second.ledger.entries()).toHaveLength(2)
    await second.close()
  })
})
