import { startReceiver, type Receiver } from "../../shared/__tests__/receiver"
import { startPaymentzSandbox, type PaymentzSandbox } from ".."
import { Merchant, ORDER, press } from "./merchant"

const { merchantTransactionId } = ORDER

describe("a callback", () => {
  let receiver: Receiver
  let sandbox: PaymentzSandbox
  let merchant: Merchant
  let status: number

  beforeEach(async () => {
    status = 200
    receiver = await startReceiver(() => ({ status }))
    sandbox = await startPaymentzSandbox({ secureKey: "test_key", callbackRetryDelayMs: 1 })
    merchant = new Merchant(sandbox)
    await merchant.signIn()
    await merchant.visit(merchant.checkoutForm({ notificationUrl: receiver.url }))
  })

  afterEach(async () => {
    await sandbox.close()
    await receiver.close()
  })

  async function bodies(): Promise<Record<string, unknown>[]> {
    await sandbox.callbacks.settled()
    return receiver.received.map(({ body }) => JSON.parse(body))
  }

  it("refuses an address that is none", () => {
    expect(() => sandbox.set({ callbackUrl: "shop.test/hook" })).toThrow(/http\(s\) URL/)
  })

  it("goes as JSON to the address that came with the payment, signed over the short status", async () => {
    const { paymentId } = sandbox.pay(merchantTransactionId)
    expect(await bodies()).toMatchObject([
      {
        paymentId,
        merchantTransactionId,
        amount: "50.00",
        status: "capturesuccess",
        transactionStatus: "Y",
        result: { code: "00001" },
        checksum: merchant.md5(paymentId, "ORD1001", "50.00", "Y", "test_key"),
      },
    ])
    expect(receiver.received[0]).toMatchObject({
      method: "POST",
      headers: { "content-type": "application/json; charset=UTF-8" },
    })
  })

  it("is not sent for a payment that came without an address", async () => {
    await merchant.visit(merchant.checkoutForm({ merchantTransactionId: "ORD1002" }))
    sandbox.pay("ORD1002")
    expect(await bodies()).toEqual([])
  })

  it("tells of a decline, and of the payment after it under another number", async () => {
    const declined = sandbox.decline(merchantTransactionId)
    await sandbox.callbacks.settled()
    const paid = sandbox.pay(merchantTransactionId)
    sandbox.pay(merchantTransactionId)
    sandbox.decline(merchantTransactionId)
    expect(await bodies()).toMatchObject([
      { paymentId: declined.paymentId, transactionStatus: "N", result: { code: "11005" } },
      { paymentId: paid.paymentId, transactionStatus: "Y" },
    ])
  })

  it("can be forged, come several times over, or carry another amount that is signed too", async () => {
    sandbox.set({ callbackCopies: 2, callbackAmount: "1.00" })
    const { paymentId } = sandbox.pay(merchantTransactionId)
    const checksum = merchant.md5(paymentId, "ORD1001", "1.00", "Y", "test_key")
    const body = { amount: "1.00", checksum }
    expect(await bodies()).toMatchObject([body, body])
    sandbox.set({ forgeCallbacks: true, callbackCopies: 1 })
    sandbox.resendCallback(merchantTransactionId)
    const [, , forged] = await bodies()
    expect(forged?.["checksum"]).not.toBe(checksum)
    expect(forged?.["checksum"]).toHaveLength(32)
  })

  it("can be signed with another of the merchant's keys, while the keys are changed", async () => {
    sandbox.set({ callbackKey: "old_key" })
    const { paymentId } = sandbox.pay(merchantTransactionId)
    const checksum = merchant.md5(paymentId, "ORD1001", "50.00", "Y", "old_key")
    expect(await bodies()).toMatchObject([{ checksum }])
  })

  it("of a cancelled payment can be signed by anybody, with the word null for key and number", async () => {
    sandbox.set({ nullKey: true })
    sandbox.cancel(merchantTransactionId)
    const [body] = await bodies()
    expect(body).toMatchObject({
      transactionStatus: "C",
      checksum: merchant.md5("null", "ORD1001", "50.00", "C", "null"),
    })
    expect(body).not.toHaveProperty("paymentId")
  })

  it("of any other status keeps the merchant's key", async () => {
    sandbox.set({ nullKey: true })
    const { paymentId } = sandbox.pay(merchantTransactionId)
    const checksum = merchant.md5(paymentId, "ORD1001", "50.00", "Y", "test_key")
    expect(await bodies()).toMatchObject([{ checksum }])
  })

  it("tells of a chargeback, whose short status is still that of a payment", async () => {
    sandbox.set({ callbacksOn: false })
    sandbox.pay(merchantTransactionId)
    sandbox.set({ callbacksOn: true })
    sandbox.chargeback(merchantTransactionId)
    expect(await bodies()).toMatchObject([{ status: "chargeback", transactionStatus: "Y" }])
    expect(sandbox.ledger.entries({ kind: "chargeback" })).toMatchObject([{ amount: "50.00" }])
  })

  it("tells of a refund only where that is switched on", async () => {
    const { paymentId } = sandbox.pay(merchantTransactionId)
    sandbox.set({ callbacksOfMoves: true })
    await merchant.move("RF", paymentId, "50.00")
    expect(await bodies()).toMatchObject([{ status: "capturesuccess" }, { status: "reversed" }])
  })

  it("can be held back and sent when a test wants it", async () => {
    sandbox.set({ callbacksOn: false })
    sandbox.pay(merchantTransactionId)
    expect(await bodies()).toEqual([])
    sandbox.set({ callbacksOn: true })
    sandbox.resendCallback(merchantTransactionId)
    expect(await bodies()).toHaveLength(1)
  })

  it("can name a payment that nobody made", async () => {
    sandbox.callbacks.send(
      {
        paymentId: "1",
        merchantTransactionId: "NOBODY",
        amount: "1.00",
        transactionStatus: "Y",
      },
      receiver.url
    )
    expect(await bodies()).toEqual([
      expect.objectContaining({
        merchantTransactionId: "NOBODY",
        checksum: merchant.md5("1", "NOBODY", "1.00", "Y", "test_key"),
      }),
    ])
  })

  it("that is not taken is sent again, then given up, and the others go on", async () => {
    status = 500
    sandbox.pay(merchantTransactionId)
    await sandbox.callbacks.settled()
    expect(receiver.received).toHaveLength(6)
    status = 200
    sandbox.resendCallback(merchantTransactionId)
    expect(await bodies()).toHaveLength(7)
  })

  it("is sent by the shopper's own button too, before the browser is back in the shop", async () => {
    await press(await merchant.visit(), "Pay")
    expect(await bodies()).toMatchObject([{ transactionStatus: "Y" }])
  })
})
