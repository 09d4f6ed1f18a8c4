import { CashyServer, refused, success } from "../../../gateways/cashy/__tests__/fake-cashy"
import { started } from "../../../gateways/shared/__tests__/fake-gateway"
import type { GatewayCallRecord } from "../../../gateways/shared/request"
import type { KnownOrder, OrderToOpen } from "../../base/gateway"
import { gatewayAt, now, orderNo, payDeskUrl, reference } from "./gateway-under-test"

describe("gateway", () => {
  const inAnHour = new Date("2030-01-01T01:00:00Z")

  const toOpen: OrderToOpen = {
    reference,
    amount: "100",
    currency: "pkr",
    payer: {
      name: "Ali",
      phone: "3001234567",
      email: "ali@shop.example",
      id_number: "3310401123456",
    },
  }

  let server: CashyServer
  let records: GatewayCallRecord[]

  beforeEach(async () => {
    server = await started(new CashyServer())
    records = []
  })

  const gateway = (change: Record<string, unknown> = {}) =>
    gatewayAt(server.url, change, (record) => void records.push(record))

  describe("an order at Cashy", () => {
    const opened = async (
      answer: object = { payDeskUrl },
      change: Partial<OrderToOpen> = {},
      options: Record<string, unknown> = {}
    ) => {
      server.answers = [success({ mchOrderNo: reference, orderNo, ...answer })]
      const order = await gateway(options).createOrder({ ...toOpen, ...change })
      return { order, fields: server.requests[0]?.fields }
    }

    it("is not opened where Cashy refuses what it was sent", async () => {
      server.answers = [refused("Params_idCard_error")]
      await expect(gateway().createOrder(toOpen)).rejects.toMatchObject({ outcome: "declined" })
    })

    it("may have been opened where Cashy does not say what went wrong", async () => {
      server.answers = [refused("Payin_Order_Error")]
      await expect(gateway().createOrder(toOpen)).rejects.toMatchObject({ outcome: "unknown" })
    })

    it("that may have been opened names Cashy's words, also behind HTTP 500", async () => {
      server.answers = [{ ...refused("System_busy"), status: 500 }]
      await expect(gateway().createOrder(toOpen)).rejects.toMatchObject({
        outcome: "unknown",
        gatewayMessage: "System_busy",
      })
    })

    it.each(["99", "50001"])(
      "of %s is refused before Cashy is called, naming the limits",
      async (amount) => {
        const limited = gateway({ minAmount: "100.00", maxAmount: "50000.00" })
        await expect(limited.createOrder({ ...toOpen, amount })).rejects.toMatchObject({
          outcome: "declined",
          gatewayMessage: expect.stringMatching(/at least 100\.00 and at most 50000\.00/),
        })
        expect(server.requests).toEqual([])
      }
    )

    it.each(["name", "phone", "email", "id_number"])(
      "is not sent without the payer's %s, and nothing of the payer is told",
      async (field) => {
        const payer = { ...toOpen.payer, [field]: undefined }
        const opening = gateway().createOrder({ ...toOpen, payer })
        await expect(opening).rejects.toMatchObject({ outcome: "not_sent" })
        await expect(opening).rejects.not.toMatchObject({
          message: expect.stringMatching(/Ali|3001234567|ali@|331040/),
        })
        expect(server.requests).toEqual([])
      }
    )

    it("is opened with what Cashy requires", async () => {
      const { fields } = await opened()
      expect(fields).toEqual({
        mchOrderNo: reference,
        amount: "100.00",
        currency: "PKR",
        payType: 36,
        reusableStatus: false,
        expireTime: 3600,
        notifyUrl: "https://shop.example/hooks/payment/cashy_cashy",
        remark: reference,
        nonceStr: expect.stringMatching(/^[0-9a-f]{32}$/),
        realName: "Ali",
        phone: "3001234567",
        email: "ali@shop.example",
        idCard: "3310401123456",
      })
    })

    it("tells the kind of the identity number where the storefront gave it", async () => {
      const { fields } = await opened(
        { payDeskUrl },
        { payer: { ...toOpen.payer, id_type: "CNIC" } }
      )
      expect(fields).toMatchObject({ idType: "CNIC" })
    })

    it("is for as long as the shop says, by our clock", async () => {
      const { order, fields } = await opened({ payDeskUrl }, {}, { expiresIn: 600 })
      expect(fields).toMatchObject({ expireTime: 600 })
      expect(order.expiresAt).toEqual(new Date("2030-01-01T00:10:00Z"))
    })

    it("sends the shopper to the pay desk", async () => {
      const { order } = await opened({
        payDeskUrl,
        payUrl: "https://wallet.example",
        payCode: "646",
      })
      expect(order).toEqual({
        gatewayId: orderNo,
        nextAction: { type: "redirect", url: payDeskUrl },
        expiresAt: inAnHour,
      })
    })

    it("gives the shopper the code where there is no page, with its end", async () => {
      const { order } = await opened({
        payDeskUrl: null,
        payUrl: "",
        payCode: "646012000000015942",
      })
      expect(order.nextAction).toEqual({
        type: "pay_code",
        code: "646012000000015942",
        expires_at: "2030-01-01T01:00:00.000Z",
      })
    })
  })

  describe("what Cashy can do", () => {
    it("is to be paid at once, also in parts, and never to refund", () => {
      const { capabilities, title, refund, capture, void: voids, refundAdvice } = gateway()
      expect(capabilities).toMatchObject({
        capture: "automatic",
        refund: "none",
        voids: false,
        links: false,
        webhooks: "signed",
        receivesInParts: true,
      })
      expect(title).toBe("Cashy")
      expect([refund, capture, voids]).toEqual([undefined, undefined, undefined])
      expect(refundAdvice).toMatch(/no call for it.*payout.*by hand/)
    })

    it("needs four fields of the payer and takes a fifth, each of at most 32 characters", () => {
      const required = { required: true, maxLength: 32 }
      expect(gateway().capabilities.payer).toEqual({
        name: required,
        phone: required,
        email: required,
        id_number: required,
        id_type: { required: false, maxLength: 32 },
      })
    })

    it.each([
      [{}, { pkr: 0 }],
      [{ wholeAmounts: false }, { pkr: 2 }],
      [{ currency: "php" }, { php: 2 }],
      [{ currency: "VND" }, { vnd: 0 }],
      [{ currency: "kwd" }, { kwd: 2 }],
    ])("is to count %j as %j", (options, decimals) => {
      expect(gateway(options).decimals).toEqual(decimals)
    })
  })

  it("every call is told to the log, and nothing secret or personal with it", async () => {
    server.answers = [success({ mchOrderNo: reference, orderNo, payDeskUrl })]
    await gateway().createOrder(toOpen)
    expect(records.map(({ operation, outcome }) => [operation, outcome])).toEqual([
      ["payIn", "answered"],
    ])
    expect(JSON.stringify(records)).not.toMatch(/test_api_key|Ali|3001234567|ali@|331040/)
  })

  it("a gateway that is too slow is given up within the shop's time-out", async () => {
    server.answers = [success({ mchOrderNo: reference, orderNo, payDeskUrl })]
    const slow = gateway({ timeoutMs: 500 })
    server.delayMs = 5_000
    await expect(slow.createOrder(toOpen)).rejects.toMatchObject({ outcome: "unknown" })
  })
})

