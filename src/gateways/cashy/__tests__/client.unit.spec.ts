import { createHash } from "node:crypto"
import { inspect } from "node:util"
import {
  type Answer,
  failure,
  itCantRead,
  noMessage,
  withoutData,
} from "../../shared/__tests__/fake-gateway"
import { decimal } from "../../shared/money"
import { type CashyClient, type CashyNewOrder, limitProblem } from "../client"
import { refused, startClient, type CashyServer, success } from "./fake-cashy"

describe("client", () => {
  const mchOrderNo = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
  const orderNo = "PAYIN8232154612109344768"
  const payDeskUrl = `https://desk.cashy.example/pay/${orderNo}`

  const order: CashyNewOrder = {
    mchOrderNo,
    amount: decimal("100"),
    currency: "PKR",
    payType: 36,
    expireTime: 3600,
    notifyUrl: "https://shop.example/hooks/payment/cashy_cashy",
    remark: mchOrderNo,
    realName: "محمد علی",
    phone: "3001234567",
    email: "ali@shop.example",
    idCard: "3310401123456",
  }

  /** Right for both calls. */
  const anyData = { mchOrderNo, orderNo, payDeskUrl, orderStatus: "SUCCESS", amount: "100" }

  let server: CashyServer
  let client: CashyClient

  beforeEach(async () => {
    ;({ server, client } = await startClient())
  })

  const create = () => client.payIn(order)
  const query = () => client.payInQuery({ orderNo })

  describe.each([
    ["payIn", create],
    ["payInQuery", query],
  ] as const)("%s", (operation, call) => {
    const answerWith = (...answers: Answer[]) => void (server.answers = answers)
    itCantRead({ operation, call, answerWith }, [
      ["has no data", { body: { msg: "SUCCESS", code: 200 } }],
      ...withoutData(success),
      ["names no number of ours", success({ ...anyData, mchOrderNo: null })],
      ["names no number of Cashy's", success({ ...anyData, orderNo: undefined })],
      ["names an empty number of Cashy's", success({ ...anyData, orderNo: "" })],
      ["has no code", { body: { msg: "SUCCESS", data: anyData } }],
      ...noMessage,
      ["is a page of HTTP 404", { status: 404, body: "<html>Not found</html>" }],
      ["breaks off", { body: '{"code":200,"data":{"orderNo":' }],
    ])

    it("has an unknown outcome after HTTP 500, whatever its token is", async () => {
      server.answers = [{ ...refused("Params_amount_error"), status: 500 }]
      const http = await failure(call)
      expect(http).toMatchObject({ outcome: "unknown", reason: "server_error" })
    })

    it("is refused by Cashy's token, also beside a yes of HTTP", async () => {
      server.answers = [{ body: { msg: "Params_amount_error", code: 500, data: anyData } }]
      expect(await failure(call)).toMatchObject({
        outcome: "declined",
        operation,
        code: "500",
        gatewayMessage: "Params_amount_error",
      })
    })

    it("is JSON that is POSTed, with the merchant's number in a header", async () => {
      server.answers = [success(anyData)]
      await call()
      expect(server.requests).toMatchObject([
        { method: "POST", contentType: "application/json", merchantId: "1002001" },
      ])
    })

    it("is signed over the very bytes that are sent, whatever is in them", async () => {
      server.answers = [success(anyData)]
      await call()
      const [request] = server.requests
      const digest = createHash("md5").update(`${request?.text}an-api-key`, "utf8").digest("hex")
      expect(request?.sign).toBe(digest.toUpperCase())
    })

    it("has a nonce of its own each time", async () => {
      server.answers = [success(anyData)]
      await call()
      await call()
      expect(server.requests.map(({ fields }) => fields.nonceStr)).toEqual(["nonce-1", "nonce-2"])
    })

    it("shows nothing secret or personal in an error", async () => {
      server.answers = [refused("Params_idCard_error")]
      const error = inspect(await failure(call), { depth: 10, showHidden: true })
      expect(error).not.toMatch(/an-api-key|3001234567|ali@shop|3310401123456|محمد/)
    })
  })

  describe("opening an order", () => {
    it("has an unknown outcome where the answer is about another order", async () => {
      server.answers = [success({ ...anyData, mchOrderNo: "01JQ7ZK3V5W8X9Y0A1B2C3D4E51" })]
      expect(await failure(create)).toMatchObject({ outcome: "unknown", reason: "mismatch" })
    })

    it("has an unknown outcome where nothing tells how to pay", async () => {
      server.answers = [success({ mchOrderNo, orderNo, payCode: "", payUrl: null })]
      expect(await failure(create)).toMatchObject({ outcome: "unknown", reason: "unreadable" })
    })

    it("is not sent again where its answer is lost", async () => {
      server.answers = [{ status: 500, body: "" }, success(anyData)]
      await failure(create)
      expect(server.requests).toHaveLength(1)
    })

    it("leaves out no field that Cashy requires, and adds none that it does not know", async () => {
      server.answers = [success(anyData)]
      await create()
      expect(server.requests[0]).toMatchObject({ path: "/api/payIn" })
      expect(server.requests[0]?.fields).toEqual({
        currency: "PKR",
        payType: 36,
        amount: "100.00",
        reusableStatus: false,
        mchOrderNo,
        expireTime: 3600,
        notifyUrl: order.notifyUrl,
        nonceStr: "nonce-1",
        remark: mchOrderNo,
        realName: "محمد علی",
        phone: "3001234567",
        email: "ali@shop.example",
        idCard: "3310401123456",
      })
    })

    it("tells the kind of the identity number where it is known", async () => {
      server.answers = [success(anyData)]
      await client.payIn({ ...order, idType: "CNIC" })
      expect(server.requests[0]?.fields).toMatchObject({ idType: "CNIC" })
    })

    it("never rounds: an amount with more places than Cashy has is not sent", async () => {
      const tooFine = () => client.payIn({ ...order, amount: decimal("111.9888") })
      expect(await failure(tooFine)).toMatchObject({ name: "TooManyDecimalsError" })
      expect(server.requests).toEqual([])
    })

    it("cuts a remark to what Cashy takes, and never through a character", async () => {
      server.answers = [success(anyData)]
      await client.payIn({ ...order, remark: "😀".repeat(40) })
      expect(server.requests[0]?.fields.remark).toBe("😀".repeat(32))
    })

    it("tells Cashy's number and how to pay", async () => {
      server.answers = [
        success({
          merchantId: "1002001",
          mchOrderNo,
          orderNo,
          payCode: "646",
          payUrl: null,
          payDeskUrl,
        }),
      ]
      expect(await create()).toEqual({ orderNo, wayToPay: { type: "page", url: payDeskUrl } })
    })
  })

  describe("asking about an order", () => {
    const asked = async (change: object) => {
      server.answers = [success({ ...anyData, ...change })]
      return await query()
    }

    it("takes nothing from an answer about another number of Cashy's", async () => {
      server.answers = [success({ ...anyData, orderNo: "PAYIN1" })]
      expect(await failure(query)).toMatchObject({ outcome: "unknown", reason: "mismatch" })
    })

    it("takes nothing from an answer about another number of ours", async () => {
      server.answers = [success({ ...anyData, mchOrderNo: `${mchOrderNo}00001` })]
      expect(await failure(() => client.payInQuery({ mchOrderNo }))).toMatchObject({
        outcome: "unknown",
        reason: "mismatch",
      })
    })

    it.each([null, undefined, "", "abc", "0", "-100", "1,000.00", true, {}])(
      "does not take it for paid where it does not say how much: %j",
      async (amount) => {
        server.answers = [success({ ...anyData, amount })]
        expect(await failure(query)).toMatchObject({ outcome: "unknown", reason: "unreadable" })
      }
    )

    it("is sent again where its answer was lost", async () => {
      server.answers = [{ status: 500, body: "" }, success(anyData)]
      expect(await query()).toMatchObject({ state: "paid" })
    })

    it("sends the one number that names it, and a nonce", async () => {
      await asked({})
      await client.payInQuery({ mchOrderNo })
      expect(server.requests.map(({ path, fields }) => [path, fields])).toEqual([
        ["/api/payInQuery", { orderNo, nonceStr: "nonce-1" }],
        ["/api/payInQuery", { mchOrderNo, nonceStr: "nonce-2" }],
      ])
    })

    it.each(["PAYING", "FAIL", "REVIEW", null])(
      "needs no amount where it is not paid: %s",
      async (orderStatus) => {
        expect(await asked({ orderStatus, amount: {} })).toMatchObject({
          orderStatus,
          paid: undefined,
        })
      }
    )

    it("keeps a word that Cashy does not document, and takes it for pending", async () => {
      expect(await asked({ orderStatus: "REVIEW" })).toMatchObject({
        state: "pending",
        orderStatus: "REVIEW",
      })
    })

    it("finds it paid, with the amount in one text however it is written", async () => {
      for (const amount of ["20000", "20000.00", 20000, 2e4]) {
        expect(await asked({ amount })).toEqual({
          orderNo,
          mchOrderNo,
          state: "paid",
          orderStatus: "SUCCESS",
          paid: "20000",
          wayToPay: { type: "page", url: payDeskUrl },
        })
      }
    })

    it("finds every digit of a large amount", async () => {
      const { body } = success({ ...anyData, amount: 1 })
      const text = JSON.stringify(body).replace('"amount":1', '"amount":123456789012345678.91')
      server.answers = [{ body: text }]
      expect(await query()).toMatchObject({ paid: "123456789012345678.91" })
    })
  })
})

