import { moveAmount, reverse } from "../move"
import { failure, startClient } from "./client-under-test"
import { type Answer, type PaymentzServer, said } from "./paymentz-server"

let started: Awaited<ReturnType<typeof startClient>>
let server: PaymentzServer

beforeEach(async () => {
  started = await startClient()
  ;({ server } = started)
})

afterEach(async () => {
  await started.close()
})

const move = { paymentId: "54289", amount: "50.00" }
const capture = () => moveAmount(started.client, "capture", move)
const refund = () => moveAmount(started.client, "refund", move)
const release = () => reverse(started.client, move)
const about = { paymentId: "54289", timestamp: "2030-01-01 12:00:00" }

describe.each([
  ["capture", capture, "00004", "10005"],
  ["refund", refund, "00005", "10006"],
  ["reverse", release, "00006", "10007"],
] as const)("%s", (operation, call, done, failed) => {
  const unknown: [string, Answer][] = [
    ["has a code that is not listed", said("00099", about)],
    ["has a payment's code", said("00001", about)],
    ["has an inquiry's code", said("00026", about)],
    ["has no code", { body: about }],
    ["names no payment", said(done)],
    ["names another payment", said(done, { paymentId: "54290" })],
    ["refuses another payment", said(failed, { paymentId: "54290" })],
    ["is a page", { body: "<html></html>" }],
    ["is empty", { body: "" }],
    ["is HTTP 500, whatever it says", { ...said(failed, about), status: 500 }],
  ]
  it.each(unknown)("has an unknown outcome where the answer %s", async (_what, answer) => {
    server.answers = [answer]
    expect(await failure(call)).toMatchObject({ outcome: "unknown", operation })
  })

  it.each([failed, "10001", "10002", "10026", "11005"])(
    "is declined for good with code %s",
    async (code) => {
      server.answers = [said(code, {}, "Not permitted")]
      expect(await failure(call)).toMatchObject({
        outcome: "declined",
        code,
        gatewayMessage: "Not permitted",
      })
    }
  )

  it("is not repeated by itself when its answer is lost", async () => {
    server.answers = [{ status: 502, body: "" }, said(done, about)]
    await failure(call)
    expect(server.calls).toHaveLength(1)
  })

  it("is repeated once after HTTP 401, which did nothing", async () => {
    server.answers = [{ status: 401, body: "" }, said(done, about)]
    expect(await call()).toMatchObject({ code: done })
    expect(server.calls).toHaveLength(2)
  })

  it("is done with its own code and the payment's number", async () => {
    server.answers = [said(done, { paymentId: 54289 }, "It was done")]
    expect(await call()).toEqual({ code: done, message: "It was done" })
    expect(server.calls[0]).toMatchObject({ path: "/payments/54289", method: "POST" })
  })
})

describe("what is sent", () => {
  const form = async (call: () => Promise<unknown>, code: string) => {
    server.answers = [said(code, about)]
    await call()
    return server.calls[0]?.form
  }
  const moved = {
    "authentication.memberId": "11344",
    "authentication.checksum": "045a250d841933fc7b6912b9d7c86d79",
    amount: "50.00",
  }

  it("to capture is the amount, signed", async () => {
    expect(await form(capture, "00004")).toEqual({ ...moved, paymentType: "CP" })
  })

  it("to refund is the amount, signed", async () => {
    expect(await form(refund, "00005")).toEqual({ ...moved, paymentType: "RF" })
  })

  it("to reverse has no amount", async () => {
    expect(await form(release, "00006")).toEqual({
      "authentication.memberId": "11344",
      "authentication.checksum": "02ecebd7b449ea257ea7e3daadc81c2f",
      paymentType: "RV",
    })
  })

  it("is nothing with a third decimal", async () => {
    const call = () => moveAmount(started.client, "refund", { ...move, amount: "1.001" })
    expect(await failure(call)).toMatchObject({ outcome: "declined", operation: "refund" })
    expect(server.requests).toEqual([])
  })
})
