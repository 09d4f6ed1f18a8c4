import { createHash } from "node:crypto"
import { inspect } from "node:util"
import {
  type Answer,
  failure,
  itCantRead,
  itTrustsNoServerError,
} from "../../shared/__tests__/fake-gateway"
import type { MocopayClient } from "../client"
import {
  paidSession,
  redirectUrl,
  reference,
  sessionId,
  startClient,
  type MocopayServer,
  unknownSession,
} from "./fake-mocopay"

const payment = { pid: "PP27638049", userId: reference, referenceId: reference }
const initialized: Answer = {
  body: { requestId: "9bf849fd215542088fa5c98b99a185a2", redirectUrl },
}
const paid: Answer = { body: paidSession }

let server: MocopayServer
let client: MocopayClient

beforeEach(async () => {
  ;({ server, client } = await startClient())
})

const init = () => client.initPayment(payment)
const verify = () => client.verifyPayment({ userId: reference })

const calls = [
  ["initPayment", init, initialized],
  ["verifyPayment", verify, paid],
] as const

describe.each(calls)("%s", (operation, call, right) => {
  const answerWith = (...answers: Answer[]) => void (server.answers = answers)
  itCantRead({ operation, call, answerWith }, [
    ["is a page", { body: "<html>Maintenance</html>" }],
    ["breaks off", { body: '{"sessionId":"1","redirectUrl":' }],
    ["is a list", { body: [right.body] }],
    ["is a text", { body: '"ok"' }],
    ["has lists and objects where texts should be", { body: { sessionId: [], redirectUrl: {} } }],
  ])

  itTrustsNoServerError({ operation, call, answerWith }, right.body)

  it.each([408, 429])("has an unknown outcome where MoCoPay is busy: HTTP %i", async (status) => {
    server.answers = [{ status, body: right.body }]
    expect(await failure(call)).toMatchObject({ outcome: "unknown", httpStatus: status })
  })

  it.each([401, 403])(
    "says that the credentials were not accepted after HTTP %i, with MoCoPay's words",
    async (status) => {
      server.answers = [{ status, body: { code: 7, message: "Wrong signature" } }]
      expect(await failure(call)).toMatchObject({
        outcome: "declined",
        reason: "unauthorized",
        code: "7",
        gatewayMessage: "Wrong signature",
      })
    }
  )

  it("is signed over the path and the query that were sent", async () => {
    server.answers = [right]
    await call()
    const [request] = server.calls
    const signature = createHash("md5")
      .update(`this.is.a.secret${request?.target}`)
      .digest("base64")
    expect(request).toMatchObject({
      signature: `ApiKey app1:${signature}`,
      accept: expect.stringContaining("application/json"),
      contentType: undefined,
      body: "",
    })
  })

  it.each([400, 403, 500])("shows no secret in an error after HTTP %i", async (status) => {
    server.answers = [{ status, body: "<html></html>" }]
    const error = await call().catch((thrown: unknown) => thrown)
    expect(inspect(error, { depth: 10, showHidden: true })).not.toMatch(/this\.is\.a\.secret|app1/)
  })
})

describe("a call whose answer is lost", () => {
  it("is not sent again where it opens a payment, although it is a GET", async () => {
    server.answers = [{ status: 500, body: "" }, initialized]
    await failure(init)
    expect(server.calls).toHaveLength(1)
  })

  it("is sent again where it only reads, although it is a POST", async () => {
    server.answers = [{ status: 500, body: "" }, paid]
    expect(await verify()).toMatchObject({ sessionId })
  })
})

