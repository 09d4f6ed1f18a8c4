import { type Answer, failure } from "../../shared/__tests__/fake-gateway"
import { findPayment } from "../find-payment"
import { inquire } from "../payments"
import type { PaymentzPaymentType } from "../messages"
import { record, withCode, startClient, type PaymentzServer } from "./fake-paymentz"

let started: Awaited<ReturnType<typeof startClient>>
let server: PaymentzServer

beforeEach(async () => {
  started = await startClient()
  ;({ server } = started)
})

const notFound = withCode("10026", {}, "Record not found")

/** What the gateway knows, by the last part of the path: its own number, or our reference. */
function known(answers: Record<string, Answer>): void {
  server.answerFor = ({ path }) => answers[path.split("/").at(-1) ?? ""] ?? notFound
}

const find = (paymentIds: string[] = [], paymentType: PaymentzPaymentType = "DB") =>
  findPayment(started.client, {
    reference: "ORD1001",
    paymentIds,
    paymentType,
    inquiryPath: "payments",
  })
const asked = () => server.calls.map(({ path }) => path.split("/").at(-1))

describe("an inquiry", () => {
  it.each([
    ["has a code that is not listed and no record", withCode("00099")],
    ["has a code and no record", withCode("00026")],
    ["has a record without a status", record({ status: "", transactionStatus: null })],
    ["has a record without a number", record({ paymentId: null })],
    ["is a page", { body: "<html></html>" }],
    ["is empty", { body: "" }],
  ])("tells nothing where the answer %s", async (_what, answer) => {
    server.answers = [answer]
    const call = () => inquire(started.client, { paymentId: "54289" }, "payments")
    expect(await failure(call)).toMatchObject({ outcome: "unknown", operation: "inquire" })
  })

  it("is repeated where its answer is lost, because it only reads", async () => {
    server.answers = [{ status: 500, body: "" }, record()]
    const payment = await inquire(started.client, { paymentId: "54289" }, "payments")
    expect(payment).toMatchObject({ paymentId: "54289", rawStatus: "capturesuccess" })
  })

  it("finds a record beside the code of the payment's own failure", async () => {
    server.answers = [withCode("10001", { paymentId: "54289", status: "authfailed" })]
    const payment = await inquire(started.client, { paymentId: "54289" }, "payments")
    expect(payment).toMatchObject({ rawStatus: "authfailed", code: "10001" })
  })

  it("takes the short status where there is no other", async () => {
    server.answers = [record({ status: null, transactionStatus: "P" })]
    const payment = await inquire(started.client, { paymentId: "54289" }, "payments")
    expect(payment?.rawStatus).toBe("P")
  })

  const sent = async (
    key: { paymentId: string } | { reference: string },
    path: "payments" | "inquiry"
  ) => {
    server.answers = [record()]
    await inquire(started.client, key, path)
    return server.calls[0]
  }
  const byNumber = "02ecebd7b449ea257ea7e3daadc81c2f"
  const byReference = "ce5b2e5cb041020a036dcc55fe1cb33f"
  const member = { "authentication.memberId": "11344", paymentType: "IN" }

  it("by the gateway's number goes to the payment's own address", async () => {
    const call = await sent({ paymentId: "54289" }, "payments")
    expect(call?.path).toBe("/payments/54289")
    expect(call?.form).toEqual({ ...member, idType: "PID", "authentication.checksum": byNumber })
  })

  it("by our reference has it in the number's place", async () => {
    const call = await sent({ reference: "ORD1001" }, "payments")
    expect(call?.path).toBe("/payments/ORD1001")
    expect(call?.form).toEqual({ ...member, idType: "MID", "authentication.checksum": byReference })
  })

  it("goes to the one address of brands that have it, with the number in a field", async () => {
    expect(await sent({ paymentId: "54289" }, "inquiry")).toMatchObject({
      path: "/inquiry",
      form: { idType: "PID", paymentId: "54289" },
    })
    server.requests.length = 0
    expect(await sent({ reference: "ORD1001" }, "inquiry")).toMatchObject({
      path: "/inquiry",
      form: { idType: "MID", merchantTransactionId: "ORD1001" },
    })
  })
})

