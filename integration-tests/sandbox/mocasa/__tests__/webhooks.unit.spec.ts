import { startMocasaSandbox, type MocasaSandbox } from ".."
import { startReceiver, type Receiver } from "../../shared/__tests__/receiver"
import { Merchant, ORDER } from "./merchant"

const { orderNo } = ORDER
const SECRET = "test_secret"
const SIGNATURE_OF_SUCCESS = "RcZfyRK1Z/gpLQNcrv1Hm+f/HCR50umz475kaT2FvQI="

describe("a webhook", () => {
  let receiver: Receiver
  let sandbox: MocasaSandbox
  let status: number

  beforeEach(async () => {
    status = 200
    receiver = await startReceiver(() => ({ status }))
    sandbox = await startMocasaSandbox({
      webhookUrl: receiver.url,
      webhookSecret: SECRET,
      webhookRetryDelayMs: 1,
    })
    const merchant = new Merchant(sandbox)
    await merchant.signIn()
    await merchant.createOrder({ amount: "1234.50" })
  })

  afterEach(async () => {
    await sandbox.close()
    await receiver.close()
  })

  const lastBody = () => receiver.received.at(-1)?.body ?? ""
  const signatures = () => receiver.received.map(({ headers }) => headers["signature"])

  it("refuses an address that is none", () => {
    expect(() => sandbox.set({ webhookUrl: "shop.test/hook" })).toThrow(/http\(s\) URL/)
  })

  it("tells of a payment in JSON, with a number for the amount and a string for the time", async () => {
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(1)
    expect(receiver.received[0]?.headers).toMatchObject({
      "content-type": "application/json",
      signature: SIGNATURE_OF_SUCCESS,
    })
    expect(JSON.parse(lastBody())).toEqual({
      orderNo,
      amount: 1234.5,
      txStatus: "success",
      txMessage: expect.any(String),
      txTime: expect.stringMatching(/^\d{13}$/),
      paymentMode: "Mocasa BNPL",
    })
  })

  it("can be a form", async () => {
    sandbox.set({ webhookEncoding: "form" })
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received[0]?.headers["content-type"]).toBe("application/x-www-form-urlencoded")
    expect(Object.fromEntries(new URLSearchParams(lastBody()))).toMatchObject({
      orderNo,
      amount: "1234.5",
      txStatus: "success",
    })
  })

  it("can be signed with base64 of the hexadecimal digest", async () => {
    sandbox.set({ signatureEncoding: "base64-of-hex" })
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(signatures()[0]).toHaveLength(88)
  })

  it("is sent for each decline and for the payment after it, and not for what changes nothing", async () => {
    sandbox.decline(orderNo)
    await sandbox.webhooks.settled()
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    sandbox.pay(orderNo)
    sandbox.decline(orderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received.map(({ body }) => JSON.parse(body).txStatus)).toEqual([
      "failed",
      "success",
    ])
  })

  it("can come several times over", async () => {
    sandbox.set({ webhookCopies: 3 })
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(signatures()).toEqual([SIGNATURE_OF_SUCCESS, SIGNATURE_OF_SUCCESS, SIGNATURE_OF_SUCCESS])
  })

  it("can carry another amount under a signature that is right", async () => {
    sandbox.set({ webhookAmount: 1 })
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(JSON.parse(lastBody())).toMatchObject({ amount: 1 })
    expect(signatures()).toEqual([SIGNATURE_OF_SUCCESS])
  })

  it("can be forged", async () => {
    sandbox.set({ forgeWebhooks: true })
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(signatures()).toEqual([expect.not.stringContaining(SIGNATURE_OF_SUCCESS)])
    expect(signatures()[0]).toHaveLength(SIGNATURE_OF_SUCCESS.length)
  })

  it("can be held back and sent when a test wants it", async () => {
    sandbox.set({ webhooksOn: false })
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toEqual([])
    sandbox.set({ webhooksOn: true })
    sandbox.resendWebhook(orderNo)
    await sandbox.webhooks.settled()
    expect(signatures()).toEqual([SIGNATURE_OF_SUCCESS])
  })

  it("can name an order that nobody created", async () => {
    sandbox.webhooks.send({
      about: "orderNo",
      reference: "NOBODY",
      amount: 1,
      txStatus: "success",
      txMessage: "",
      txTime: 0,
    })
    await sandbox.webhooks.settled()
    expect(JSON.parse(lastBody())).toMatchObject({ orderNo: "NOBODY" })
  })

  it("that is never taken switches the webhook off until the merchant enables it", async () => {
    status = 401
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(6)
    expect(sandbox.webhooks.enabled).toBe(false)

    status = 200
    sandbox.resendWebhook(orderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(6)

    sandbox.webhooks.enable()
    sandbox.resendWebhook(orderNo)
    await sandbox.webhooks.settled()
    expect(receiver.received).toHaveLength(7)
  })

  it("goes on again when the merchant sets an address", async () => {
    status = 500
    sandbox.pay(orderNo)
    await sandbox.webhooks.settled()
    expect(sandbox.webhooks.enabled).toBe(false)
    sandbox.set({ webhookUrl: receiver.url })
    expect(sandbox.webhooks.enabled).toBe(true)
  })

  it("tells of a transfer by its serial number", async () => {
    const merchant = new Merchant(sandbox)
    await merchant.signIn()
    const { data } = await merchant.post("/payout/account/create", {
      idType: "t",
      idNo: "1",
      beneficiaryName: "n",
      businessLisence: "b",
      shopName: "s",
    })
    await merchant.post("/payout/transfer/initiate", {
      transferSerialNo: "P1",
      amount: "2.00",
      payeeAccountNo: String(data?.["accountNo"]),
      purpose: "p",
    })
    await sandbox.webhooks.settled()
    expect(JSON.parse(lastBody())).toMatchObject({
      transferSerialNo: "P1",
      amount: 2,
      txStatus: "success",
    })
    expect(JSON.parse(lastBody())).not.toHaveProperty("orderNo")
  })
})
