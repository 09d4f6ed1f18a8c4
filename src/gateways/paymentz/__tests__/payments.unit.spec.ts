import { type Answer, failure } from "../../shared/__tests__/fake-gateway"
import { captureOrRefund, pay, payWithToken, voidPayment } from "../payments"
import { withCode, startClient, type PaymentzServer } from "./fake-paymentz"

describe("pay", () => {
  const common = {
    reference: "ORD1001",
    amount: "50",
    currency: "usd",
    paymentType: "DB",
    returnUrl: "https://m.example/r",
    notificationUrl: "https://m.example/n",
  } as const

  let started: Awaited<ReturnType<typeof startClient>>
  let server: PaymentzServer

  beforeEach(async () => {
    started = await startClient({ terminalId: "T1" })
    ;({ server } = started)
  })

  const byBank = (change: object = {}) =>
    pay(started.client, { ...common, paymentMode: "NB", ...change })
  const withCard = (change: object = {}) =>
    payWithToken(started.client, {
      ...common,
      registrationId: "REG77",
      isRepeated: false,
      ...change,
    })

  const redirect = { url: "https://bank.example/login", method: "GET", parameters: [] }
  const begun = { paymentId: "54289", merchantTransactionId: "ORD1001", status: "authstarted" }
  const paid = { ...begun, status: "capturesuccess", amount: "50.00", currency: "USD" }

  describe.each([
    ["pay", byBank],
    ["payWithToken", withCard],
  ] as const)("%s", (operation, call) => {
    const unknown: [string, Answer][] = [
      ["has a code that is not listed", withCode("00002", begun)],
      ["has another operation's code", withCode("00004", paid)],
      ["has no code", { body: paid }],
      ["has an empty code", withCode("", paid)],
      ["is about another order", withCode("00001", { ...paid, merchantTransactionId: "ORD1002" })],
      ["names no order", withCode("00001", { ...paid, merchantTransactionId: null })],
      ["names no number", withCode("00001", { ...paid, paymentId: "" })],
      ["redirects without an order", withCode("00001", { paymentId: "54289", redirect })],
      ["has a code and nothing else", withCode("00001")],
      ["is a page", { body: "<html>Maintenance</html>" }],
      ["is a page of HTTP 404", { status: 404, body: "<html>Not found</html>" }],
      ["is empty", { body: "" }],
      ["breaks off", { body: '{"paymentId":"5' }],
      ["is a list", { body: [] }],
      ["is HTTP 500, whatever it says", { ...withCode("10001"), status: 500 }],
      [
        "redirects to no address",
        withCode("00001", { ...begun, redirect: { url: "javascript:alert(1)" } }),
      ],
      [
        "redirects to what no browser can open",
        withCode("00001", {
          ...begun,
          redirect: { url: "https://", method: "GET", parameters: [{ name: "a", value: "b" }] },
        }),
      ],
    ]
    it.each(unknown)("has an unknown outcome where the answer %s", async (_what, answer) => {
      server.answers = [answer]
      expect(await failure(call)).toMatchObject({ outcome: "unknown", operation })
      expect(server.calls).toHaveLength(1)
    })

    it.each(["10001", "10002", "11005", "11014", "11033"])(
      "is declined for good with code %s, in the gateway's words",
      async (code) => {
        server.answers = [{ ...withCode(code, begun, "No funds"), status: 400 }]
        expect(await failure(call)).toMatchObject({
          outcome: "declined",
          operation,
          code,
          gatewayMessage: "No funds",
          httpStatus: 400,
        })
      }
    )

    it("is declined although an address stands beside the code", async () => {
      server.answers = [withCode("10001", { ...begun, redirect })]
      expect(await failure(call)).toMatchObject({ outcome: "declined" })
    })

    it("is not sent with an amount that has a third decimal", async () => {
      expect(await failure(() => call({ amount: "1.001" }))).toMatchObject({ outcome: "declined" })
      expect(server.requests).toEqual([])
    })

    it("is done with code 00001", async () => {
      server.answers = [withCode("00001", paid)]
      expect(await call()).toMatchObject({
        isDone: true,
        paymentId: "54289",
        reference: "ORD1001",
        rawStatus: "capturesuccess",
        amount: "50",
        currency: "usd",
        code: "00001",
      })
    })

    it.each(["00001", "00002", ""])(
      "is not done where the shopper must go on elsewhere, with code %j",
      async (code) => {
        server.answers = [withCode(code, { ...begun, redirect })]
        expect(await call()).toMatchObject({
          isDone: false,
          paymentId: "54289",
          next: { type: "redirect", url: redirect.url },
        })
      }
    )
  })

  describe("where the shopper must go on", () => {
    const next = async (value: unknown) => {
      server.answers = [withCode("00001", { ...begun, redirect: value })]
      return (await byBank()).next
    }
    const parameters = [
      { name: "PaReq", value: "a+b=" },
      { name: "TermUrl", value: "https://m.example/t" },
      { name: "MD", value: 7 },
    ]

    it("is a form to post, with 3-D Secure", async () => {
      expect(await next({ url: "https://acs.example/3ds", method: "POST", parameters })).toEqual({
        type: "post_form",
        url: "https://acs.example/3ds",
        fields: { PaReq: "a+b=", TermUrl: "https://m.example/t", MD: "7" },
      })
    })

    it("is a form where no method is said and there is something to post", async () => {
      expect(await next({ url: "https://acs.example/3ds", parameters })).toMatchObject({
        type: "post_form",
      })
    })

    it("is an address with its parameters in the query", async () => {
      const url = "https://bank.example/login?lang=en"
      expect(await next({ url, method: "get", parameters: parameters.slice(0, 1) })).toEqual({
        type: "redirect",
        url: "https://bank.example/login?lang=en&PaReq=a%2Bb%3D",
      })
    })

    it.each([undefined, null, {}, { url: "" }, { url: "", parameters: [] }])(
      "is nowhere with %j",
      async (value) => {
        expect(await next(value)).toBeUndefined()
      }
    )
  })

  describe("a payment without a card", () => {
    it("names the order, how it is paid and where to tell of it, and nothing that is not known", async () => {
      server.answers = [withCode("00001", paid)]
      await byBank()
      expect(server.calls).toMatchObject([
        { path: "/payments", method: "POST", authToken: "token-1" },
      ])
      expect(server.calls[0]?.accept).toContain("application/json")
      expect(server.calls[0]?.form).toEqual({
        "authentication.memberId": "11344",
        "authentication.checksum": "3a6244f09ec8713b1341441e02515784",
        "authentication.terminalId": "T1",
        merchantTransactionId: "ORD1001",
        amount: "50.00",
        currency: "USD",
        paymentType: "DB",
        merchantRedirectUrl: "https://m.example/r",
        notificationUrl: "https://m.example/n",
        orderDescriptor: "ORD1001",
        paymentMode: "NB",
      })
    })

    it("names the shopper where he is known, and keeps the method where he wants it", async () => {
      server.answers = [withCode("00001", paid)]
      await byBank({
        paymentBrand: "iDEAL",
        country: "NL",
        customer: { name: "Anna van Dijk", email: "a@shop.example", phone: "0612", id: "cus_1" },
        isSaved: true,
      })
      expect(server.calls[0]?.form).toMatchObject({
        paymentBrand: "iDEAL",
        "shipping.country": "NL",
        "customer.givenName": "Anna van",
        "customer.surname": "Dijk",
        "customer.email": "a@shop.example",
        "customer.phone": "0612",
        "customer.customerId": "cus_1",
        createRegistration: "true",
        recurringType: "INITIAL",
      })
    })

    it("takes a single name for a given name", async () => {
      server.answers = [withCode("00001", paid)]
      await byBank({ customer: { name: " Sukarno " } })
      expect(server.calls[0]?.form["customer.givenName"]).toBe("Sukarno")
      expect(server.calls[0]?.form).not.toHaveProperty(["customer.surname"])
    })
  })

  describe("a payment with a saved card", () => {
    it("names the card in the path and in the checksum", async () => {
      server.answers = [withCode("00001", paid)]
      await withCard({ paymentType: "PA" })
      expect(server.calls[0]).toMatchObject({
        path: "/paywithtoken/REG77",
        form: {
          "authentication.checksum": "d21d87ec981d42a124c3896b4bba5712",
          merchantTransactionId: "ORD1001",
          paymentType: "PA",
        },
      })
      expect(server.calls[0]?.form).not.toHaveProperty("recurringType")
    })

    it("says where it is charged again without the shopper", async () => {
      server.answers = [withCode("00001", paid)]
      await withCard({ isRepeated: true })
      expect(server.calls[0]?.form.recurringType).toBe("REPEATED")
    })

    it("can't be made to call another address", async () => {
      await failure(() => withCard({ registrationId: ".." }))
      expect(server.calls).toEqual([])
    })
  })
})

