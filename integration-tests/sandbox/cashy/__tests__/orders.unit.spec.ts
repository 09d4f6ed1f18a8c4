import { startReceiver } from "../../shared/__tests__/receiver"
import { type CashySandbox, startCashySandbox } from ".."
import { Merchant, ORDER, PAYOUT } from "./merchant"

describe("orders", () => {
  const { mchOrderNo } = ORDER

  describe("an order", () => {
    let sandbox: CashySandbox
    let merchant: Merchant
    let now: number

    beforeEach(async () => {
      now = Date.UTC(2026, 0, 2, 3, 4, 5)
      sandbox = await startCashySandbox({ now: () => now })
      merchant = new Merchant(sandbox)
    })

    afterEach(() => sandbox.close())

    const payments = () =>
      sandbox.ledger
        .entries({ kind: "payment" })
        .map(({ reference, amount }) => [reference, amount])

    it("that nobody created can't be asked for or paid", async () => {
      expect(await merchant.query()).toMatchObject({ code: 500, msg: "Payin_Order_not_exist" })
      for (const act of [sandbox.pay, sandbox.decline, sandbox.expire, sandbox.payAgain]) {
        expect(() => act(mchOrderNo)).toThrow("Payin_Order_not_exist")
      }
      expect(() => sandbox.payPart(mchOrderNo, "1")).toThrow("Payin_Order_not_exist")
    })

    it("is answered with a pay desk, a pay code, no payUrl and its amount as a number", async () => {
      const { text, data } = await merchant.payIn()
      expect(data).toEqual({
        merchantId: "1002001",
        mchOrderNo,
        orderNo: expect.stringMatching(/^PAYIN\d{19}$/),
        payCode: expect.stringMatching(/^\d{18}$/),
        payUrl: null,
        payDeskUrl: `${sandbox.url}/pay/${String(data?.["orderNo"])}`,
        amount: 100,
      })
      expect(text).toContain('"amount":100}')
      expect(sandbox.ledger.entries()).toEqual([])
    })

    it.each(["payDeskUrl", "payUrl", "payCode"] as const)(
      "can be paid by %s alone",
      async (way) => {
        sandbox.set({ ways: [way] })
        const { data } = await merchant.payIn()
        const ways = { payDeskUrl: null, payUrl: null, payCode: null }
        expect(data).toMatchObject({ ...ways, [way]: expect.any(String) })
        const empty = { ...ways, payCode: "" }
        expect((await merchant.query()).data).toMatchObject({ ...empty, [way]: data?.[way] })
      }
    )

    it("keeps every digit of a large amount", async () => {
      const amount = "900719925474099301"
      expect((await merchant.payIn({ amount })).text).toContain(`"amount":${amount}}`)
      expect((await merchant.query()).data).toMatchObject({ amount })
    })

    it("is PAYING until it is paid, by either number, and has no time", async () => {
      const { data } = await merchant.payIn()
      const expected = {
        merchantId: "1002001",
        mchOrderNo,
        orderNo: data?.["orderNo"],
        payType: "36",
        payCode: data?.["payCode"],
        payUrl: null,
        payDeskUrl: data?.["payDeskUrl"],
        amount: "100",
        fee: "2",
        orderStatus: "PAYING",
        completionTime: null,
        nonceStr: null,
      }
      expect((await merchant.query()).data).toEqual(expected)
      expect((await merchant.query({ orderNo: data?.["orderNo"] })).data).toEqual(expected)
    })

    it("tells its amount with places where amounts are not whole", async () => {
      sandbox.set({ wholeAmounts: false })
      await merchant.payIn()
      expect((await merchant.query()).data).toMatchObject({ amount: "100.00" })
    })

    it("is paid once, with its money in the ledger", async () => {
      await merchant.payIn()
      sandbox.pay(mchOrderNo)
      sandbox.pay(mchOrderNo)
      sandbox.decline(mchOrderNo)
      expect((await merchant.query()).data).toMatchObject({
        orderStatus: "SUCCESS",
        completionTime: "2026-01-02 03:04:05",
      })
      expect(sandbox.ledger.entries()).toMatchObject([
        { kind: "payment", reference: mchOrderNo, amount: "100.00", currency: "PKR" },
      ])
    })

    it("that was declined is over: it can't be paid any more", async () => {
      await merchant.payIn()
      sandbox.decline(mchOrderNo)
      sandbox.pay(mchOrderNo)
      expect((await merchant.query()).data).toMatchObject({
        orderStatus: "FAIL",
        completionTime: null,
      })
      expect(payments()).toEqual([])
    })

    it("is over when its time has run out, to the second", async () => {
      await merchant.payIn({ expireTime: 60 })
      now += 59_999
      expect((await merchant.query()).data).toMatchObject({ orderStatus: "PAYING" })
      now += 1
      expect((await merchant.query()).data).toMatchObject({ orderStatus: "FAIL" })
      sandbox.pay(mchOrderNo)
      expect(payments()).toEqual([])
    })

    it("can stay PAYING when its time has run out, and can't be paid all the same", async () => {
      sandbox.set({ expiredStatus: "PAYING" })
      await merchant.payIn({ expireTime: 60 })
      now += 60_000
      sandbox.pay(mchOrderNo)
      sandbox.decline(mchOrderNo)
      expect((await merchant.query()).data).toMatchObject({ orderStatus: "PAYING" })
      expect(payments()).toEqual([])
    })

    it("that was paid in time stays paid", async () => {
      await merchant.payIn({ expireTime: 60 })
      sandbox.pay(mchOrderNo)
      now += 60_000
      expect((await merchant.query()).data).toMatchObject({ orderStatus: "SUCCESS" })
      expect(() => sandbox.expire(mchOrderNo)).toThrow(/not open/)
    })

    it("can be made to expire at once", async () => {
      await merchant.payIn()
      expect(sandbox.expire(mchOrderNo)).toMatchObject({ orderStatus: "FAIL" })
      expect((await merchant.query()).data).toMatchObject({ orderStatus: "FAIL" })
    })

    it.each(["REVIEWING", "constructor", ""])("can have the status %j", async (word) => {
      await merchant.payIn()
      sandbox.say(mchOrderNo, word)
      expect((await merchant.query()).data).toMatchObject({ orderStatus: word })
      sandbox.say(mchOrderNo, "SUCCESS")
      expect((await merchant.query()).data).toMatchObject({ orderStatus: "SUCCESS" })
      expect(payments()).toHaveLength(1)
    })

    it("was created although the answer was lost", async () => {
      sandbox.faults.add({ kind: "answer-lost", path: "/api/payIn" })
      await expect(merchant.payIn()).rejects.toThrow()
      expect((await merchant.query()).data).toMatchObject({ mchOrderNo, orderStatus: "PAYING" })
    })
  })
})

