import { setTimeout as pause } from "node:timers/promises"
import { type KessSandbox, startKessSandbox } from ".."
import { AUTH_CODE, Merchant, ORDER, refused } from "./merchant"

describe("native pay", () => {
  const { out_trade_no } = ORDER

  describe("a native payment", () => {
    let sandbox: KessSandbox
    let merchant: Merchant

    beforeEach(async () => {
      sandbox = await startKessSandbox()
      merchant = new Merchant(sandbox)
      await merchant.signIn()
    })

    afterEach(() => sandbox.close())

    it("that nobody asked for can't be checked, refunded or paid", async () => {
      expect(await merchant.checkPayment()).toMatchObject(refused(200, /no order/))
      expect(await merchant.checkRefund()).toMatchObject(refused(200, /no order/))
      expect(await merchant.refund()).toMatchObject(refused(200, /no order/))
      expect(() => sandbox.pay(out_trade_no)).toThrow(/no order/)
    })

    it.each([
      [30, /^weixin:\/\/wxpay\/bizpayurl\?pr=\S+$/],
      [2, /^https:\/\/qr\.alipay\.com\/\S+$/],
    ])(
      "of service %i gets the QR of its wallet, and SUCCESS before anything is paid",
      async (service_id, qr) => {
        expect(await merchant.nativePay({ service_id })).toEqual({
          status: 200,
          success: true,
          data: {
            qr_code: expect.stringMatching(qr),
            amount: 0.3,
            out_trade_no,
            result_code: "SUCCESS",
          },
        })
        expect(sandbox.ledger.entries()).toEqual([])
      }
    )

    it("is not successful before it was paid, and says so in words that can be any", async () => {
      await merchant.nativePay()
      const unpaid = {
        is_success: false,
        service_id: 30,
        out_trade_no,
        amount: 0.3,
        out_refund_no: null,
        currency: "USD",
      }
      expect(await merchant.checkPayment()).toMatchObject({
        data: { ...unpaid, message: "Payment Pending!" },
      })
      sandbox.set({ unpaidMessage: "Payment Successful!" })
      expect(await merchant.checkPayment()).toMatchObject({
        data: { ...unpaid, message: "Payment Successful!" },
      })
      sandbox.set({ unpaidMessage: null })
      expect(await merchant.checkPayment()).toEqual({ status: 200, success: true, data: unpaid })
      sandbox.set({ unpaidCheck: "failure" })
      expect(await merchant.checkPayment()).toMatchObject(refused(200, /not been paid/))
    })

    it("is successful once it was paid, with its money in the ledger", async () => {
      await merchant.nativePay({ amount: 1234567.89 })
      sandbox.pay(out_trade_no)
      expect(await merchant.checkPayment()).toEqual({
        status: 200,
        success: true,
        data: {
          is_success: true,
          service_id: 30,
          out_trade_no,
          amount: 1234567.89,
          out_refund_no: null,
          currency: "USD",
          message: "Payment Successful!",
        },
      })
      expect(sandbox.ledger.entries()).toEqual([
        {
          kind: "payment",
          reference: out_trade_no,
          amount: "1234567.89",
          currency: "USD",
          at: expect.any(String),
        },
      ])
    })

    it("takes the money once, however often the buyer pays, and stays paid when the buyer declines", async () => {
      await merchant.nativePay()
      sandbox.pay(out_trade_no)
      sandbox.pay(out_trade_no)
      sandbox.decline(out_trade_no)
      expect(sandbox.ledger.entries()).toHaveLength(1)
      expect(await merchant.checkPayment()).toMatchObject({ data: { is_success: true } })
    })

    it("can still be paid after the buyer declined", async () => {
      await merchant.nativePay()
      sandbox.decline(out_trade_no)
      expect(await merchant.checkPayment()).toMatchObject({ data: { is_success: false } })
      sandbox.pay(out_trade_no)
      expect(await merchant.checkPayment()).toMatchObject({ data: { is_success: true } })
    })

    it("is in riel where the back office says so", async () => {
      sandbox.set({ currency: "KHR" })
      await merchant.nativePay({ amount: 41000 })
      sandbox.set({ currency: "USD" })
      sandbox.pay(out_trade_no)
      expect(await merchant.checkPayment()).toMatchObject({
        data: { amount: 41000, currency: "KHR" },
      })
    })

    it("can be paid with other money than was asked for, and tells what was paid", async () => {
      await merchant.nativePay()
      expect(() => sandbox.pay(out_trade_no, { amount: "0.005", currency: "USD" })).toThrow(
        /no amount/
      )
      sandbox.pay(out_trade_no, { amount: "0.29", currency: "KHR" })
      expect(await merchant.checkPayment()).toMatchObject({
        data: { amount: 0.29, currency: "KHR" },
      })
      expect(sandbox.ledger.entries()).toMatchObject([{ amount: "0.29", currency: "KHR" }])
    })

    it("charges the buyer the fee on top, and can tell the amount with it or without", async () => {
      await merchant.nativePay({ amount: 100, fee_rate: 2 })
      sandbox.pay(out_trade_no)
      expect(sandbox.ledger.entries()).toMatchObject([{ amount: "102.00" }])
      expect(await merchant.checkPayment()).toMatchObject({ data: { amount: 100 } })
      sandbox.set({ amountsIncludeFee: true })
      expect(await merchant.checkPayment()).toMatchObject({ data: { amount: 102 } })
      expect(
        await merchant.nativePay({ amount: 0.25, fee_rate: 2, out_trade_no: "ORDER-2" })
      ).toMatchObject({ data: { amount: 0.26 } })
    })

    it("under a number that is in use is refused, or is the same QR", async () => {
      const first = await merchant.nativePay()
      expect(await merchant.nativePay()).toMatchObject(refused(200, /already in use/))
      sandbox.set({ duplicateOrder: "same-order" })
      expect(await merchant.nativePay()).toEqual(first)
      for (const other of [
        { amount: 0.31 },
        { service_id: 2 },
        { sub_store_id: 1 },
        { fee_rate: 1 },
      ]) {
        expect(await merchant.nativePay(other)).toMatchObject(refused(200, /already in use/))
      }
      expect(await merchant.quickPay()).toMatchObject(refused(200, /already in use/))
      expect(sandbox.orders.all()).toHaveLength(1)
    })

    it("was made although the answer was lost", async () => {
      sandbox.faults.add({ kind: "answer-lost", path: "/native-pay" })
      await expect(merchant.nativePay()).rejects.toThrow()
      expect(await merchant.checkPayment()).toMatchObject({ data: { is_success: false } })
    })
  })
})

