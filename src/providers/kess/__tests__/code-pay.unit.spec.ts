import { refused, success } from "../../../gateways/kess/__tests__/kess-server"
import type { ChargeCalls } from "../../base/gateway"
import { authCode, KessUnderTest, order, reference, toOpen } from "./gateway-under-test"

let test: KessUnderTest

beforeEach(async () => {
  test = new KessUnderTest()
  await test.server.start()
})

afterEach(async () => {
  await test.server.stop()
})

const charged = {
  amount: 100,
  currency: "USD",
  out_trade_no: reference,
  transaction_id: "4200001",
  result_code: "SUCCESS",
}

const modes = [
  ["quick", "/quick-pay"],
  ["jsapi", "/jsapi-pay"],
] as const

function chargeOf(mode: string, change: Record<string, unknown> = {}): ChargeCalls {
  const { charge } = test.gateway({ mode, ...change })
  if (!charge) {
    throw new Error("it charges nothing")
  }
  return charge
}

describe.each(modes)("opening an order for %s pay", (mode) => {
  it.each(["4111111111111111", "2600456789012345", "12345", `${authCode}0`, "not a code"])(
    "refuses what is no code of a wallet, by the name of the field and without repeating it: %s",
    async (code) => {
      const error: unknown = await test
        .gateway({ mode })
        .createOrder({ ...toOpen, authCode: code })
        .catch((reason: unknown) => reason)
      expect(error).toMatchObject({
        outcome: "declined",
        gatewayMessage: expect.stringMatching(/^auth_code must be .*Scan it again$/),
      })
      expect(String(error)).not.toContain(code)
    }
  )

  it("sends nothing, with a code or without one", async () => {
    const gateway = test.gateway({ mode })
    await gateway.createOrder(toOpen)
    await gateway.createOrder({ ...toOpen, authCode })
    expect(test.server.requests).toEqual([])
  })

  it("asks for the shopper's code where there is none", async () => {
    expect(await test.gateway({ mode }).createOrder(toOpen)).toEqual({
      nextAction: { type: "shopper_code" },
    })
  })

  it("keeps the code for the charge, and leaves the shopper nothing to do", async () => {
    expect(await test.gateway({ mode }).createOrder({ ...toOpen, authCode })).toEqual({
      nextAction: { type: "none" },
      chargeWith: { auth_code: authCode },
    })
  })
})

describe.each(modes)("charging by %s pay", (mode, path) => {
  const charge = async () => await chargeOf(mode).send({ order, with: { auth_code: authCode } })

  it.each([
    ["KESS refuses", refused("Auth code expired")],
    ["KESS refuses with HTTP 422", refused("Auth code expired", 422)],
    ["KESS breaks down", { status: 500, body: "" }],
    ["the answer can't be read", { body: "<html>" }],
    ["the answer is about another order", success({ ...charged, out_trade_no: "X" })],
  ])("has an unknown outcome where %s, and is sent once", async (_what, answer) => {
    test.server.answers = [answer, success(charged)]
    await expect(charge()).rejects.toMatchObject({ outcome: "unknown" })
    expect(test.server.calls).toHaveLength(1)
  })

  it.each(["USERPAYING", "FAIL", "success"])(
    "has an unknown outcome with a word that KESS does not document: %s",
    async (result_code) => {
      test.server.answers = [success({ ...charged, result_code })]
      expect(await charge()).toMatchObject({ outcome: "unknown", code: result_code })
    }
  )

  it("sends the code as a text, under our reference, and tells the wallet's number", async () => {
    test.server.answers = [success(charged)]
    expect(await charge()).toEqual({ outcome: "done", code: "SUCCESS", gatewayId: "4200001" })
    expect(test.server.calls[0]?.path).toBe(path)
    expect(test.sent).toEqual({
      service_id: 30,
      store_id: "109038",
      amount: 100,
      auth_code: authCode,
      out_trade_no: reference,
    })
  })

  it("is not sent without a code", async () => {
    expect(await chargeOf(mode).send({ order, with: {} })).toMatchObject({ outcome: "declined" })
    expect(test.server.requests).toEqual([])
  })

  it("is asked about every three seconds while its outcome is not known", () => {
    expect(chargeOf(mode)).toMatchObject({ pollEveryMs: 3_000, patienceMs: 15_000 })
  })
})

it("waits for the shopper's PIN longer than the shop's time-out for other calls", async () => {
  test.server.answers = [success(charged)]
  test.server.delayMs = 700
  const options = { mode: "quick", timeoutMs: 500 }
  await expect(
    test.gateway(options).refund?.send({ reference, amount: "1.00", order })
  ).rejects.toMatchObject({ outcome: "unknown" })
  expect(
    await chargeOf("quick", options).send({ order, with: { auth_code: authCode } })
  ).toMatchObject({ outcome: "done" })
})

it("native pay charges nothing from the server", () => {
  expect(test.gateway({ mode: "native" }).charge).toBeUndefined()
})
