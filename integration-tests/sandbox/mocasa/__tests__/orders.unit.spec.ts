import { startReceiver } from "../../shared/__tests__/receiver"
import { type MocasaSandbox, startMocasaSandbox } from ".."
import { Merchant, ORDER } from "./merchant"

describe("orders", () => {
  const { orderNo } = ORDER

  describe("an order", () => {
    let sandbox: MocasaSandbox
    let merchant: Merchant

    beforeEach(async () => {
      sandbox = await startMocasaSandbox()
      merchant = new Merchant(sandbox)
      await merchant.signIn()
    })

    afterEach(() => sandbox.close())

    it("that nobody created can't be asked for, refunded or paid", async () => {
      expect(await merchant.queryOrder()).toMatchObject({ code: "ORDER_NOT_FOUND", success: false })
      expect(await merchant.refundOrder()).toMatchObject({
        code: "ORDER_NOT_FOUND",
        success: false,
      })
      expect(() => sandbox.pay(orderNo)).toThrow(/no order/)
    })

    it("has a link and no status before the shopper paid", async () => {
      const { data } = await merchant.createOrder()
      expect(data).toEqual({ orderNo, paymentLink: expect.stringMatching(/^http:.+\/pay\/[^/]+$/) })
      expect((await merchant.queryOrder()).data).toEqual(data)
      expect(sandbox.ledger.entries()).toEqual([])
    })

    it("can have a status of any word before the shopper paid", async () => {
      await merchant.createOrder()
      sandbox.set({ unpaidTxStatus: "pending" })
      expect((await merchant.queryOrder()).data).toMatchObject({ txStatus: "pending" })
    })

    it("is paid with its money in the ledger, and tells no amount", async () => {
      const { data } = await merchant.createOrder({ amount: "100.5" })
      sandbox.pay(orderNo)
      expect((await merchant.queryOrder()).data).toEqual({
        ...data,
        txStatus: "success",
        txMessage: expect.any(String),
        txTime: expect.any(Number),
        paymentMode: "Mocasa BNPL",
      })
      expect(sandbox.ledger.entries()).toEqual([
        {
          kind: "payment",
          reference: orderNo,
          amount: "100.50",
          currency: "PHP",
          at: expect.any(String),
        },
      ])
    })

    it("takes the money once, however often the shopper pays", async () => {
      await merchant.createOrder()
      sandbox.pay(orderNo)
      sandbox.pay(orderNo)
      expect(sandbox.ledger.entries({ kind: "payment" })).toHaveLength(1)
    })

    it("can still be paid after it failed", async () => {
      await merchant.createOrder()
      sandbox.decline(orderNo)
      expect((await merchant.queryOrder()).data).toMatchObject({ txStatus: "failed" })
      expect(sandbox.ledger.entries()).toEqual([])
      sandbox.pay(orderNo)
      expect((await merchant.queryOrder()).data).toMatchObject({ txStatus: "success" })
    })

    it("stays paid when the shopper declines afterwards", async () => {
      await merchant.createOrder()
      sandbox.pay(orderNo)
      sandbox.decline(orderNo)
      expect((await merchant.queryOrder()).data).toMatchObject({ txStatus: "success" })
    })

    it("was created although the answer was lost", async () => {
      sandbox.faults.add({ kind: "answer-lost", path: "/payment/order/create" })
      await expect(merchant.createOrder()).rejects.toThrow()
      expect(await merchant.queryOrder()).toMatchObject({ success: true })
    })

    describe("its refund", () => {
      const refunds = () => sandbox.ledger.entries({ kind: "refund" })

      beforeEach(() => merchant.createOrder())

      it("is refused before it was paid", async () => {
        expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_NOT_PAID", data: null })
        sandbox.decline(orderNo)
        expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_NOT_PAID", data: null })
      })

      it("is refused once the money was settled", async () => {
        expect(() => sandbox.settle(orderNo)).toThrow(/not been paid/)
        sandbox.pay(orderNo)
        sandbox.settle(orderNo)
        expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_SETTLED", data: null })
        expect(refunds()).toEqual([])
      })

      it("is refused without a reason, and with an amount", async () => {
        sandbox.pay(orderNo)
        const path = "/payment/order/refund"
        expect(await merchant.post(path, { orderNo })).toMatchObject({ code: "PARAM_MISSING" })
        expect(await merchant.post(path, { orderNo, reason: "r", amount: "1.00" })).toMatchObject({
          code: "PARAM_UNKNOWN",
        })
        expect(refunds()).toEqual([])
      })

      it("gives the whole amount back, once", async () => {
        sandbox.pay(orderNo)
        expect((await merchant.refundOrder()).data).toEqual({
          refundStatus: "success",
          orderNo,
          refundRef: expect.any(String),
        })
        expect(await merchant.refundOrder()).toMatchObject({
          success: false,
          code: "ORDER_ALREADY_REFUNDED",
        })
        expect(refunds()).toMatchObject([{ reference: orderNo, amount: "100.00", currency: "PHP" }])
        expect((await merchant.queryOrder()).data).toMatchObject({ txStatus: "success" })
      })

      it("happened although the answer was lost", async () => {
        sandbox.pay(orderNo)
        sandbox.faults.add({ kind: "answer-lost", path: "/payment/order/refund" })
        await expect(merchant.refundOrder()).rejects.toThrow()
        expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_ALREADY_REFUNDED" })
        expect(refunds()).toHaveLength(1)
      })

      it("of which it says that it failed moves nothing and can be tried again", async () => {
        sandbox.pay(orderNo)
        sandbox.set({ refundStatus: "failed" })
        expect((await merchant.refundOrder()).data).toMatchObject({ refundStatus: "failed" })
        expect(refunds()).toEqual([])
        sandbox.set({ refundStatus: "success" })
        expect((await merchant.refundOrder()).data).toMatchObject({ refundStatus: "success" })
      })

      it.each(["processing", "pending", "on_its_way"])(
        "of which it says %s moves money only when it is finished",
        async (refundStatus) => {
          sandbox.pay(orderNo)
          sandbox.set({ refundStatus })
          expect((await merchant.refundOrder()).data).toMatchObject({ refundStatus })
          expect(await merchant.refundOrder()).toMatchObject({ code: "REFUND_IN_PROGRESS" })
          expect(refunds()).toEqual([])
          sandbox.finishRefund(orderNo, "success")
          expect(refunds()).toHaveLength(1)
          expect(await merchant.refundOrder()).toMatchObject({ code: "ORDER_ALREADY_REFUNDED" })
          expect(() => sandbox.finishRefund(orderNo, "success")).toThrow(/in progress/)
        }
      )
    })
  })
})

