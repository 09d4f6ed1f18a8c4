import { CashyServer, refused, success } from "../../../gateways/cashy/__tests__/cashy-server"
import type { KnownOrder } from "../../base/gateway"
import { gatewayAt, now, orderNo, payDeskUrl, reference } from "./gateway-under-test"

const inAnHour = new Date("2030-01-01T01:00:00Z")
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

const order: KnownOrder = {
  reference,
  amount: "100",
  currency: "pkr",
  gatewayId: orderNo,
  expiresAt: inAnHour,
  kept: {},
  hints: [],
}

let server: CashyServer

beforeEach(async () => {
  server = new CashyServer()
  await server.start()
})

afterEach(async () => {
  await server.stop()
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
      word: "PAYING",
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
      word: "REVIEW",
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
      expect(report).toMatchObject({ state: "expired", word: "PAYING", money: [] })
      expect(report).not.toHaveProperty("nextAction")
    })

    it.each([
      ["FAIL", "failed"],
      ["SUCCESS", "paid"],
    ])("is what Cashy says where it says more: %s", async (orderStatus, state) => {
      expect(await asked({ orderStatus }, { expiresAt: minutesAgo(600) })).toMatchObject({ state })
    })

    it("is not expired where money came", async () => {
      server.orders.set(
        "PAYIN2",
        answer({ orderNo: "PAYIN2", orderStatus: "SUCCESS", amount: "40" })
      )
      const late = { expiresAt: minutesAgo(600), hints: ["PAYIN2"] }
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
      expect(await asked({}, { hints: ["PAYIN3", "PAYIN2"] })).toMatchObject({
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
      const { state, money } = await asked({ orderStatus: "SUCCESS" }, { hints: ["PAYIN2"] })
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
      expect(await asked({}, { hints: ["PAYIN2"] })).toMatchObject({ money: [] })
    })
  })
})