describe("move", () => {
  let started: Awaited<ReturnType<typeof startClient>>
  let server: PaymentzServer

  beforeEach(async () => {
    started = await startClient()
    ;({ server } = started)
  })

  const operation = { paymentId: "54289", amount: "50.00" }
  const capture = () => captureOrRefund(started.client, "capture", operation)
  const refund = () => captureOrRefund(started.client, "refund", operation)
  const release = () => voidPayment(started.client, operation)
  const about = { paymentId: "54289", timestamp: "2030-01-01 12:00:00" }

  describe.each([
    ["capture", capture, "00004", "10005"],
    ["refund", refund, "00005", "10006"],
    ["void", release, "00006", "10007"],
  ] as const)("%s", (operation, call, done, failed) => {
    const unknown: [string, Answer][] = [
      ["has a code that is not listed", withCode("00099", about)],
      ["has a payment's code", withCode("00001", about)],
      ["has an inquiry's code", withCode("00026", about)],
      ["has no code", { body: about }],
      ["names no payment", withCode(done)],
      ["names another payment", withCode(done, { paymentId: "54290" })],
      ["refuses another payment", withCode(failed, { paymentId: "54290" })],
      ["is a page", { body: "<html></html>" }],
      ["is empty", { body: "" }],
      ["is HTTP 500, whatever it says", { ...withCode(failed, about), status: 500 }],
    ]
    it.each(unknown)("has an unknown outcome where the answer %s", async (_what, answer) => {
      server.answers = [answer]
      expect(await failure(call)).toMatchObject({ outcome: "unknown", operation })
    })

    it.each([failed, "10001", "10002", "10026", "11005"])(
      "is declined for good with code %s",
      async (code) => {
        server.answers = [withCode(code, {}, "Not permitted")]
        expect(await failure(call)).toMatchObject({
          outcome: "declined",
          code,
          gatewayMessage: "Not permitted",
        })
      }
    )

    it("is not repeated by itself when its answer is lost", async () => {
      server.answers = [{ status: 502, body: "" }, withCode(done, about)]
      await failure(call)
      expect(server.calls).toHaveLength(1)
    })

    it("is repeated once after HTTP 401, which did nothing", async () => {
      server.answers = [{ status: 401, body: "" }, withCode(done, about)]
      expect(await call()).toMatchObject({ code: done })
      expect(server.calls).toHaveLength(2)
    })

    it("is done with its own code and the payment's number", async () => {
      server.answers = [withCode(done, { paymentId: 54289 }, "It was done")]
      expect(await call()).toEqual({ code: done, message: "It was done" })
      expect(server.calls[0]).toMatchObject({ path: "/payments/54289", method: "POST" })
    })
  })

  describe("what is sent", () => {
    const form = async (call: () => Promise<unknown>, code: string) => {
      server.answers = [withCode(code, about)]
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
      const call = () =>
        captureOrRefund(started.client, "refund", { ...operation, amount: "1.001" })
      expect(await failure(call)).toMatchObject({ outcome: "declined", operation: "refund" })
      expect(server.requests).toEqual([])
    })
  })
})