describe("payment page", () => {
  const { orderNo } = ORDER

  describe("the payment page", () => {
    let sandbox: MocasaSandbox
    let merchant: Merchant

    beforeEach(async () => {
      sandbox = await startMocasaSandbox()
      merchant = new Merchant(sandbox)
      await merchant.signIn()
    })

    afterEach(() => sandbox.close())

    async function createOrder(changes: Partial<typeof ORDER> = {}): Promise<string> {
      const { data } = await merchant.createOrder(changes)
      return String(data?.["paymentLink"])
    }

    const show = async (link: string) => (await fetch(link)).text()
    const press = async (link: string, button: "pay" | "decline" | "close") => {
      const { status, headers } = await fetch(`${link}/${button}`, {
        method: "POST",
        redirect: "manual",
      })
      return { status, location: headers.get("location") }
    }

    it("does not exist under a link that was not handed out", async () => {
      await createOrder()
      const response = await fetch(`${sandbox.url}/pay/${orderNo}`)
      expect(response.status).toBe(404)
      expect(await response.text()).toContain("Unknown payment link")
      expect((await press(`${sandbox.url}/pay/${orderNo}`, "pay")).status).toBe(404)
      expect(sandbox.ledger.entries()).toEqual([])
    })

    it("escapes what the merchant named the product", async () => {
      const page = await show(await createOrder({ productName: `<img src=x onerror="alert(1)">` }))
      expect(page).not.toContain("<img")
      expect(page).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;")
    })

    it("shows the product, the amount in pesos and the three buttons, and pays nothing by being shown", async () => {
      const page = await show(await createOrder({ amount: "1234567.5" }))
      expect(page).toContain("Barako coffee")
      expect(page).toContain("₱1,234,567.50")
      expect([...page.matchAll(/formaction="[^"]+\/(\w+)"/g)].map(([, name]) => name)).toEqual([
        "pay",
        "decline",
      ])
      expect(page).toMatch(/action="\/pay\/[^"]+\/close"/)
      expect(sandbox.ledger.entries()).toEqual([])
    })

    it("pays and leads back to the shop with the order's number and status", async () => {
      const link = await createOrder()
      expect(await press(link, "pay")).toEqual({
        status: 303,
        location: `http://shop.test/return?cart=1&orderNo=${orderNo}&status=success`,
      })
      expect(sandbox.ledger.entries({ kind: "payment", reference: orderNo })).toHaveLength(1)
    })

    it("declines and leads back to the shop, and the link can still be paid", async () => {
      const link = await createOrder()
      expect((await press(link, "decline")).location).toContain("status=failed")
      const page = await show(link)
      expect(page).toContain("You can still pay")
      expect(page).toMatch(/formaction="[^"]+\/pay"/)
      expect((await press(link, "pay")).location).toContain("status=success")
    })

    it("closes to the shop without any change", async () => {
      const link = await createOrder()
      expect(await press(link, "close")).toEqual({ status: 303, location: ORDER.returnUrl })
      expect(sandbox.orders.get(orderNo)?.transaction).toBeNull()
    })

    it("of a paid order says so and offers only the way back", async () => {
      const link = await createOrder()
      await press(link, "pay")
      const page = await show(link)
      expect(page).toContain("This order is paid")
      expect(page).not.toContain("formaction")
    })

    it("of a refunded order says so", async () => {
      const link = await createOrder()
      await press(link, "pay")
      await merchant.refundOrder()
      expect(await show(link)).toContain("has been refunded")
    })

    it("takes the money once when the button is pressed in two windows", async () => {
      const link = await createOrder()
      const [first, second] = await Promise.all([press(link, "pay"), press(link, "pay")])
      expect(second).toEqual(first)
      expect((await press(link, "decline")).location).toContain("status=success")
      expect(sandbox.ledger.entries()).toHaveLength(1)
    })
  })
})

