import { withCode } from "../../../gateways/paymentz/__tests__/fake-paymentz"
import type { GatewayData, KnownOrder, OrderToOpen } from "../../base/gateway"
import { gatewayUnderTest, knownOrder, startedServer, toOpen } from "./gateway-under-test"

describe("create order", () => {
  const server = startedServer()

  const open = (change: Partial<OrderToOpen> = {}, options: Record<string, unknown> = {}) =>
    gatewayUnderTest({ baseUrl: server.url, ...options }).createOrder({ ...toOpen, ...change })
  const declined = (words: RegExp) => ({
    outcome: "declined",
    gatewayMessage: expect.stringMatching(words),
  })

  describe("an order on the hosted page", () => {
    it.each([
      ["has nine digits before the point", { amount: "123456789.00" }, /8 digits/],
      ["has a third decimal", { amount: "1.234", currency: "kwd" }, /two decimals/],
      ["is to save the card of a guest", { saveMethod: true }, /logged in/],
      ["repeats a charge without a saved card", { recurring: "repeated" }, /saved_method_id/],
    ] as const)("is refused where it %s", async (_what, change, words) => {
      await expect(open(change)).rejects.toMatchObject(declined(words))
    })

    it("asks nobody: the gateway hears of it from the shopper's browser", async () => {
      await open()
      expect(server.requests).toEqual([])
    })

    it("is a form for the browser to post, signed", async () => {
      const { nextAction } = await open()
      expect(nextAction).toMatchObject({
        type: "post_form",
        url: `${server.url}/transaction/Checkout`,
        fields: {
          memberId: "11344",
          checksum: "9241e5c3bff1cec96455eccd19442f83",
          transactionType: "DB",
          amount: "50.00",
        },
      })
    })

    it("brings the shopper back to the store's own route, wherever the storefront wants him", async () => {
      const { nextAction } = await open({ returnUrl: "https://shop.example/done" })
      expect(nextAction).toMatchObject({ fields: { merchantRedirectUrl: "https://m.example/r" } })
    })

    it("holds nothing of the payer", async () => {
      const payer = { name: "Juan", email: "j@shop.example", phone: "0917", id_number: "77" }
      const opened = await open({ payer, customerId: "cus_1" })
      expect(JSON.stringify(opened)).not.toMatch(/Juan|j@shop|0917|"77"|cus_1/)
    })

    it("carries what the storefront chose", async () => {
      const { nextAction } = await open({
        paymentMode: "CC",
        paymentBrand: "VISA",
        language: "en-US",
        saveMethod: true,
        customerId: "cus_1",
      })
      expect(nextAction).toMatchObject({
        fields: {
          paymentMode: "CC",
          paymentBrand: "VISA",
          lang: "en",
          createRegistration: "true",
          customerId: "cus_1",
        },
      })
    })

    it("keeps how and when it was opened", async () => {
      expect((await open()).gatewayData).toEqual({
        payment_type: "DB",
        payment_type_sent_by: "browser",
        opened_on: "2030-01-31",
      })
      const manual = await open({}, { capture: "manual" })
      expect(manual.gatewayData).toMatchObject({ payment_type: "PA" })
      expect(manual.nextAction).toMatchObject({ fields: { transactionType: "PA" } })
    })

    it("in a currency without decimals is sent with two all the same", async () => {
      const { nextAction } = await open({ amount: "100", currency: "jpy" })
      expect(nextAction).toMatchObject({ fields: { amount: "100.00", currency: "JPY" } })
    })
  })

  describe("an order by a method without a card", () => {
    const rest = { integration: "rest" }
    const redirect = { url: "https://bank.example/login", method: "GET", parameters: [] }
    const begun = { paymentId: "54289", merchantTransactionId: "ORD1001", status: "authstarted" }

    it.each([undefined, "CC", "cc", "DC"])("is refused with the mode %j", async (paymentMode) => {
      await expect(open({ paymentMode }, rest)).rejects.toMatchObject(declined(/payment_mode/))
      expect(server.requests).toEqual([])
    })

    it("is refused where the gateway says no", async () => {
      server.answers = [withCode("10001", {}, "No such bank")]
      await expect(open({ paymentMode: "NB" }, rest)).rejects.toMatchObject(
        declined(/No such bank/)
      )
    })

    it("sends the shopper where the answer says, and keeps the gateway's number", async () => {
      server.answers = [withCode("00001", { ...begun, redirect })]
      expect(await open({ paymentMode: "NB" }, rest)).toEqual({
        gatewayId: "54289",
        nextAction: { type: "redirect", url: redirect.url },
        gatewayData: {
          payment_type: "DB",
          payment_type_sent_by: "server",
          opened_on: "2030-01-31",
        },
      })
    })

    it("has nothing left to do where the answer is final", async () => {
      server.answers = [withCode("00001", { ...begun, status: "capturesuccess" })]
      expect((await open({ paymentMode: "EW" }, rest)).nextAction).toEqual({ type: "none" })
    })

    it("tells the gateway who pays", async () => {
      server.answers = [withCode("00001", { ...begun, redirect })]
      const payer = { name: "Juan Cruz", email: "j@shop.example", phone: "0917", country: "PH" }
      await open({ paymentMode: "NB", payer, customerId: "cus_1", saveMethod: true }, rest)
      expect(server.calls[0]?.form).toMatchObject({
        "customer.givenName": "Juan",
        "customer.surname": "Cruz",
        "customer.email": "j@shop.example",
        "customer.phone": "0917",
        "customer.customerId": "cus_1",
        "shipping.country": "PH",
        createRegistration: "true",
      })
    })
  })

  describe("an order for a saved card", () => {
    const card = { registrationId: "REG77", cardType: "VISA" }
    const input = { savedMethodId: "REG77", customerId: "cus_1" }

    it.each([
      ["is another customer's", { customerId: "cus_2", cards: [card] }, input],
      [
        "is none of his",
        { customerId: "cus_1", cards: [card] },
        { ...input, savedMethodId: "REG78" },
      ],
    ])("is refused where the card %s", async (_what, fields, change) => {
      server.answers = [withCode("00026", fields)]
      await expect(open(change)).rejects.toMatchObject(declined(/none of this customer's/))
    })

    it("is refused for a guest, who has none, and the gateway is not asked", async () => {
      await expect(open({ savedMethodId: "REG77" })).rejects.toMatchObject(declined(/logged in/))
      expect(server.requests).toEqual([])
    })

    it("is refused while it is cheap where its amount can't be sent", async () => {
      await expect(open({ ...input, amount: "1.234" })).rejects.toMatchObject(declined(/decimals/))
      expect(server.requests).toEqual([])
    })

    it.each(["hosted", "rest"])("charges nothing yet, with integration %s", async (integration) => {
      server.answers = [withCode("00026", { customerId: "cus_1", cards: [card] })]
      expect(await open(input, { integration })).toEqual({
        nextAction: { type: "none" },
        chargeWith: { registration_id: "REG77" },
        gatewayData: {
          payment_type: "DB",
          payment_type_sent_by: "server",
          opened_on: "2030-01-31",
        },
      })
      expect(server.calls.map(({ path }) => path)).toEqual(["/getCardsAndAccounts"])
    })

    it("remembers that it repeats a charge", async () => {
      server.answers = [withCode("00026", { customerId: "cus_1", cards: [card] })]
      const { chargeWith } = await open({ ...input, recurring: "repeated" })
      expect(chargeWith).toEqual({ registration_id: "REG77", recurring: "repeated" })
    })
  })

  it("an order as an invoice is a link, which is paid at once whatever the shop captures", async () => {
    const transactionUrl = "https://pay.example/i/1"
    server.answers = [withCode("00001", { invoiceDetails: { transactionUrl } })]
    const { nextAction, gatewayData } = await open({ invoice: true }, { capture: "manual" })
    expect(nextAction).toEqual({ type: "redirect", url: transactionUrl })
    expect(gatewayData).toMatchObject({ payment_type: "DB" })
    expect(server.calls[0]?.form.merchantInvoiceId).toBe("ORD1001")
  })
})

describe("charge", () => {
  const server = startedServer()

  const begun = { paymentId: "54289", merchantTransactionId: "ORD1001", status: "authstarted" }
  const charge = async (
    chargeWith: GatewayData = { registration_id: "REG77" },
    change: Partial<KnownOrder> = {}
  ) => {
    const order = knownOrder({ gatewayId: undefined, ...change })
    return await gatewayUnderTest({ baseUrl: server.url }).charge?.send({ order, with: chargeWith })
  }

  describe("the charge of a saved card", () => {
    it("is not sent without the number of a card", async () => {
      await expect(charge({})).rejects.toMatchObject({ outcome: "declined" })
      expect(server.requests).toEqual([])
    })

    it.each([
      ["11005", "declined"],
      ["00099", "unknown"],
    ])("with the answer %s is %s", async (code, outcome) => {
      server.answers = [withCode(code, begun)]
      await expect(charge()).rejects.toMatchObject({ outcome, code })
    })

    it("is done with the gateway's number, which is then asked about", async () => {
      server.answers = [withCode("00001", { ...begun, status: "capturesuccess" })]
      expect(await charge()).toMatchObject({ outcome: "done", gatewayId: "54289", code: "00001" })
    })

    it("sends the shopper to his bank where that asks for it, and is open until then", async () => {
      const parameters = [{ name: "PaReq", value: "x" }]
      const redirect = { url: "https://acs.example/3ds", method: "POST", parameters }
      server.answers = [withCode("00001", { ...begun, redirect })]
      expect(await charge()).toMatchObject({
        outcome: "unknown",
        gatewayId: "54289",
        nextAction: { type: "post_form", url: "https://acs.example/3ds", fields: { PaReq: "x" } },
      })
    })

    it("reserves where the order was opened so, and repeats where the shop's server asked it", async () => {
      server.answers = [withCode("00001", begun)]
      await charge(
        { registration_id: "REG77", recurring: "repeated" },
        { gatewayData: { payment_type: "PA" } }
      )
      expect(server.calls[0]).toMatchObject({
        path: "/paywithtoken/REG77",
        form: { paymentType: "PA", recurringType: "REPEATED", amount: "50.00", currency: "USD" },
      })
    })
  })
})
