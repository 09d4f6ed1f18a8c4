import { type Answer, failure } from "../../shared/__tests__/fake-gateway"
import { decimal } from "../../shared/money"
import { findPayout, payOut } from "../payouts"
import { payoutState } from "../statuses"
import { record, type Request, withCode, startClient, type PaymentzServer } from "./fake-paymentz"

describe("payouts", () => {
  let started: Awaited<ReturnType<typeof startClient>>
  let server: PaymentzServer

  beforeEach(async () => {
    started = await startClient()
    ;({ server } = started)
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
      ["a code that is listed as a no", withCode("10001"), "declined"],
      ["the issuer's no", withCode("11005", { ...reply, status: "payoutfailed" }), "declined"],
      ["no record of the earlier payment", withCode("10026"), "declined"],
      ["another operation's yes", withCode("00005"), "unknown"],
    ])("is refused or not known with %s", async (_what, answer, outcome) => {
      server.answers = [answer]
      const result = await send().catch((error: unknown) => error)
      expect(result).toMatchObject(outcome === "unknown" ? { state: outcome } : { outcome })
      expect(server.calls).toHaveLength(1)
    })

    it("is refused because there is too little to send", async () => {
      for (const answer of [withCode("11051"), withCode("10001", reply, "Insufficient balance")]) {
        server.answers = [answer]
        const refusal = await send().catch((error: unknown) => error)
        expect(refusal).toMatchObject({ outcome: "declined", reason: "low_balance" })
      }
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
      server.answers = [withCode(code, { ...reply, status })]
      expect(await send()).toMatchObject({ state })
    })

    it.each([
      ["another payout", { ...reply, merchantTransactionId: "PO9" }],
      ["no payout in particular", { ...reply, merchantTransactionId: "" }],
    ])("is not known to be sent by a yes about %s", async (_what, fields) => {
      server.answers = [withCode("00001", { ...fields, status: "payoutsuccessful" })]
      expect(await failure(send)).toMatchObject({ outcome: "unknown", reason: "mismatch" })
    })

    it("has a checksum of its own, with the key at its end", async () => {
      const client = await startClient()
      client.server.answers = [withCode("00001", { ...reply, status: "payoutsuccessful" })]
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
    })

    it("with a third decimal is refused before anything is sent", async () => {
      expect(await failure(() => send({ amount: "50.001" }))).toMatchObject({ outcome: "declined" })
      expect(server.requests).toEqual([])
    })
  })

  it.each([undefined, "", "Y", "N", "settled", "paid", "constructor", "__proto__"])(
    "the word %j says nothing of a payout's money",
    (rawStatus) => {
      expect(payoutState(rawStatus)).toBeUndefined()
    }
  )
})

describe("find payout", () => {
  let started: Awaited<ReturnType<typeof startClient>>
  let server: PaymentzServer

  beforeEach(async () => {
    started = await startClient()
    ;({ server } = started)
  })

  const wanted = {
    reference: "PO1001",
    amount: decimal("50"),
    inquiryPath: "payments" as const,
    openedOn: "2030-01-31",
    now: new Date("2030-01-31T12:00:00Z"),
  }
  const find = (change: object = {}) => findPayout(started.client, { ...wanted, ...change })

  type Told = { number?: Answer; reference?: Answer; list?: Answer }

  /** What is answered by the gateway's number, by our reference, and by the list. */
  function tells({ number, reference, list }: Told): void {
    server.answerFor = ({ path, form }: Request) => {
      if (path === "/getTransactionList") {
        return list ?? withCode("10026")
      }
      return form.idType === "PID" ? number : (reference ?? withCode("10026"))
    }
  }

  const payout = (status: string, change: object = {}) =>
    record({ paymentId: "90001", merchantTransactionId: "PO1001", status, ...change })
  const line = {
    systemPaymentId: "90001",
    merchantTransactionId: "PO1001",
    transactionStatus: "payoutsuccessful",
    payoutamount: "50.00",
  }
  const list = (...transaction: object[]) => withCode("00026", { transaction })

  describe("a payout that nobody answered for", () => {
    it("is not found only where our reference has no record and the list no line", async () => {
      tells({})
      expect(await find()).toEqual({ state: "not_found" })
      tells({ list: list({ ...line, merchantTransactionId: "PO9" }) })
      expect(await find()).toEqual({ state: "not_found" })
    })

    it.each([
      ["refuses to tell by our reference", { reference: withCode("10002") }],
      [
        "tells of another reference",
        { reference: payout("payoutfailed", { merchantTransactionId: "PO9" }) },
      ],
      ["tells a word that says nothing", { reference: payout("Y") }],
    ])("is unknown where the gateway %s and the list has no line", async (_what, told) => {
      tells(told)
      expect(await find()).toMatchObject({ state: "unknown" })
    })

    it("is unknown where its number has a record and our reference none", async () => {
      tells({ number: payout("authstarted") })
      expect(await find({ paymentId: "90001" })).toMatchObject({ state: "unknown" })
    })

    it.each([
      ["inquiry", { reference: withCode("00099") }],
      ["list", { list: withCode("00099") }],
    ])("can't be told of while the %s is not answered as documented", async (_what, told) => {
      tells(told)
      expect(await failure(find)).toMatchObject({ outcome: "unknown" })
    })

    it.each([
      ["payoutsuccessful", "succeeded"],
      ["payoutstarted", "processing"],
      ["payoutfailed", "failed"],
      ["reversed", "returned"],
    ])("whose record says %s is %s, and the list is not read", async (status, state) => {
      tells({ reference: payout(status) })
      expect(await find()).toMatchObject({
        state,
        paymentId: "90001",
        amount: "50",
        currency: "usd",
        rawStatus: status,
      })
      expect(server.calls).toHaveLength(1)
    })

    it("is asked about by its number first", async () => {
      tells({ number: payout("payoutsuccessful") })
      expect(await find({ paymentId: "90001" })).toMatchObject({ state: "succeeded" })
      expect(server.calls.map(({ path }) => path)).toEqual(["/payments/90001"])
    })

    it("is asked about by our reference where its number is another transaction's", async () => {
      tells({
        number: record({ merchantTransactionId: "ORD1001" }),
        reference: payout("payoutsuccessful"),
      })
      expect(await find({ paymentId: "54289" })).toMatchObject({ state: "succeeded" })
    })
  })

  describe("the list of transactions", () => {
    const refusesToTell = { reference: withCode("10002") }

    it.each([
      ["sent", line, "succeeded"],
      ["sent, without a word", { ...line, transactionStatus: "" }, "succeeded"],
      ["sent and given back", { ...line, transactionStatus: "reversed" }, "returned"],
      [
        "under way",
        { ...line, transactionStatus: "payoutstarted", payoutamount: "0.00" },
        "processing",
      ],
      ["failed", { ...line, transactionStatus: "payoutfailed", payoutamount: "0.00" }, "failed"],
      ["sent, without an amount", { ...line, payoutamount: "" }, "unknown"],
      ["failed, with an amount", { ...line, transactionStatus: "payoutfailed" }, "unknown"],
      ["sent, with another amount", { ...line, payoutamount: "49.99" }, "unknown"],
      [
        "nothing that is known",
        { ...line, transactionStatus: "new", payoutamount: "0" },
        "unknown",
      ],
    ])("settles one that inquiries do not tell of: %s", async (_what, item, state) => {
      tells({ ...refusesToTell, list: list({ ...line, merchantTransactionId: "PO9" }, item) })
      expect(await find()).toMatchObject({ state, paymentId: "90001" })
    })
  })
})
