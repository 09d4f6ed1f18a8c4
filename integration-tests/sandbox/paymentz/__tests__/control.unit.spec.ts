import { startReceiver } from "../../shared/__tests__/receiver"
import { startPaymentzSandbox, type PaymentzSandbox } from ".."
import { API, Merchant, ORDER } from "./merchant"

const { merchantTransactionId } = ORDER

describe("the control of Paymentz's sandbox over HTTP", () => {
  let sandbox: PaymentzSandbox

  beforeEach(async () => {
    sandbox = await startPaymentzSandbox()
    await new Merchant(sandbox).visit()
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

  it("says that it does not know an order", async () => {
    expect(await ask("GET", "orders/NOBODY")).toEqual({
      status: 404,
      body: { error: "There is no payment for NOBODY" },
    })
    expect((await ask("POST", "orders/NOBODY/pay")).status).toBe(404)
  })

  it("declines, cancels, pays, settles and charges back an order, and shows its attempts", async () => {
    const order = `orders/${merchantTransactionId}`
    expect((await ask("POST", `${order}/settle`)).status).toBe(400)
    expect((await ask("POST", `${order}/chargeback`)).status).toBe(400)
    for (const [action, status] of [
      ["decline", "authfailed"],
      ["cancel", "cancelled"],
      ["pay", "capturesuccess"],
      ["settle", "settled"],
      ["chargeback", "chargeback"],
    ]) {
      expect((await ask("POST", `${order}/${action}`)).body).toMatchObject({ status })
    }
    const attempts = sandbox.payments.attempts(merchantTransactionId)
    expect(attempts).toHaveLength(3)
    expect((await ask("GET", order)).body).toEqual(attempts)
    expect((await ask("GET", "ledger")).body).toEqual(sandbox.ledger.entries())
  })

  it("ends a payout, gives its money back, and shows it", async () => {
    sandbox.set({ payoutStatus: "payoutstarted" })
    const merchant = new Merchant(sandbox)
    await merchant.signIn()
    const { paymentId } = sandbox.pay(merchantTransactionId)
    const payout = { merchantTransactionId: "PO1", amount: "20.00", currency: "USD", paymentId }
    const signed = merchant.signed({ ...payout, paymentType: "PO" }, "PO1", "20.00", "KEY")
    await merchant.send(`${API}/payout`, signed)
    expect((await ask("POST", "payouts/PO9/finish", { status: "payoutfailed" })).status).toBe(404)
    expect((await ask("POST", "payouts/PO1/finish", { status: "done" })).status).toBe(400)
    expect((await ask("POST", "payouts/PO1/give-back")).status).toBe(400)
    const end = { status: "payoutsuccessful" }
    expect((await ask("POST", "payouts/PO1/finish", end)).body).toMatchObject(end)
    expect((await ask("POST", "payouts/PO1/give-back")).body).toMatchObject({ status: "reversed" })
    expect((await ask("GET", "payouts/PO1")).body).toMatchObject({ status: "reversed" })
  })

  it("sends all callbacks to one address, whatever came with the payments", async () => {
    const receiver = await startReceiver()
    expect((await ask("POST", "webhook", { url: "nowhere" })).status).toBe(400)
    await ask("POST", "webhook", { url: receiver.url })
    await ask("POST", `orders/${merchantTransactionId}/pay`)
    await sandbox.callbacks.settled()
    expect(receiver.received).toHaveLength(1)
    await receiver.close()
  })
})
