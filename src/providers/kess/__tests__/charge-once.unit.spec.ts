import { refused, success, type Answer } from "../../../gateways/kess/__tests__/kess-server"
import { MemoryJournal } from "../../../modules/payment-journal/__tests__/memory-journal"
import { gatewayContext } from "../../base/context"
import { openOrder } from "../../base/create-order"
import { paymentStatus } from "../../base/payment-status"
import { authCode, KessUnderTest, reference } from "./gateway-under-test"

let test: KessUnderTest
let pauses: number[]

beforeEach(async () => {
  test = new KessUnderTest()
  pauses = []
  await test.server.start()
})

afterEach(async () => {
  await test.server.stop()
})

const silent = () => undefined

/** A till that has opened an order for a code, through the lifecycle that all gateways share. */
async function till(code?: string) {
  const options = { allowedReturnOrigins: [], timeoutMs: 15_000 }
  const context = gatewayContext(
    { gateway: test.gateway({ mode: "quick" }), options },
    {
      journal: new MemoryJournal(),
      log: { debug: silent, info: silent, warn: silent, error: silent },
      announce: async () => undefined,
      sleep: async (ms) => pauses.push(ms),
    }
  )
  const order = await openOrder(context, {
    sessionId: `payses_${reference.slice(0, 26)}`,
    providerId: "pp_kess_kess",
    paymentCollectionId: null,
    customerId: null,
    attempt: 0,
    amount: "100",
    currency: "usd",
    wishes: { payer: {}, authCode: code },
  })
  const authorize = async () => {
    const current = (await context.journal.findOrder(order.reference)) ?? order
    const asked = await paymentStatus(context, { newest: current, wanted: [current] }, true)
    return asked.verdict.type
  }
  return { authorize }
}

const charged = success({
  amount: 100,
  currency: "USD",
  out_trade_no: reference,
  transaction_id: "4200001",
  result_code: "SUCCESS",
})
const check = (is_success: boolean) =>
  success({ is_success, out_trade_no: reference, amount: 100, currency: "USD" })

const charges = () => test.server.calls.filter(({ path }) => path === "/quick-pay")

describe("a code that was scanned", () => {
  const lost: [string, Answer][] = [
    ["KESS breaks down", { status: 504, body: "" }],
    ["KESS refuses without a code that is known", refused("Please wait for the payer")],
    ["KESS answers about another order", success({ out_trade_no: "X", result_code: "SUCCESS" })],
  ]
  it.each(lost)("is charged once where %s, and found paid by asking", async (_what, answer) => {
    test.server.answers = [answer, check(false), check(false), check(true)]
    const { authorize } = await till(authCode)
    expect(await authorize()).toBe("paid")
    expect(pauses).toEqual([3_000, 3_000])
    expect(charges()).toHaveLength(1)
  })

  it("is never charged again, however often it is asked for and never paid", async () => {
    test.server.answers = [{ status: 504, body: "" }, check(false)]
    const { authorize } = await till(authCode)
    expect(await authorize()).toBe("pending")
    expect(await authorize()).toBe("pending")
    expect(charges()).toHaveLength(1)
  })

  it("is not paid by KESS's own word for it, before the check says so", async () => {
    test.server.answers = [charged, check(false)]
    const { authorize } = await till(authCode)
    expect(await authorize()).toBe("pending")
    test.server.answers = [check(true)]
    expect(await authorize()).toBe("paid")
    expect(charges()).toHaveLength(1)
  })

  it("was surely not charged where no token was to be had", async () => {
    test.server.tokens.push(refused("Wrong password"))
    test.server.answers = [refused("Not found")]
    const { authorize } = await till(authCode)
    expect(await authorize()).toBe("failed")
    expect(charges()).toEqual([])
  })
})

it("a till without a code charges nothing and waits", async () => {
  test.server.answers = [check(false)]
  const { authorize } = await till()
  expect(await authorize()).toBe("pending")
  expect(charges()).toEqual([])
})