describe("patches", () => {
  const { mchOrderNo } = ORDER

  describe("a supplementary order", () => {
    let sandbox: CashySandbox
    let merchant: Merchant

    beforeEach(async () => {
      sandbox = await startCashySandbox()
      merchant = new Merchant(sandbox)
      await merchant.payIn()
    })

    afterEach(() => sandbox.close())

    const original = () => sandbox.orders.get(mchOrderNo)
    const ledger = () =>
      sandbox.ledger.entries().map(({ kind, reference, amount }) => [kind, reference, amount])

    it("of another amount leaves the original as it was", () => {
      const patch = sandbox.payPart(mchOrderNo, "60")
      expect(patch).toMatchObject({
        orderType: "PATCH",
        mchOrderNo: `${mchOrderNo}00001`,
        patchMchOrderNo: mchOrderNo,
        patchOrderNo: original()?.orderNo,
        amount: "60.00",
        orderStatus: "SUCCESS",
      })
      expect(patch.orderNo).not.toBe(original()?.orderNo)
      expect(original()).toMatchObject({ orderStatus: "PAYING", amount: "100.00" })
      expect(ledger()).toEqual([["payment", mchOrderNo, "60.00"]])
    })

    it("is counted on, and each is asked for by a number of its own", async () => {
      const patches = ["60", "30", "10"].map((amount) => sandbox.payPart(mchOrderNo, amount))
      expect(patches.map((patch) => patch.mchOrderNo)).toEqual([
        `${mchOrderNo}00001`,
        `${mchOrderNo}00002`,
        `${mchOrderNo}00003`,
      ])
      for (const { orderNo, mchOrderNo, amount } of patches) {
        for (const numbers of [{ orderNo }, { mchOrderNo }]) {
          expect((await merchant.query(numbers)).data).toMatchObject({
            orderNo,
            mchOrderNo,
            amount: amount.replace(".00", ""),
            orderStatus: "SUCCESS",
          })
        }
      }
      expect((await merchant.query()).data).toMatchObject({ amount: "100", orderStatus: "PAYING" })
    })

    it("comes of a second payment of what was ordered", () => {
      sandbox.pay(mchOrderNo)
      expect(sandbox.payAgain(mchOrderNo)).toMatchObject({ orderType: "PATCH", amount: "100.00" })
      expect(ledger()).toEqual([
        ["payment", mchOrderNo, "100.00"],
        ["payment", mchOrderNo, "100.00"],
      ])
    })

    it("comes of a payment for an order that is over", () => {
      sandbox.expire(mchOrderNo)
      sandbox.payAgain(mchOrderNo)
      expect(original()?.orderStatus).toBe("FAIL")
      expect(ledger()).toEqual([["payment", mchOrderNo, "100.00"]])
    })

    it("can be numbered as in the vendor's example, which contradicts the text", async () => {
      sandbox.set({ patchNumbering: "serial-in-patchMchOrderNo" })
      const patch = sandbox.payPart(mchOrderNo, "60")
      expect(patch).toMatchObject({ mchOrderNo, patchMchOrderNo: `${mchOrderNo}0001` })
      expect((await merchant.query({ orderNo: patch.orderNo })).data).toMatchObject({
        mchOrderNo,
        amount: "60",
      })
      // The merchant's own number is the original's all the same.
      expect((await merchant.query()).data).toMatchObject({ amount: "100", orderStatus: "PAYING" })
    })

    it("needs room for its serial number", async () => {
      const long = "M".repeat(28)
      await merchant.payIn({ mchOrderNo: long })
      expect(() => sandbox.payPart(long, "1")).toThrow(/no room/)
      const fitting = "M".repeat(27)
      await merchant.payIn({ mchOrderNo: fitting })
      expect(sandbox.payPart(fitting, "1").mchOrderNo).toHaveLength(32)
    })

    it.each(["0", "-1", "1.005", "ten", "", "60.50"])("is refused for the amount %j", (amount) => {
      expect(() => sandbox.payPart(mchOrderNo, amount)).toThrow()
      expect(ledger()).toEqual([])
    })

    it("has places where amounts are not whole", () => {
      sandbox.set({ wholeAmounts: false })
      expect(sandbox.payPart(mchOrderNo, "60.5").amount).toBe("60.50")
    })

    describe("and a transfer to the pay code", () => {
      const payCode = () => original()?.payCode ?? ""

      it("of what was ordered pays the order, and the next one is supplementary", () => {
        expect(sandbox.transfer(payCode(), "100")).toMatchObject({ orderType: "API" })
        expect(sandbox.transfer(payCode(), "100")).toMatchObject({ orderType: "PATCH" })
        expect(original()?.orderStatus).toBe("SUCCESS")
      })

      it("of another amount is supplementary", () => {
        expect(sandbox.transfer(payCode(), "99")).toMatchObject({ orderType: "PATCH" })
        expect(original()?.orderStatus).toBe("PAYING")
      })

      it("to a code that was not handed out moves nothing", async () => {
        expect(() => sandbox.transfer("1", "100")).toThrow(/No order waits/)
        sandbox.set({ ways: ["payDeskUrl"] })
        await merchant.payIn({ mchOrderNo: "other" })
        const hidden = sandbox.orders.get("other")?.payCode ?? ""
        expect(() => sandbox.transfer(hidden, "100")).toThrow(/No order waits/)
        expect(ledger()).toEqual([])
      })
    })
  })
})