describe("code pay", () => {
  const { out_trade_no } = ORDER

  describe("a payment by the code that the seller scans", () => {
    let sandbox: KessSandbox
    let merchant: Merchant

    beforeEach(async () => {
      sandbox = await startKessSandbox()
      merchant = new Merchant(sandbox)
      await merchant.signIn()
    })

    afterEach(() => sandbox.close())

    const isPaid = async () => {
      const answer = await merchant.checkPayment()
      return answer.success && answer.data["is_success"]
    }
    /** Resolves when the call has come to the buyer. */
    const untilScanned = async () => {
      while (sandbox.orders.get(out_trade_no) === undefined) await pause(2)
    }

    it.each(["quickPay", "jsapiPay"] as const)("by %s is made at once", async (call) => {
      const fields = { ...ORDER, auth_code: AUTH_CODE }
      expect(await merchant.post(call, fields)).toEqual({
        status: 200,
        success: true,
        data: {
          amount: 0.3,
          currency: "USD",
          out_trade_no,
          transaction_id: expect.stringMatching(/^4200\d{24}$/),
          result_code: "SUCCESS",
        },
      })
      expect(await isPaid()).toBe(true)
      expect(sandbox.ledger.entries()).toMatchObject([{ kind: "payment", amount: "0.30" }])
    })

    it("under a number that is in use is refused, and nothing is taken twice", async () => {
      const first = await merchant.quickPay()
      expect(await merchant.quickPay()).toMatchObject(refused(200, /already in use/))
      sandbox.set({ duplicateOrder: "same-order" })
      expect(await merchant.quickPay()).toEqual(first)
      expect(sandbox.ledger.entries()).toHaveLength(1)
    })

    it("under a new number takes the money again, unless codes are good for one payment only", async () => {
      await merchant.quickPay()
      await merchant.quickPay({ out_trade_no: "ORDER-2" })
      expect(sandbox.ledger.entries()).toHaveLength(2)
      sandbox.set({ usedCode: "refuse" })
      expect(await merchant.quickPay({ out_trade_no: "ORDER-3" })).toMatchObject(
        refused(200, /used before/)
      )
      expect(sandbox.orders.get("ORDER-3")).toBeUndefined()
      sandbox.set({ duplicateOrder: "same-order" })
      expect(await merchant.quickPay()).toMatchObject({ success: true })
    })

    it("was made although the answer was lost", async () => {
      sandbox.faults.add({ kind: "answer-lost", path: "/quick-pay" })
      await expect(merchant.quickPay()).rejects.toThrow()
      expect(await isPaid()).toBe(true)
      expect(sandbox.ledger.entries()).toHaveLength(1)
    })

    it("that the buyer declines moves nothing", async () => {
      sandbox.set({ onScan: "declines" })
      expect(await merchant.quickPay()).toMatchObject(refused(200, /declined/))
      expect(await isPaid()).toBe(false)
      expect(sandbox.ledger.entries()).toEqual([])
    })

    it("waits for the PIN and is answered when the buyer has entered it", async () => {
      sandbox.set({ pinMs: 40 })
      const started = performance.now()
      expect(await merchant.quickPay()).toMatchObject({ data: { result_code: "SUCCESS" } })
      expect(performance.now() - started).toBeGreaterThan(35)
      expect(await isPaid()).toBe(true)
    })

    it("waits for the PIN and is refused when the buyer does not enter it", async () => {
      sandbox.set({ onScan: "declines", pinMs: 20 })
      expect(await merchant.quickPay()).toMatchObject(refused(200, /declined/))
    })

    it("stays declined when the buyer declines in place of the PIN", async () => {
      sandbox.set({ pinMs: 200 })
      const call = merchant.quickPay()
      await untilScanned()
      sandbox.decline(out_trade_no)
      expect(await call).toMatchObject(refused(200, /declined/))
      await pause(250)
      expect(await isPaid()).toBe(false)
    })

    it("is answered without a result when the wait is over, and paid when the PIN comes later", async () => {
      sandbox.set({ pinMs: 80, holdMs: 5 })
      expect(await merchant.quickPay()).toMatchObject({
        data: { out_trade_no, transaction_id: null, result_code: "USERPAYING" },
      })
      while (!(await isPaid())) await pause(5)
      expect(sandbox.ledger.entries()).toHaveLength(1)
    })

    it("can claim SUCCESS although the buyer has done nothing, and decline then", async () => {
      sandbox.set({ onScan: "waits", holdMs: 0, heldResultCode: "SUCCESS" })
      expect(await merchant.quickPay()).toMatchObject({ data: { result_code: "SUCCESS" } })
      expect(await isPaid()).toBe(false)
      sandbox.decline(out_trade_no)
      expect(await isPaid()).toBe(false)
      expect(sandbox.ledger.entries()).toEqual([])
    })

    it.each([
      ["pay", { data: { result_code: "SUCCESS" } }],
      ["decline", refused(200, /declined/)],
    ] as const)("waits until the buyer decides to %s in the wallet", async (choice, answer) => {
      sandbox.set({ onScan: "waits" })
      const call = merchant.quickPay()
      await untilScanned()
      expect(await isPaid()).toBe(false)
      sandbox[choice](out_trade_no)
      expect(await call).toMatchObject(answer)
    })

    it("can be paid when the merchant has hung up", async () => {
      sandbox.set({ onScan: "waits" })
      const hangUp = new AbortController()
      const call = expect(merchant.quickPay({}, hangUp.signal)).rejects.toThrow(/abort/)
      await untilScanned()
      hangUp.abort()
      await call
      sandbox.pay(out_trade_no)
      expect(await isPaid()).toBe(true)
      expect(sandbox.ledger.entries()).toHaveLength(1)
    })

    it("that is still waiting does not keep the sandbox from closing", async () => {
      sandbox.set({ onScan: "waits" })
      const call = expect(merchant.quickPay()).rejects.toThrow()
      await untilScanned()
      await sandbox.close()
      await call
    })
  })
})

