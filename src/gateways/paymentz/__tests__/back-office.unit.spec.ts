import { failure } from "../../shared/__tests__/fake-gateway"
import { generateInvoice } from "../checkout"
import { deleteSavedCard, listSavedCards } from "../saved-cards"
import { findTransaction } from "../transaction-list"
import { withCode, startClient, type PaymentzServer } from "./fake-paymentz"

let started: Awaited<ReturnType<typeof startClient>>
let server: PaymentzServer

beforeEach(async () => {
  started = await startClient()
  ;({ server } = started)
})

describe("the list of transactions", () => {
  const searched = {
    paymentId: "54289",
    reference: "ORD1001",
    openedOn: "2030-01-31",
    now: new Date("2030-01-31T12:00:00Z"),
  }
  const find = (change: object = {}) => findTransaction(started.client, { ...searched, ...change })
  const row = {
    systemPaymentId: "54289",
    merchantTransactionId: "ORD1001",
    captureamount: "50.00",
    refundamount: "0.00",
  }
  const other = { ...row, systemPaymentId: "1", captureamount: "1.00" }
  const list = (...transaction: object[]) => withCode("00026", { transaction })

  it.each([
    ["a refusal", withCode("10001"), "declined"],
    ["a code that is not listed", withCode("00099"), "unknown"],
    ["no list", { body: {} }, "unknown"],
  ])("tells nothing with %s", async (_what, answer, outcome) => {
    server.answers = [answer]
    expect(await failure(find)).toMatchObject({ outcome, operation: "listTransactions" })
  })

  it.each([
    ["is empty", list()],
    ["has no record", withCode("10026")],
    ["has another payment of the same order", list(other)],
    ["has the number with another order", list({ ...row, merchantTransactionId: "ORD9" })],
  ])("has no line where it %s", async (_what, answer) => {
    server.answers = [answer]
    expect(await find()).toBeUndefined()
  })

  it("tells what was captured and refunded", async () => {
    server.answers = [list(other, { ...row, refundamount: "12.50" })]
    expect(await find()).toEqual({ paymentId: "54289", captured: "50", refunded: "12.5" })
  })

  it("may have one line without brackets, as XML-born lists do", async () => {
    server.answers = [withCode("00026", { transaction: row })]
    expect(await find()).toMatchObject({ captured: "50" })
  })

  it("is asked for from the day before to the day after, days first", async () => {
    server.answers = [list(row)]
    await find()
    expect(server.calls[0]).toMatchObject({
      path: "/getTransactionList",
      form: {
        "authentication.checksum": "563303518046d796fb240f62e103e285",
        "pagination.fromdate": "30/01/2030",
        "pagination.todate": "01/02/2030",
      },
    })
  })

  it("is asked for the later days too, where the shopper paid long after", async () => {
    server.answerFor = ({ form }) =>
      form["pagination.fromdate"] === "02/02/2030" ? list(row) : list()
    expect(await find({ now: new Date("2030-03-15T12:00:00Z") })).toMatchObject({ captured: "50" })
    expect(server.calls.map(({ form }) => form["pagination.todate"])).toEqual([
      "01/02/2030",
      "16/03/2030",
    ])
  })

  it("is read page by page, with an end to it", async () => {
    const full = list(...Array.from({ length: 100 }, () => other))
    server.answerFor = ({ form }) => (form["pagination.pageno"] === "3" ? list(row) : full)
    expect(await find()).toMatchObject({ captured: "50" })
  })

  it("is found however many lines come before it", async () => {
    const full = (page: string) =>
      list(...Array.from({ length: 100 }, () => ({ ...other, paymentId: page })))
    server.answerFor = ({ form: { "pagination.pageno": page = "" } }) =>
      page === "37" ? list(row) : full(page)
    expect(await find()).toMatchObject({ captured: "50" })
  })

  it("is not taken for missing where the list can't be read to its end", async () => {
    const full = list(...Array.from({ length: 100 }, () => other))
    server.answerFor = () => full
    expect(await failure(find)).toMatchObject({
      outcome: "unknown",
      reason: "mismatch",
      operation: "listTransactions",
    })
    expect(server.calls.length).toBeLessThan(10)
  })

  it("is not asked for where the day is not known", async () => {
    expect(await find({ openedOn: "yesterday" })).toBeUndefined()
    expect(server.calls).toEqual([])
  })
})