describe("amount limits", () => {
  const limits = { minAmount: decimal("100"), maxAmount: decimal("50000") }
  const problem = (amount: string, given: object = limits) =>
    limitProblem(given, decimal(amount), "pkr")

  describe("the limits of an amount", () => {
    it.each(["99.99", "0.01", "50000.01", "1234567.89"])("refuse %s, naming both", (amount) => {
      expect(problem(amount)).toMatchObject({
        outcome: "declined",
        gatewayMessage: `${amount} PKR can't be paid in one payment: it takes at least 100.00 and at most 50000.00`,
      })
    })

    it("name only the one there is", () => {
      expect(problem("99", { minAmount: decimal("100") })?.gatewayMessage).toMatch(
        /^99\.00 PKR .* at least 100\.00$/
      )
      expect(problem("101", { maxAmount: decimal("100") })?.gatewayMessage).toMatch(
        /^101\.00 PKR .* at most 100\.00$/
      )
    })

    it("take what lies between them, and they themselves", () => {
      expect(["100", "100.01", "9999", "50000"].map((amount) => problem(amount))).toEqual(
        Array(4).fill(undefined)
      )
    })

    it("are none where none were agreed on", () => {
      expect(problem("0.01", {})).toBeUndefined()
      expect(problem("99999999", { minAmount: decimal("1") })).toBeUndefined()
    })
  })
})