describe("control", () => {
  const { out_trade_no } = ORDER

  describe("the control of the sandbox over HTTP", () => {
    let sandbox: KessSandbox
    let merchant: Merchant

    beforeEach(async () => {
      sandbox = await startKessSandbox()
      merchant = new Merchant(sandbox)
      await merchant.signIn()
      await merchant.nativePay()
    })

    afterEach(() => sandbox.close())

    async function ask(method: string, path: string, body?: unknown) {
      const response = await fetch(`${sandbox.url}/_sandbox/${path}`, {
        method,
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
      })
      return { status: response.status, body: await response.json() }
    }

    it("says that it does not know an order, and that KESS has no webhooks", async () => {
      expect(await ask("GET", "orders/NOBODY")).toEqual({
        status: 404,
        body: { error: "There is no order NOBODY" },
      })
      expect((await ask("POST", "orders/NOBODY/pay")).status).toBe(404)
      expect((await ask("GET", "webhooks")).status).toBe(404)
      expect((await ask("POST", "webhook", { url: null })).status).toBe(404)
    })

    it("declines and pays an order, and shows it", async () => {
      expect((await ask("POST", `orders/${out_trade_no}/decline`)).body).toMatchObject({
        declined: true,
      })
      expect((await ask("POST", `orders/${out_trade_no}/pay`)).body).toMatchObject({
        payment: { amount: "0.30", fee: "0.00" },
      })
      const { body } = await ask("GET", `orders/${out_trade_no}`)
      expect(body).toEqual(sandbox.orders.get(out_trade_no))
    })

    it("shows the ledger and the calls", async () => {
      sandbox.pay(out_trade_no)
      expect((await ask("GET", "ledger")).body).toEqual(sandbox.ledger.entries())
      expect((await ask("GET", "calls")).body).toEqual(sandbox.calls.list())
    })

    it("adds faults, lists them and clears them", async () => {
      const path = "/check-payment-status"
      expect((await ask("POST", "faults", { kind: "gremlin", path })).status).toBe(400)
      expect((await ask("POST", "faults", { kind: "http-error", path, times: 2 })).status).toBe(200)
      await expect(merchant.checkPayment()).rejects.toThrow()
      expect((await ask("GET", "faults")).body).toMatchObject([{ kind: "http-error", times: 1 }])
      expect((await ask("DELETE", "faults")).body).toEqual([])
      expect(await merchant.checkPayment()).toMatchObject({ success: true })
    })
  })
})
