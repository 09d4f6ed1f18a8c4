import { said } from "../../../gateways/paymentz/__tests__/paymentz-server"
import type { KeptDetails, KnownOrder } from "../../base/gateway"
import { gatewayUnderTest, knownOrder, startedServer } from "./gateway-under-test"

const server = startedServer()

const begun = { paymentId: "54289", merchantTransactionId: "ORD1001", status: "authstarted" }
const charge = async (
  chargeWith: KeptDetails = { registration_id: "REG77" },
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
    server.answers = [said(code, begun)]
    await expect(charge()).rejects.toMatchObject({ outcome, code })
  })

  it("is done with the gateway's number, which is then asked about", async () => {
    server.answers = [said("00001", { ...begun, status: "capturesuccess" })]
    expect(await charge()).toMatchObject({ outcome: "done", gatewayId: "54289", code: "00001" })
  })

  it("sends the shopper to his bank where that asks for it, and is open until then", async () => {
    const parameters = [{ name: "PaReq", value: "x" }]
    const redirect = { url: "https://acs.example/3ds", method: "POST", parameters }
    server.answers = [said("00001", { ...begun, redirect })]
    expect(await charge()).toMatchObject({
      outcome: "unknown",
      gatewayId: "54289",
      nextAction: { type: "post_form", url: "https://acs.example/3ds", fields: { PaReq: "x" } },
    })
  })

  it("reserves where the order was opened so, and repeats where the shop's server wished it", async () => {
    server.answers = [said("00001", begun)]
    await charge(
      { registration_id: "REG77", recurring: "repeated" },
      { kept: { payment_type: "PA" } }
    )
    expect(server.calls[0]).toMatchObject({
      path: "/paywithtoken/REG77",
      form: { paymentType: "PA", recurringType: "REPEATED", amount: "50.00", currency: "USD" },
    })
  })
})