describe("query", () => {
  const inAnHour = new Date("2030-01-01T01:00:00Z")
  const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

  const order: KnownOrder = {
    reference,
    amount: "100",
    currency: "pkr",
    gatewayId: orderNo,
    expiresAt: inAnHour,
    gatewayData: {},
    candidateIds: [],
  }

  let server: CashyServer

  beforeEach(async () => {
    server = await started(new CashyServer())
  })

  const gateway = () => gatewayAt(server.url)

  describe("asking Cashy about an order", () => {
    const answer = (change: object) =>
      success({ mchOrderNo: reference, orderNo, orderStatus: "PAYING", amount: "100", ...change })

    const asked = async (change: object, known: Partial<KnownOrder> = {}) => {
      server.answers = [answer(change)]
      return await gateway().queryOrder({ ...order, ...known })
    }

    it("is pending, with the way to pay, before the shopper paid", async () => {
      expect(await asked({ payDeskUrl })).toEqual({
        state: "pending",
        rawStatus: "PAYING",
        gatewayId: orderNo,
        expiresAt: inAnHour,
        nextAction: { type: "redirect", url: payDeskUrl },
        money: [],
      })
    })

    it("tells how an order can be paid whose opening was never answered, and its latest end", async () => {
      const lost = { gatewayId: undefined, expiresAt: undefined }
      expect(await asked({ payCode: "646" }, lost)).toMatchObject({
        state: "pending",
        gatewayId: orderNo,
        expiresAt: inAnHour,
        nextAction: { type: "pay_code", code: "646", expires_at: inAnHour.toISOString() },
      })
      expect(server.requests[0]?.fields).toMatchObject({ mchOrderNo: reference })
    })

    it("finds no order where Cashy knows none", async () => {
      server.answers = [refused("Order_not_exist")]
      await expect(gateway().queryOrder(order)).rejects.toMatchObject({ outcome: "declined" })
    })

    it("keeps a word that is not documented, and takes it for pending, however late it is", async () => {
      const late = { expiresAt: minutesAgo(600) }
      expect(await asked({ orderStatus: "REVIEW" }, late)).toMatchObject({
        state: "pending",
        rawStatus: "REVIEW",
        money: [],
      })
    })

    it("is failed where Cashy says so", async () => {
      expect(await asked({ orderStatus: "FAIL" })).toMatchObject({ state: "failed", money: [] })
    })

    it("is paid with the amount that Cashy names, not the one that was ordered", async () => {
      expect(await asked({ orderStatus: "SUCCESS", amount: "60.00" })).toMatchObject({
        state: "paid",
        money: [{ gatewayId: orderNo, amount: "60", currency: "pkr" }],
      })
    })

    describe("whose time is over", () => {
      it("is pending for a while: the money may be on its way", async () => {
        expect(await asked({ payDeskUrl }, { expiresAt: minutesAgo(9) })).toMatchObject({
          state: "pending",
        })
      })

      it("is expired then, and nobody is sent to pay it", async () => {
        const report = await asked({ payDeskUrl }, { expiresAt: minutesAgo(10) })
        expect(report).toMatchObject({ state: "expired", rawStatus: "PAYING", money: [] })
        expect(report).not.toHaveProperty("nextAction")
      })

      it.each([
        ["FAIL", "failed"],
        ["SUCCESS", "paid"],
      ])("is what Cashy says where it says more: %s", async (orderStatus, state) => {
        expect(await asked({ orderStatus }, { expiresAt: minutesAgo(600) })).toMatchObject({
          state,
        })
      })

      it("is not expired where money came", async () => {
        server.orders.set(
          "PAYIN2",
          answer({ orderNo: "PAYIN2", orderStatus: "SUCCESS", amount: "40" })
        )
        const late = { expiresAt: minutesAgo(600), candidateIds: ["PAYIN2"] }
        expect(await asked({}, late)).toMatchObject({ state: "pending" })
      })

      it("is not known to be over where its end is not known", async () => {
        expect(await asked({}, { expiresAt: undefined })).toMatchObject({ state: "pending" })
      })
    })

    describe("that was paid in parts", () => {
      const part = (number: string, amount: string, change: object = {}) =>
        server.orders.set(
          number,
          answer({ orderNo: number, amount, orderStatus: "SUCCESS", ...change })
        )

      it("counts each additional payment under its own number", async () => {
        part("PAYIN2", "60", { mchOrderNo: `${reference}00001` })
        part("PAYIN3", "40.00", { mchOrderNo: `${reference}00002` })
        expect(await asked({}, { candidateIds: ["PAYIN3", "PAYIN2"] })).toMatchObject({
          state: "pending",
          gatewayId: orderNo,
          money: [
            { gatewayId: "PAYIN3", amount: "40", currency: "pkr" },
            { gatewayId: "PAYIN2", amount: "60", currency: "pkr" },
          ],
        })
      })

      it("counts what was paid twice", async () => {
        part("PAYIN2", "100")
        const { state, money } = await asked(
          { orderStatus: "SUCCESS" },
          { candidateIds: ["PAYIN2"] }
        )
        expect([state, money]).toEqual([
          "paid",
          [
            { gatewayId: orderNo, amount: "100", currency: "pkr" },
            { gatewayId: "PAYIN2", amount: "100", currency: "pkr" },
          ],
        ])
      })

      it("counts nothing of somebody else's", async () => {
        part("PAYIN2", "100", { mchOrderNo: "01JQ7ZK3V5W8X9Y0A1B2C3D4E51" })
        expect(await asked({}, { candidateIds: ["PAYIN2"] })).toMatchObject({ money: [] })
      })
    })
  })
})
