import type { KessClient } from "../client"
import { authCode, failure, orderNo, refundNo, startClient } from "./client-under-test"
import { refused, success, type KessServer } from "./kess-server"

const anyData = {
  is_success: true,
  out_trade_no: orderNo,
  out_refund_no: refundNo,
  amount: 1,
  refund_amount: 1,
  currency: "USD",
  result_code: "SUCCESS",
}

let started: Awaited<ReturnType<typeof startClient>>
let server: KessServer
let client: KessClient

beforeEach(async () => {
  started = await startClient()
  ;({ server, client } = started)
  server.answers = [success(anyData)]
})

afterEach(async () => {
  await started.close()
})

const payment = { outTradeNo: orderNo, amount: "1.00" }
const check = () => client.checkPayment(orderNo)
const quick = () => client.codePay("quickPay", payment, authCode)
const refund = () =>
  client.refund({ ...payment, outRefundNo: refundNo, currency: "usd", reason: "Damaged" })

const usedTokens = () => server.calls.map(({ authorization }) => authorization)

describe("the token", () => {
  it.each([
    ["names none", { message: "SUCCESS" }],
    ["names an empty one", { message: "SUCCESS", token: "" }],
    ["is no object", null],
  ])("is not used where the answer %s", async (_what, data) => {
    server.tokens.push(success(data))
    expect(await failure(refund)).toMatchObject({ outcome: "not_sent", reason: "no_token" })
    expect(server.calls).toEqual([])
  })

  it.each([
    ["a refusal", refused("Wrong password")],
    ["HTTP 401", refused("Wrong password", 401)],
  ])("that is not given, by %s, means that nothing was sent", async (_what, answer) => {
    server.tokens.push(answer)
    expect(await failure(quick)).toMatchObject({ outcome: "not_sent", reason: "no_token" })
    expect(server.calls).toEqual([])
  })

  it("is asked for with the credentials, as JSON, and without a token", async () => {
    await check()
    expect(server.tokenCalls).toEqual([
      {
        method: "POST",
        path: "/token",
        contentType: "application/json",
        authorization: undefined,
        body: '{"user":"shop","password":"a-password"}',
      },
    ])
  })

  it("is asked for once by all who wait for it", async () => {
    await Promise.all([check(), refund(), quick()])
    expect(server.tokenCalls).toHaveLength(1)
    expect(new Set(usedTokens())).toEqual(new Set(["Bearer token-1"]))
  })

  it("is used again for as long as it surely lives", async () => {
    await check()
    started.time.ms = 35_000
    await check()
    expect(usedTokens()).toEqual(["Bearer token-1", "Bearer token-1"])
    expect(server.tokenCalls).toHaveLength(1)
  })

  it("is not used after 45 seconds of the minute that it lives", async () => {
    await check()
    started.time.ms = 45_000
    await check()
    expect(usedTokens()).toEqual(["Bearer token-1", "Bearer token-2"])
  })

  it.each([
    ["checkPaymentStatus", check],
    ["quickPay", quick],
    ["refund", refund],
  ])("is renewed once, and the call repeated, after HTTP 401: %s", async (_operation, call) => {
    server.answers = [{ status: 401, body: "" }, success(anyData)]
    await call()
    expect(usedTokens()).toEqual(["Bearer token-1", "Bearer token-2"])
  })

  it.each([
    ["checkPaymentStatus", check],
    ["quickPay", quick],
    ["refund", refund],
  ])("is not renewed a second time after HTTP 401: %s", async (_operation, call) => {
    server.answers = [{ status: 401, body: "" }]
    expect(await failure(call)).toMatchObject({ outcome: "declined", reason: "unauthorized" })
    expect(server.calls).toHaveLength(2)
  })

  it.each([400, 403])("is no reason to charge again after HTTP %i", async (status) => {
    server.answers = [refused("Token expired", status), success(anyData)]
    expect(await failure(quick)).toMatchObject({ outcome: "unknown" })
    expect(server.calls).toHaveLength(1)
  })
})