describe("finding the payment of an order", () => {
  it("takes none that names another order, whoever named its number", async () => {
    known({ "777": record({ paymentId: "777", merchantTransactionId: "ORD9999" }) })
    expect(await find(["777"])).toBeUndefined()
  })

  it("takes none that names no order", async () => {
    known({ "777": record({ paymentId: "777", merchantTransactionId: null }) })
    expect(await find(["777"])).toBeUndefined()
  })

  it("takes no answer about another number than was asked about", async () => {
    known({ "777": record() })
    expect(await find(["777"])).toBeUndefined()
  })

  it("believes no answer by our reference that is about another order", async () => {
    known({ ORD1001: record({ merchantTransactionId: "ord1001" }) })
    expect(await failure(() => find())).toMatchObject({ outcome: "unknown", reason: "mismatch" })
  })

  it("finds none before the shopper's browser posted the form", async () => {
    known({})
    expect(await find()).toBeUndefined()
    expect(asked()).toEqual(["ORD1001"])
  })

  it("asks by our reference where nobody told a number", async () => {
    known({ ORD1001: record() })
    expect(await find()).toMatchObject({ paymentId: "54289", amount: "50", currency: "usd" })
  })

  it("asks nothing more once a number shows the money", async () => {
    known({ "54289": record() })
    expect(await find(["54289", "54290"])).toMatchObject({ paymentId: "54289" })
    expect(asked()).toEqual(["54289"])
  })

  it("goes on behind a try that failed: the shopper may have paid with the next", async () => {
    known({
      "54289": record({ status: "authfailed" }),
      ORD1001: record({ paymentId: "54290" }),
    })
    expect(await find(["54289"])).toMatchObject({ paymentId: "54290", rawStatus: "capturesuccess" })
  })

  it("goes on behind a try that was never finished", async () => {
    known({ "54289": record({ status: "begun" }), "54290": record({ paymentId: "54290" }) })
    expect(await find(["54289", "54290"])).toMatchObject({ paymentId: "54290" })
  })

  it("prefers a try that is still open to one that failed", async () => {
    known({
      "54289": record({ status: "authfailed" }),
      ORD1001: record({ paymentId: "54290", status: "authstarted" }),
    })
    expect(await find(["54289"])).toMatchObject({ rawStatus: "authstarted" })
  })

  it("stays with what a number told where the gateway does not tell by our reference", async () => {
    known({ "54289": record({ status: "authfailed" }), ORD1001: withCode("10002") })
    expect(await find(["54289"])).toMatchObject({ rawStatus: "authfailed" })
  })

  it("is refused where the gateway refuses to tell and nobody told a number", async () => {
    known({ ORD1001: withCode("10002") })
    expect(await failure(() => find())).toMatchObject({ outcome: "declined", code: "10002" })
  })

  it("tells a failure where a number that could have shown the money can't be asked about", async () => {
    known({ "54289": { status: 500, body: "" }, ORD1001: record({ status: "begun" }) })
    expect(await failure(() => find(["54289"]))).toMatchObject({ outcome: "unknown" })
  })

  it("does not mind a number that the gateway refuses to tell about", async () => {
    known({ "777": withCode("10002"), ORD1001: record() })
    expect(await find(["777"])).toMatchObject({ paymentId: "54289" })
  })

  it("asks nothing more once it is not let in", async () => {
    server.answers = [{ status: 401, body: "" }]
    expect(await failure(() => find(["1", "2"]))).toMatchObject({ reason: "unauthorized" })
    expect(asked()).toEqual(["1", "1"])
  })

  it("asks about four numbers at most, and about each once", async () => {
    known({})
    await find(["1", "1", "2", "3", "4", "5", "6"])
    expect(asked()).toEqual(["1", "2", "3", "4", "ORD1001"])
  })
})