describe("the saved cards of a customer", () => {
  const list = () => listSavedCards(started.client, "cus_1")
  const card = {
    registrationId: "REG77",
    cardType: "VISA",
    bin: "411111",
    last4Digits: "1111",
    expiryMonth: "12",
    expiryYear: "2032",
  }

  it.each([
    ["another customer's", withCode("00026", { customerId: "cus_2", cards: [card] })],
    ["nobody's in particular", withCode("00026", { cards: [card] })],
    [
      "another customer's among his",
      withCode("00026", { customerId: "cus_1", cards: [{ ...card, customerId: "cus_2" }] }),
    ],
    ["without a number", withCode("00026", { customerId: "cus_1", cards: [{ cardType: "VISA" }] })],
    ["none at all", withCode("10026")],
  ])("are not those that are %s", async (_what, answer) => {
    server.answers = [answer]
    expect(await list()).toEqual([])
  })

  it("are not known where the answer has no list", async () => {
    server.answers = [withCode("00099")]
    expect(await failure(list)).toMatchObject({ outcome: "unknown", operation: "listSavedCards" })
  })

  it("are listed with no more of the number than its end", async () => {
    server.answers = [
      withCode("00026", {
        customerId: "cus_1",
        cards: [card, { ...card, registrationId: "REG78", last4Digits: "4111111111111111" }],
      }),
    ]
    expect(await list()).toEqual([
      {
        registrationId: "REG77",
        brand: "VISA",
        lastFourDigits: "1111",
        expiryMonth: "12",
        expiryYear: "2032",
      },
      expect.objectContaining({ registrationId: "REG78", lastFourDigits: "1111" }),
    ])
    expect(server.calls[0]).toMatchObject({
      path: "/getCardsAndAccounts",
      form: { "customer.customerId": "cus_1" },
    })
  })

  it("are deleted by their number", async () => {
    server.answers = [withCode("00001")]
    await deleteSavedCard(started.client, "REG77")
    expect(server.calls[0]).toMatchObject({
      path: "/paywithtoken/REG77",
      form: {
        paymentType: "DL",
        "authentication.checksum": "3b4c235e22ac3086ce9375f472254ac0",
      },
    })
  })

  it("are not known to be deleted with a code that is not listed", async () => {
    server.answers = [withCode("00099")]
    const call = () => deleteSavedCard(started.client, "REG77")
    expect(await failure(call)).toMatchObject({ outcome: "unknown" })
  })
})

describe("an invoice", () => {
  const invoice = {
    reference: "ORD1001",
    amount: "50",
    currency: "usd",
    returnUrl: "https://m.example/r",
    notificationUrl: "https://m.example/n",
  }
  const generate = () => generateInvoice(started.client, invoice)
  const transactionUrl = "https://pay.example/i/1"

  it.each([
    ["a refusal", withCode("10001"), "declined"],
    ["a code that is not listed and no link", withCode("00099"), "unknown"],
    [
      "a link that is none",
      withCode("00001", { transactionUrl: "javascript:alert(1)" }),
      "unknown",
    ],
  ])("is not made with %s", async (_what, answer, outcome) => {
    server.answers = [answer]
    expect(await failure(generate)).toMatchObject({ outcome, operation: "generateInvoice" })
  })

  it.each([{ transactionUrl }, { invoiceDetails: { transactionUrl } }])(
    "is a link: %j",
    async (fields) => {
      server.answers = [withCode("00001", fields)]
      expect(await generate()).toEqual({ url: transactionUrl })
    }
  )

  it("goes by our reference, and needs no more than the amount", async () => {
    server.answers = [withCode("00001", { transactionUrl })]
    await generate()
    expect(server.calls[0]?.path).toBe("/invoiceServices/REST/v1/generate")
    expect(server.calls[0]?.form).toEqual({
      "authentication.memberId": "11344",
      "authentication.checksum": "e062a1b6e779983721d43940c7cb86f7",
      merchantInvoiceId: "ORD1001",
      merchantTransactionId: "ORD1001",
      amount: "50.00",
      currency: "USD",
      merchantRedirectUrl: "https://m.example/r",
      notificationUrl: "https://m.example/n",
    })
  })
})