describe("control", () => {
  const { mchOrderNo } = ORDER

  describe("the control of the sandbox over HTTP", () => {
    let sandbox: CashySandbox

    beforeEach(async () => {
      sandbox = await startCashySandbox()
      const merchant = new Merchant(sandbox)
      await merchant.payIn()
      await merchant.payOut()
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

    it("says that it does not know an order, a payout or a path", async () => {
      expect(await ask("GET", "orders/NOBODY")).toEqual({
        status: 404,
        body: { error: "There is no order NOBODY" },
      })
      expect((await ask("POST", "orders/NOBODY/pay")).status).toBe(404)
      expect((await ask("POST", "payouts/NOBODY/finish")).status).toBe(404)
      expect((await ask("GET", "nothing")).status).toBe(404)
    })

    it("shows an order by either number, and pays it", async () => {
      const { orderNo } = sandbox.pay(mchOrderNo)
      const shown = await ask("GET", `orders/${mchOrderNo}`)
      expect(shown.body).toEqual(sandbox.orders.get(mchOrderNo))
      expect((await ask("GET", `orders/${orderNo}`)).body).toEqual(shown.body)
    })

    it.each([
      ["pay", "SUCCESS"],
      ["decline", "FAIL"],
      ["expire", "FAIL"],
    ])("can %s an order", async (action, orderStatus) => {
      expect((await ask("POST", `orders/${mchOrderNo}/${action}`)).body).toMatchObject({
        mchOrderNo,
        orderStatus,
      })
      expect(sandbox.orders.get(mchOrderNo)).toMatchObject({ orderStatus })
    })

    it("pays in parts and again, and refuses what is no amount", async () => {
      expect((await ask("POST", `orders/${mchOrderNo}/pay-part`, {})).status).toBe(400)
      expect((await ask("POST", `orders/${mchOrderNo}/pay-part`, { amount: "x" })).status).toBe(400)
      await ask("POST", `orders/${mchOrderNo}/pay-part`, { amount: "60" })
      await ask("POST", `orders/${mchOrderNo}/pay-again`)
      expect(sandbox.ledger.entries().map(({ amount }) => amount)).toEqual(["60.00", "100.00"])
    })

    it("ends a payout", async () => {
      const path = `payouts/${PAYOUT.mchOrderNo}`
      expect((await ask("POST", `${path}/finish`, { orderStatus: "PAYING" })).status).toBe(400)
      expect((await ask("POST", `${path}/finish`, { orderStatus: "SUCCESS" })).status).toBe(200)
      expect((await ask("GET", path)).body).toMatchObject({ orderStatus: "SUCCESS" })
      expect(sandbox.ledger.entries({ kind: "payout" })).toHaveLength(1)
      expect((await ask("POST", `${path}/give-back`)).body).toMatchObject({ orderStatus: "FAIL" })
      expect((await ask("POST", `${path}/give-back`)).status).toBe(400)
    })

    it("sends webhooks elsewhere than the orders say", async () => {
      const receiver = await startReceiver()
      expect((await ask("POST", "webhook", { url: "nowhere" })).status).toBe(400)
      expect((await ask("POST", "webhook", { url: receiver.url })).status).toBe(200)
      await ask("POST", `orders/${mchOrderNo}/pay`)
      await sandbox.webhooks.settled()
      expect(receiver.received).toHaveLength(1)
      expect((await ask("GET", "webhooks")).body).toMatchObject({
        deliveries: [{ state: "delivered" }],
      })
      await receiver.close()
    })

    it("shows the ledger and the calls", async () => {
      sandbox.pay(mchOrderNo)
      expect((await ask("GET", "ledger")).body).toEqual(sandbox.ledger.entries())
      expect((await ask("GET", "calls")).body).toEqual(sandbox.calls.list())
    })
  })
})
