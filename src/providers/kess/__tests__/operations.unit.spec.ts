import { refused, success } from "../../../gateways/kess/__tests__/fake-kess"
import type { Answer } from "../../../gateways/shared/__tests__/fake-gateway"
import { MemoryJournal } from "../../../testing/memory-journal"
import { gatewayContext } from "../../base/context"
import { createOrder } from "../../base/create-order"
import type { Operation, OperationCalls } from "../../base/gateway"
import { paymentStatus } from "../../base/payment-status"
import { authCode, KessUnderTest, order, reference, refundReference } from "./gateway-under-test"

describe("refund", () => {
  let test: KessUnderTest

  beforeEach(async () => {
    test = await KessUnderTest.start()
  })

  const operation: Operation = { reference: refundReference, amount: "40.00", order }

  function refund(): OperationCalls {
    const calls = test.gateway().refund
    if (!calls) {
      throw new Error("it refunds nothing")
    }
    return calls
  }

  const made = {
    service_id: 30,
    store_id: 109038,
    refund_amount: 40,
    currency: "USD",
    out_trade_no: reference,
    out_refund_no: refundReference,
    transaction_id: "4200002",
    result_code: "SUCCESS",
  }

  const check = {
    is_success: true,
    service_id: 30,
    out_trade_no: reference,
    out_refund_no: refundReference,
    amount: 40,
    currency: "USD",
    message: "Refund Successful!",
  }

  describe("a refund at KESS", () => {
    it.each([
      ["KESS refuses", refused("Insufficient balance")],
      ["KESS refuses with HTTP 422", refused("Amount is too much", 422)],
      ["KESS breaks down", { status: 500, body: "" }],
      ["the answer tells of another refund", success({ ...made, out_refund_no: "R9" })],
      ["the answer tells of another amount", success({ ...made, refund_amount: 100 })],
    ])("is not known to be made where %s, and is sent once", async (_what, answer) => {
      test.server.answers = [answer, success(made)]
      await expect(refund().send(operation)).rejects.toMatchObject({ outcome: "unknown" })
      expect(test.server.calls).toHaveLength(1)
    })

    it.each(["PROCESSING", "FAIL", "success"])(
      "is not known to be made with a word that KESS does not document: %s",
      async (result_code) => {
        test.server.answers = [success({ ...made, result_code })]
        expect(await refund().send(operation)).toMatchObject({
          outcome: "unknown",
          code: result_code,
        })
      }
    )

    it("is made under our number, with its own amount and a reason", async () => {
      test.server.answers = [success(made)]
      expect(await refund().send(operation)).toEqual({
        outcome: "done",
        code: "SUCCESS",
        gatewayId: "4200002",
      })
      expect(test.sent).toEqual({
        service_id: 30,
        store_id: "109038",
        refund_amount: 40,
        out_trade_no: reference,
        out_refund_no: refundReference,
        reason: "Refunded by the shop",
      })
    })

    it("tells the admin's reason where there is one", async () => {
      test.server.answers = [success(made)]
      await refund().send({ ...operation, reason: "Damaged" })
      expect(test.sent).toMatchObject({ reason: "Damaged" })
    })
  })

  describe("what became of a refund whose answer was lost", () => {
    const asked = async (answer: Answer) => {
      test.server.answers = [answer]
      return await refund().ask(operation)
    }

    it.each([
      ["another amount", { amount: 100 }],
      ["another currency", { currency: "KHR" }],
      ["no success yet", { is_success: false }],
      ["no number to tell whose it is", { out_refund_no: null }],
    ])("is not known, and it is not sent again, with %s", async (_what, change) => {
      expect(await asked(success({ ...check, ...change }))).toEqual({
        outcome: "unknown",
        message: "Refund Successful!",
      })
    })

    it.each([
      ["KESS breaks down", { status: 503, body: "" }],
      ["KESS has too much to do", refused("Too many requests", 429)],
      ["KESS takes no token", refused("Unauthenticated", 401)],
      ["the answer is about another order", success({ ...check, out_trade_no: "X" })],
      ["the answer can't be read", { body: "<html>" }],
    ])("can't be asked where %s, so nothing may be repeated", async (_what, answer) => {
      await expect(asked(answer)).rejects.toBeInstanceOf(Error)
    })

    it.each([
      ["found no refund", success({ ...check, is_success: false, out_refund_no: null })],
      [
        "found an earlier refund",
        success({ ...check, out_refund_no: "01JQ7ZK3V5W8X9Y0A1B2C3D4E5R0" }),
      ],
      ["refuses the question", refused("No refund found")],
    ])("may be sent again, under the same number, where KESS %s", async (_what, answer) => {
      expect(await asked(answer)).toEqual({ outcome: "may_repeat" })
    })

    it("is done where KESS has our number with our amount", async () => {
      expect(await asked(success(check))).toEqual({
        outcome: "done",
        message: "Refund Successful!",
      })
    })

    it("is asked without sending anything that moves money", async () => {
      await asked(success(check))
      expect(test.server.calls.map(({ path }) => path)).toEqual(["/check-refund-status"])
      expect(test.sent).toEqual({ store_id: "109038", out_trade_no: reference })
    })
  })

  describe("a refund that KESS said was made", () => {
    it.each([
      ["stands while the check says so", success(check), "stands"],
      [
        "has failed where the check names it and says no",
        success({ ...check, is_success: false }),
        "failed",
      ],
      [
        "is not known of where the check tells of another",
        success({ ...check, out_refund_no: "R9", is_success: false }),
        "unknown",
      ],
      [
        "is not known of where the check names none",
        success({ ...check, out_refund_no: null, is_success: false }),
        "unknown",
      ],
      ["is not known of where KESS knows no refund", refused("Refund Not Found!"), "unknown"],
    ])("%s", async (_what, answer, outcome) => {
      test.server.answers = [answer]
      expect(await refund().review?.(operation)).toMatchObject({ outcome })
    })

    it("is not known of where the account may not ask", async () => {
      test.server.answers = [refused("Forbidden", 403)]
      await expect(refund().review?.(operation)).rejects.toMatchObject({ reason: "unauthorized" })
    })
  })
})

describe("charge once", () => {
  let test: KessUnderTest
  let pauses: number[]

  beforeEach(async () => {
    test = await KessUnderTest.start()
    pauses = []
  })

  const silent = () => undefined

  /** A till that has opened an order for a code, through the lifecycle that all gateways share. */
  async function till(code?: string) {
    const context = gatewayContext(
      { gateway: test.gateway({ mode: "quick" }) },
      {
        journal: new MemoryJournal(),
        log: { debug: silent, info: silent, warn: silent, error: silent },
        announce: async () => undefined,
        sleep: async (ms) => pauses.push(ms),
      }
    )
    const order = await createOrder(context, {
      sessionId: `payses_${reference.slice(0, 26)}`,
      providerId: "pp_kess_kess",
      paymentCollectionId: null,
      customerId: null,
      attempt: 0,
      amount: "100",
      currency: "usd",
      shopper: { payer: {}, authCode: code },
    })
    const authorize = async () => {
      const current = (await context.journal.findOrder(order.reference)) ?? order
      const asked = await paymentStatus(context, { newest: current, wanted: [current] }, true)
      return asked.decision.type
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
})