describe("control", () => {
  const { orderNo } = ORDER

  describe("the control of the sandbox over HTTP", () => {
    let sandbox: MocasaSandbox
    let merchant: Merchant

    beforeEach(async () => {
      sandbox = await startMocasaSandbox()
      merchant = new Merchant(sandbox)
      await merchant.signIn()
      await merchant.createOrder()
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

    it("says that it does not know an order or a path", async () => {
      expect(await ask("GET", "orders/NOBODY")).toEqual({
        status: 404,
        body: { error: "There is no order NOBODY" },
      })
      expect((await ask("POST", "orders/NOBODY/pay")).status).toBe(404)
      expect((await ask("GET", "nothing")).status).toBe(404)
    })

    it("ends a transfer, gives its money back, and shows it", async () => {
      sandbox.set({ transferStatus: "processing" })
      const { data } = await merchant.post("/payout/account/create", {
        idType: "passport",
        idNo: "1",
        beneficiaryName: "Juan",
        businessLisence: "BL-1",
        shopName: "Juan's",
      })
      await merchant.post("/payout/transfer/initiate", {
        transferSerialNo: "P1",
        amount: "50.00",
        payeeAccountNo: String(data?.["accountNo"]),
        purpose: "Share",
      })
      expect((await ask("POST", "transfers/P9/finish", { txStatus: "success" })).status).toBe(404)
      expect((await ask("POST", "transfers/P1/finish", { txStatus: "paying" })).status).toBe(400)
      expect((await ask("POST", "transfers/P1/give-back")).status).toBe(400)
      expect((await ask("POST", "transfers/P1/finish", { txStatus: "success" })).status).toBe(200)
      expect((await ask("POST", "transfers/P1/give-back")).body).toMatchObject({
        txStatus: "failed",
      })
      expect((await ask("GET", "transfers/P1")).body).toMatchObject({ txStatus: "failed" })
    })

    it("pays, declines and settles an order, and shows it", async () => {
      expect((await ask("POST", `orders/${orderNo}/settle`)).status).toBe(400)
      expect((await ask("POST", `orders/${orderNo}/decline`)).body).toMatchObject({
        transaction: { txStatus: "failed" },
      })
      expect((await ask("POST", `orders/${orderNo}/pay`)).body).toMatchObject({
        transaction: { txStatus: "success" },
      })
      expect((await ask("POST", `orders/${orderNo}/settle`)).body).toMatchObject({ settled: true })
      expect((await ask("GET", `orders/${orderNo}`)).body).toEqual(sandbox.orders.get(orderNo))
    })

    it("shows the ledger and the calls", async () => {
      sandbox.pay(orderNo)
      expect((await ask("GET", "ledger")).body).toEqual(sandbox.ledger.entries())
      expect((await ask("GET", "calls")).body).toEqual(sandbox.calls.list())
    })

    it("sets where webhooks go", async () => {
      const receiver = await startReceiver()
      expect((await ask("POST", "webhook", { url: "nowhere" })).status).toBe(400)
      expect((await ask("POST", "webhook", { address: receiver.url })).status).toBe(400)
      expect((await ask("POST", "webhook", { url: receiver.url })).status).toBe(200)
      await ask("POST", `orders/${orderNo}/pay`)
      await sandbox.webhooks.settled()
      expect(receiver.received).toHaveLength(1)
      expect((await ask("GET", "webhooks")).body).toMatchObject({
        enabled: true,
        deliveries: [{ state: "delivered" }],
      })
      await receiver.close()
    })

    it("takes a JSON body only under its own content type", async () => {
      const response = await fetch(`${sandbox.url}/_sandbox/webhook`, {
        method: "POST",
        body: '{"url":"http://127.0.0.1:9/"}',
      })
      expect(response.status).toBe(400)
      expect(await response.text()).toContain("content-type: application/json")
    })

    it("adds faults, lists them and clears them", async () => {
      const path = "/payment/order/query"
      expect((await ask("POST", "faults", { kind: "gremlin", path })).status).toBe(400)
      expect((await ask("POST", "faults", { kind: "http-error", path, times: 2 })).status).toBe(200)
      await expect(merchant.queryOrder()).rejects.toThrow()
      expect((await ask("GET", "faults")).body).toMatchObject([{ kind: "http-error", times: 1 }])
      expect((await ask("DELETE", "faults")).body).toEqual([])
      expect(await merchant.queryOrder()).toMatchObject({ status: 200 })
    })
  })
})
