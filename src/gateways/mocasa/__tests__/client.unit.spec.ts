import { inspect } from "node:util"
import {
  type Answer,
  failure,
  itCantRead,
  itTakesNoOtherOrder,
  itTrustsNoServerError,
  noMessage,
  withoutData,
} from "../../shared/__tests__/fake-gateway"
import { type MocasaClient, tokenLifetimeMs } from "../client"
import { refused, startClient, type MocasaServer, success } from "./fake-mocasa"

describe("client", () => {
  const orderNo = "01JQ7ZK3V5W8X9Y0A1B2C3D4E50"
  const paymentLink = "https://pay.mocasa.example/p/1"
  const order = {
    orderNo,
    amount: "100.00",
    productName: "Order & more",
    customerId: "cus_1",
    returnUrl: "https://shop.example/return?cart=1",
  }

  let server: MocasaServer
  let client: MocasaClient

  beforeEach(async () => {
    ;({ server, client } = await startClient())
  })

  const create = () => client.createOrder(order)
  const query = () => client.queryOrder(orderNo)
  const refund = () => client.refundOrder(orderNo, "Damaged")

  const calls = [
    ["createOrder", create],
    ["queryOrder", query],
    ["refundOrder", refund],
  ] as const

  /** Right for all three calls. */
  const anyData = { orderNo, paymentLink, txStatus: "success", refundStatus: "success" }

  describe.each(calls)("%s", (operation, call) => {
    const answerWith = (...answers: Answer[]) => void (server.answers = answers)
    itTakesNoOtherOrder({ operation, call, answerWith }, orderNo, (other) =>
      success({ ...anyData, orderNo: other })
    )

    itCantRead({ operation, call, answerWith }, [
      ["has no data", { body: { success: true } }],
      ...withoutData(success),
      ["names no order", success({ ...anyData, orderNo: null })],
      ["does not say whether it worked", { body: { data: anyData } }],
      ["says that it worked in a text", { body: { success: "true", data: anyData } }],
      ...noMessage,
      ["is a page of HTTP 404", { status: 404, body: "<html>Not found</html>" }],
      ["breaks off", { body: '{"success":true,"data":{"orderNo":' }],
    ])

    itTrustsNoServerError({ operation, call, answerWith }, success(anyData).body)

    it("is not made where no token is to be had, and was surely not sent", async () => {
      server.tokens.push(refused("AUTH_1", "Invalid client"))
      expect(await failure(call)).toMatchObject({
        outcome: "not_sent",
        reason: "no_token",
        code: "AUTH_1",
        gatewayMessage: "Invalid client",
      })
      expect(server.calls).toEqual([])
    })

    it("is repeated once, with a new token, after HTTP 401", async () => {
      server.answers = [{ status: 401, body: "" }, success(anyData)]
      await call()
      expect(server.calls.map(({ accessToken }) => accessToken)).toEqual(["token-1", "token-2"])
    })

    it("is not repeated a second time after HTTP 401", async () => {
      server.answers = [{ status: 401, body: "" }]
      expect(await failure(call)).toMatchObject({ outcome: "declined", reason: "unauthorized" })
      expect(server.calls).toHaveLength(2)
    })

    it("is a form that is POSTed, with the token in the header accessToken", async () => {
      server.answers = [success(anyData)]
      await call()
      const [request] = server.calls
      expect(request).toMatchObject({
        method: "POST",
        contentType: "application/x-www-form-urlencoded",
        accessToken: "token-1",
      })
      expect(request?.headerNames).toContain("accessToken")
      expect(request?.headerNames.map((name) => name.toLowerCase())).not.toContain("authorization")
    })

    it("shows no secret in an error", async () => {
      server.answers = [refused("E1", "No")]
      const error = inspect(await failure(call), { depth: 10, showHidden: true })
      expect(error).not.toContain("a-client-secret")
      expect(error).not.toContain("token-1")
      expect(error).not.toContain("mp_key")
    })
  })

  describe("a call whose answer is lost", () => {
    it.each([
      ["createOrder", create],
      ["refundOrder", refund],
    ] as const)("is not sent again where it changes something: %s", async (_operation, call) => {
      server.answers = [{ status: 500, body: "" }, success(anyData)]
      await failure(call)
      expect(server.calls).toHaveLength(1)
    })

    it("is sent again where it only reads", async () => {
      server.answers = [{ status: 500, body: "" }, success(anyData)]
      expect(await query()).toMatchObject({ state: "paid" })
    })
  })

  describe("success: false", () => {
    it.each([
      ["createOrder", create],
      ["queryOrder", query],
    ] as const)("is a final no to %s", async (operation, call) => {
      server.answers = [refused("E7", "No such thing", 400)]
      expect(await failure(call)).toMatchObject({
        outcome: "declined",
        operation,
        code: "E7",
        gatewayMessage: "No such thing",
        httpStatus: 400,
      })
    })

    it("leaves it open whether a refund was made", async () => {
      server.answers = [refused("E7", "Busy")]
      expect(await failure(refund)).toMatchObject({
        outcome: "unknown",
        reason: "unlisted_code",
        code: "E7",
        gatewayMessage: "Busy",
      })
    })
  })

  describe("creating an order", () => {
    it.each(["javascript:alert(1)", "", "/p/1", "ftp://pay.example", null, 7])(
      "has an unknown outcome where the link is none: %j",
      async (link) => {
        server.answers = [success({ ...anyData, paymentLink: link })]
        expect(await failure(create)).toMatchObject({ outcome: "unknown", reason: "unreadable" })
      }
    )

    it("sends the five fields that Mocasa requires, as they were given, and no more", async () => {
      server.answers = [success({ orderNo, paymentLink })]
      expect(await create()).toEqual({ paymentLink })
      expect(server.calls).toMatchObject([{ path: "/payment/order/create", form: order }])
      expect(Object.keys(server.calls[0]!.form)).toHaveLength(5)
    })
  })

  describe("asking about an order", () => {
    const answered = async (data: object) => {
      server.answers = [success({ orderNo, ...data })]
      return await query()
    }

    it("sends the order's number and no more", async () => {
      await answered({})
      expect(server.calls).toMatchObject([{ path: "/payment/order/query" }])
      expect(server.calls[0]!.form).toEqual({ orderNo })
    })

    it.each([{}, { txStatus: null }, { txStatus: "" }, { txStatus: "init" }])(
      "finds it pending before the shopper paid: %j",
      async (data) => {
        expect(await answered(data)).toMatchObject({ state: "pending" })
      }
    )

    it("finds it failed, with Mocasa's words", async () => {
      expect(await answered({ txStatus: "failed", txMessage: "Limit reached" })).toEqual({
        state: "failed",
        txStatus: "failed",
        txMessage: "Limit reached",
        paymentLink: undefined,
      })
    })

    it("finds it paid", async () => {
      const data = { paymentLink, txStatus: "success", txTime: 1893456000000, paymentMode: "BNPL" }
      expect(await answered(data)).toEqual({
        state: "paid",
        txStatus: "success",
        txMessage: undefined,
        paymentLink,
      })
    })

    it.each([
      ["its time is a text, as in a webhook", { txTime: "1893456000000" }],
      ["its way of paying is none that is documented", { paymentMode: 3 }],
      ["its link is empty, since nothing is left to pay", { paymentLink: "" }],
    ])("finds it paid although %s", async (_what, data) => {
      expect(await answered({ txStatus: "success", ...data })).toMatchObject({ state: "paid" })
    })
  })

  describe("refunding an order", () => {
    const answered = async (data: object) => {
      server.answers = [success({ orderNo, ...data })]
      return await refund()
    }

    it("sends the order's number and the reason, and no amount", async () => {
      await answered({})
      expect(server.calls).toMatchObject([{ path: "/payment/order/refund" }])
      expect(server.calls[0]!.form).toEqual({ orderNo, reason: "Damaged" })
    })

    it.each([
      [{}, "unknown", null],
      [{ refundStatus: null }, "unknown", null],
      [{ refundStatus: "processing" }, "unknown", "processing"],
      [{ refundStatus: "whatever" }, "unknown", "whatever"],
      [{ refundStatus: "failed" }, "declined", "failed"],
      [{ refundStatus: "success" }, "done", "success"],
    ])("reads %j as %s", async (data, outcome, refundStatus) => {
      expect(await answered(data)).toMatchObject({ outcome, refundStatus })
    })

    it("keeps Mocasa's number of the refund", async () => {
      expect(await answered({ refundStatus: "success", refundRef: "R1" })).toMatchObject({
        refundRef: "R1",
      })
    })
  })

  describe("the access token", () => {
    it.each([
      ["names none", {}],
      ["names an empty one", { accessToken: "", expireTime: 7_200 }],
      ["ends before it begins", { accessToken: "token", expireTime: -1 }],
      ["is no object", null],
    ])("is not used where the answer %s", async (_what, data) => {
      server.tokens.push(success(data))
      expect(await failure(query)).toMatchObject({ outcome: "not_sent", reason: "no_token" })
      expect(server.calls).toEqual([])
    })

    it("is asked for with the credentials, in a form, and without a token", async () => {
      server.answers = [success(anyData)]
      await query()
      expect(server.tokenCalls).toHaveLength(1)
      expect(server.tokenCalls[0]).toMatchObject({
        method: "POST",
        contentType: "application/x-www-form-urlencoded",
        accessToken: undefined,
        form: { clientKey: "mp_key", clientSecret: "a-client-secret" },
      })
    })

    it("is asked for once by all who call at the same time", async () => {
      server.answers = [success(anyData)]
      await Promise.all([query(), refund(), query()])
      expect(server.tokenCalls).toHaveLength(1)
      expect(new Set(server.calls.map(({ accessToken }) => accessToken))).toEqual(
        new Set(["token-1"])
      )
    })

    it("is used without a time of its own", async () => {
      server.tokens.push(success({ accessToken: "timeless" }))
      server.answers = [success(anyData)]
      await query()
      await query()
      expect(server.calls.map(({ accessToken }) => accessToken)).toEqual(["timeless", "timeless"])
    })
  })
})

