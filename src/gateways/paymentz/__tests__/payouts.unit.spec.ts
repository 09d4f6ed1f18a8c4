import { payOut } from "../payouts"
import { payoutState } from "../payout-status"
import { failure, startClient } from "./client-under-test"
import { type PaymentzServer, said } from "./paymentz-server"

let started: Awaited<ReturnType<typeof startClient>>
let server: PaymentzServer

beforeEach(async () => {
  started = await startClient()
  ;({ server } = started)
})

afterEach(async () => {
  await started.close()
})

const payout = {
  reference: "PO1001",
  amount: "50",
  currency: "usd",
  paymentId: "54289",
  merchantEmail: "shop@example.test",
}
const send = (change: object = {}) => payOut(started.client, { ...payout, ...change })
const reply = { paymentId: "90001", merchantTransactionId: "PO1001", amount: "50.00" }

describe("a payout", () => {
  it.each([
    ["a code that is listed as a no", said("10001"), "declined"],
    ["the issuer's no", said("11005", { ...reply, status: "payoutfailed" }), "declined"],
    ["no record of the earlier payment", said("10026"), "declined"],
    ["another operation's yes", said("00005"), "unknown"],
  ])("is refused or not known with %s", async (_what, answer, outcome) => {
    server.answers = [answer]
    const result = await send().catch((error: unknown) => error)
    expect(result).toMatchObject(outcome === "unknown" ? { state: outcome } : { outcome })
    expect(server.calls).toHaveLength(1)
  })

  it.each([
    ["00001", "payoutsuccessful", "succeeded"],
    ["00001", "payoutstarted", "processing"],
    ["00001", "PayoutSuccessful", "succeeded"],
    ["00001", undefined, "processing"],
    ["00001", "Y", "processing"],
    ["00001", "capturesuccess", "processing"],
    ["00001", "payoutfailed", "unknown"],
    ["00001", "reversed", "unknown"],
    ["10001", "payoutsuccessful", "unknown"],
    ["10001", "payoutstarted", "unknown"],
    ["00099", "payoutsuccessful", "unknown"],
    ["00099", "payoutfailed", "unknown"],
    ["00026", "payoutsuccessful", "unknown"],
  ])("answered with %s and the status %s is %s", async (code, status, state) => {
    server.answers = [said(code, { ...reply, status })]
    expect(await send()).toMatchObject({ state })
  })

  it.each([
    ["another payout", { ...reply, merchantTransactionId: "PO9" }],
    ["no payout in particular", { ...reply, merchantTransactionId: "" }],
  ])("is not known to be sent by a yes about %s", async (_what, fields) => {
    server.answers = [said("00001", { ...fields, status: "payoutsuccessful" })]
    expect(await failure(send)).toMatchObject({ outcome: "unknown", reason: "mismatch" })
  })

  it("has a checksum of its own, with the key at its end", async () => {
    const client = await startClient()
    client.server.answers = [said("00001", { ...reply, status: "payoutsuccessful" })]
    await payOut(client.client, { ...payout, notificationUrl: "https://m.example/n" })
    expect(client.server.calls[0]?.path).toBe("/payout")
    expect(client.server.calls[0]?.form).toEqual({
      "authentication.memberId": "11344",
      "authentication.checksum": "3bfa78063ab31070ca2a4b8f0b7f03d1",
      merchantTransactionId: "PO1001",
      amount: "50.00",
      currency: "USD",
      paymentType: "PO",
      paymentId: "54289",
      "merchant.email": "shop@example.test",
      notificationUrl: "https://m.example/n",
    })
    await client.close()
  })

  it("with a third decimal is refused before anything is sent", async () => {
    expect(await failure(() => send({ amount: "50.001" }))).toMatchObject({ outcome: "declined" })
    expect(server.requests).toEqual([])
  })
})

it.each([undefined, "", "Y", "N", "settled", "paid", "constructor", "__proto__"])(
  "the word %j says nothing of a payout's money",
  (word) => {
    expect(payoutState(word)).toBeUndefined()
  }
)