describe("initializing a payment", () => {
  it.each([
    ["there is no link", { requestId: "1" }],
    ["the link is null", { requestId: "1", redirectUrl: null }],
    ["there is a sentence in its place", { errorCode: "E7", errorMessage: "No such pid" }],
  ])("is refused where %s: only the OK case has one", async (_what, body) => {
    server.answers = [{ body }]
    expect(await failure(init)).toMatchObject({ outcome: "declined", operation: "initPayment" })
  })

  it.each([
    [{ code: "E7", message: "No such pid" }, "E7", "No such pid"],
    [{ errorCode: 7, errorMessage: "No such pid" }, "7", "No such pid"],
    [{ error: "No such pid" }, undefined, "No such pid"],
    [{ code: { a: 1 }, message: ["x"] }, undefined, undefined],
    ["<html>Bad request</html>", undefined, undefined],
    ["", undefined, undefined],
  ])("is refused after HTTP 400, with the words of %j", async (body, code, gatewayMessage) => {
    server.answers = [{ status: 400, body }]
    expect(await failure(init)).toMatchObject({
      outcome: "declined",
      httpStatus: 400,
      code,
      gatewayMessage,
    })
  })

  it.each(["javascript:alert(1)", "", "/p/1", "ftp://checkout.mocopay.com", 7])(
    "has an unknown outcome where the link is none: %j",
    async (link) => {
      server.answers = [{ body: { requestId: "1", redirectUrl: link } }]
      expect(await failure(init)).toMatchObject({ outcome: "unknown", reason: "unreadable" })
    }
  )

  it("gives the link", async () => {
    server.answers = [initialized]
    expect(await init()).toEqual({ redirectUrl })
  })

  it("is a GET with what is known in its query, in the order that is signed", async () => {
    server.answers = [initialized]
    await client.initPayment({
      ...payment,
      notifyUrl: "https://shop.example/hooks/payment/mocopay_mocopay?a=1&b=ä +",
      callbackUrl: "https://shop.example/payments/mocopay_mocopay/return",
      lang: "hr",
    })
    expect(server.calls).toMatchObject([{ method: "GET", path: "/v1/payment/initPayment" }])
    expect(Object.entries(server.calls[0]!.query)).toEqual([
      ["callbackUrl", "https://shop.example/payments/mocopay_mocopay/return"],
      ["lang", "hr"],
      ["notifyUrl", "https://shop.example/hooks/payment/mocopay_mocopay?a=1&b=ä +"],
      ["pid", "PP27638049"],
      ["referenceId", reference],
      ["userId", reference],
    ])
  })
})

describe("verifying a payment", () => {
  it.each([
    ["HTTP 404", unknownSession],
    ["an empty answer", { body: "" }],
    ["null", { body: "null" }],
    ["an empty object", { body: {} }],
    ["an object without a session", { body: { message: "Session not found" } }],
    ["a session that is null", { body: { ...paidSession, sessionId: null } }],
  ])("finds nothing with %s", async (_what, answer) => {
    server.answers = [answer]
    expect(await verify()).toBeUndefined()
  })

  it.each([
    ["no product", { pid: undefined }],
    ["a product that is a list", { pid: ["PP27638049"] }],
    ["an empty number", { sessionId: "" }],
    ["a total that is a word", { totalChargedAmount: "ten" }],
    ["a total that is a list", { totalChargedAmount: [10] }],
    ["a currency that is a number", { currencyCode: 978 }],
    ["a user that is a text", { endUser: reference }],
  ])("does not read a session with %s", async (_what, change) => {
    server.answers = [{ body: { ...paidSession, ...change } }]
    expect(await failure(verify)).toMatchObject({ outcome: "unknown", reason: "unreadable" })
  })

  it.each([
    ["the rest is not as documented", { type: 1, series: "x", status: {}, lastChargedAmount: {} }],
    ["amounts that decide nothing are none", { totalFailedAmount: "none" }],
    ["its series is a text", { series: "1" }],
    ["there are no times and no transactions", { timeInit: undefined, transactions: undefined }],
  ])("reads a session although %s", async (_what, change) => {
    server.answers = [{ body: { ...paidSession, ...change } }]
    expect(await verify()).toMatchObject({ sessionId, totalChargedAmount: "10" })
  })

  it("keeps amounts exactly, and takes numbers for product ids", async () => {
    const body = JSON.stringify(paidSession)
      .replace('"totalChargedAmount":10', '"totalChargedAmount":10.1000000000000000001')
      .replace('"PP27638049"', "12000")
    server.answers = [{ body }]
    expect(await verify()).toMatchObject({
      pid: "12000",
      totalChargedAmount: "10.1000000000000000001",
    })
  })

  it("is a POST without a body whose query names one of user and session", async () => {
    server.answers = [paid]
    await verify()
    await client.verifyPayment({ sessionId })
    expect(server.calls).toMatchObject([
      {
        method: "POST",
        contentLength: "0",
        target: `/v1/payment/verifyPayment?userId=${reference}`,
      },
      {
        method: "POST",
        contentLength: "0",
        target: `/v1/payment/verifyPayment?sessionId=${sessionId}`,
      },
    ])
  })
})