describe("token lifetime", () => {
  const now = new Date("2030-01-01T00:00:00Z")
  const hour = 3_600_000
  const inSeconds = (date: Date) => date.getTime() / 1_000
  const anHourFromNow = new Date(now.getTime() + hour)
  const anHourAgo = new Date(now.getTime() - hour)

  describe("the lifetime of an access token", () => {
    it.each([
      ["that ended an hour ago, in milliseconds", anHourAgo.getTime()],
      ["that ended an hour ago, in seconds", inSeconds(anHourAgo)],
      ["that ends now", now.getTime()],
      ["of no time at all", 0],
      ["of less than a second", 0.5],
    ])("%s is one second: enough for the call at hand, never less than nothing", (_what, time) => {
      expect(tokenLifetimeMs(time, now)).toBe(1_000)
    })

    it.each([null, undefined])("that is not told (%s) is five minutes", (time) => {
      expect(tokenLifetimeMs(time, now)).toBe(300_000)
    })

    it("is told as a point in time in milliseconds", () => {
      expect(tokenLifetimeMs(anHourFromNow.getTime(), now)).toBe(hour)
    })

    it("is told as a point in time in seconds", () => {
      expect(tokenLifetimeMs(inSeconds(anHourFromNow), now)).toBe(hour)
    })

    it("is told as a number of seconds", () => {
      expect(tokenLifetimeMs(7_200, now)).toBe(2 * hour)
    })

    it("is a number of seconds up to 1e9, and a point in time in seconds above it", () => {
      const then = new Date(1e12)
      expect(tokenLifetimeMs(1e9, then)).toBe(1e12)
      expect(tokenLifetimeMs(1e9 + 60, then)).toBe(60_000)
    })

    it("is a point in time in seconds up to 1e12, and in milliseconds above it", () => {
      const then = new Date(1e12)
      expect(tokenLifetimeMs(1e12, then)).toBe(1e15 - 1e12)
      expect(tokenLifetimeMs(1e12 + 60_000, then)).toBe(60_000)
    })
  })
})
