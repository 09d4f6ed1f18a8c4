import { MedusaError } from "@medusajs/framework/utils"
import { FakeGateway } from "../../../testing/fake-gateway"
import type { PayerField } from "../../../providers/base/gateway"
import { payerFromCart, paymentSessionInput } from "../payment-session"
import { FakeRequest } from "./fake-request"

const mockGatewayOf = jest.fn()
jest.mock("../../../providers/registry", () => ({
  ...jest.requireActual("../../../providers/registry"),
  gatewayOf: () => mockGatewayOf(),
}))

const provider_id = "pp_mocasa_mocasa"

const carts = {
  pay_col_1: {
    id: "cart_1",
    email: "guest@shop.example",
    billing_address: { first_name: "Juan", last_name: "dela Cruz", phone: "+639171234567" },
  },
}

/** The shop's gateway needs these of the payer. */
function gatewayNeeds(fields: PayerField[]): void {
  const payer = Object.fromEntries(fields.map((field) => [field, { required: true }]))
  const options = { allowedReturnOrigins: [], timeoutMs: 15_000 }
  mockGatewayOf.mockReturnValue({ gateway: new FakeGateway({ payer }), options })
}

/** What Medusa's route gets after the guard. */
async function bodyAfter(body: unknown, needed: PayerField[] = []): Promise<unknown> {
  gatewayNeeds(needed)
  const request = new FakeRequest({ id: "pay_col_1", body, carts })
  await paymentSessionInput(request.req, request.res, request.next)
  expect(request.passed).toBe(1)
  return request.req.body
}

const dataAfter = async (data: unknown, needed?: PayerField[]) =>
  await bodyAfter({ provider_id, data }, needed)

describe("the admin's route, which reads the body that Medusa validated before", () => {
  it("gets no more of the data than the store's", async () => {
    gatewayNeeds([])
    const body = {
      provider_id,
      data: { attach_reference: "01JQ", recurring: "repeated", language: "en" },
    }
    const request = new FakeRequest({ id: "pay_col_1", body, carts })
    request.req.validatedBody = structuredClone(body)
    await paymentSessionInput(request.req, request.res, request.next)
    const kept = { provider_id, data: { language: "en" } }
    expect([request.req.body, request.req.validatedBody]).toEqual([kept, kept])
  })
})

describe("card data", () => {
  it.each([
    ["a number where it has no business", { note: "4242 4242 4242 4242" }],
    ["a number within the payer", { payer: { name: "4242424242424242" } }],
    ["a check value under its name", { card: { cvc: "123" } }],
    ["a number as a number", { reference: 4242424242424242 }],
  ])("is refused before Medusa could store it: %s", async (_what, data) => {
    const request = new FakeRequest({ id: "pay_col_1", body: { provider_id, data }, carts })
    const guarded = paymentSessionInput(request.req, request.res, request.next)
    await expect(guarded).rejects.toMatchObject({ type: MedusaError.Types.INVALID_DATA })
    await expect(guarded).rejects.toThrow(/Nothing was stored/)
    expect(request.passed).toBe(0)
  })

  it("is not repeated in the refusal", async () => {
    const body = { provider_id, data: { note: "4242 4242 4242 4242" } }
    const request = new FakeRequest({ id: "pay_col_1", body, carts })
    const guarded = paymentSessionInput(request.req, request.res, request.next)
    await expect(guarded).rejects.not.toThrow(/4242/)
  })
})

describe("a payer's own numbers", () => {
  it("pass, although their check digit is that of a card", async () => {
    const payer = { id_number: "42101-1234567-4", phone: "+49 1512 3456787" }
    expect(await dataAfter({ payer }, ["id_number", "phone"])).toEqual({
      provider_id,
      data: { payer },
    })
  })
})

describe("a text that can't be kept or used", () => {
  it.each([
    ["payer.name", { payer: { name: "A\u0000B" } }],
    ["payer.name", { payer: { name: { first: "A" } } }],
    ["payment_mode", { payment_mode: "M".repeat(21) }],
  ])("is refused before it is stored, by its name: %s", async (word, data) => {
    gatewayNeeds(["name"])
    const request = new FakeRequest({ id: "pay_col_1", body: { provider_id, data }, carts })
    const guarded = paymentSessionInput(request.req, request.res, request.next)
    await expect(guarded).rejects.toMatchObject({ type: MedusaError.Types.INVALID_DATA })
    await expect(guarded).rejects.toThrow(`${word}: `)
    expect(request.passed).toBe(0)
  })
})

describe("a payment session of another package's provider", () => {
  it.each([
    ["another provider", { provider_id: "pp_stripe_stripe", data: { cvc: "123", note: "x" } }],
    ["no provider", { data: { note: "x" } }],
    ["a provider that is no text", { provider_id: ["pp_mocasa_mocasa"], data: { note: "x" } }],
    ["no body", undefined],
    ["a body that is a text", "provider_id=pp_mocasa_mocasa"],
    ["a body that is a list", [{ provider_id }]],
  ])("is left as it is: %s", async (_what, body) => {
    expect(await bodyAfter(body)).toBe(body)
  })
})

describe("a payment session's data", () => {
  it.each([undefined, null, "text", 7, ["list"]])(
    "is empty where it is no object: %j",
    async (data) => {
      expect(await dataAfter(data)).toEqual({ provider_id, data: {} })
    }
  )

  it("loses what no storefront may set", async () => {
    const data = {
      status: "paid",
      amount: "0.01",
      reference: "01JQ",
      session_id: "payses_of_another",
      language: "en",
    }
    expect(await dataAfter(data)).toEqual({ provider_id, data: { language: "en" } })
  })

  it("loses what is not listed of the payer, before it is stored", async () => {
    const payer = { name: "Juan", birthday: "1990-01-01" }
    expect(await dataAfter({ payer }, ["name"])).toEqual({
      provider_id,
      data: { payer: { name: "Juan" } },
    })
  })

  it("keeps the other fields of the request for Medusa to evaluate", async () => {
    expect(await bodyAfter({ provider_id, data: {}, extra: 1 })).toMatchObject({ extra: 1 })
  })
})

describe("who pays", () => {
  it("is not looked up where the gateway needs nothing of it", async () => {
    expect(await dataAfter({})).toEqual({ provider_id, data: {} })
  })

  it("is filled from the cart, so that a guest can pay", async () => {
    expect(await dataAfter({}, ["name", "phone", "email"])).toEqual({
      provider_id,
      data: {
        payer: { name: "Juan dela Cruz", phone: "+639171234567", email: "guest@shop.example" },
      },
    })
  })

  it("is what the storefront says where it says it", async () => {
    const payer = { name: "Maria Santos", id_number: "1234" }
    expect(await dataAfter({ payer }, ["name", "phone", "id_number"])).toEqual({
      provider_id,
      data: { payer: { name: "Maria Santos", phone: "+639171234567", id_number: "1234" } },
    })
  })

  it.each([null, ""])("is what the cart says where the storefront says %j", async (phone) => {
    expect(await dataAfter({ payer: { phone } }, ["phone"])).toEqual({
      provider_id,
      data: { payer: { phone: "+639171234567" } },
    })
  })

  it("is nobody where the collection has no cart", async () => {
    gatewayNeeds(["name"])
    const request = new FakeRequest({ id: "pay_col_9", body: { provider_id, data: {} } })
    await paymentSessionInput(request.req, request.res, request.next)
    expect(request.req.body).toEqual({ provider_id, data: { payer: {} } })
  })
})

const all: PayerField[] = ["name", "phone", "email", "id_number", "id_type", "country"]

const billing = {
  first_name: "Juan",
  last_name: "dela Cruz",
  phone: "+639171234567",
  country_code: "ph",
}
const shipping = {
  first_name: "Maria",
  last_name: "Santos",
  phone: "+63288887777",
  country_code: "us",
}
const cart = { id: "cart_1", email: "juan@shop.example" }

describe("who pays, as a cart tells it", () => {
  it.each([
    ["has no addresses", cart],
    ["has addresses that are null", { ...cart, billing_address: null, shipping_address: null }],
    ["has empty addresses", { ...cart, billing_address: {}, shipping_address: {} }],
    [
      "has addresses full of null",
      {
        ...cart,
        billing_address: { first_name: null, last_name: null, phone: null, country_code: null },
      },
    ],
    ["has empty texts", { ...cart, billing_address: { first_name: "", last_name: "", phone: "" } }],
  ])("is no more than the e-mail address where the cart %s", (_what, bare) => {
    expect(payerFromCart(bare, all)).toEqual({ email: cart.email })
  })

  it("is nothing where the cart tells nothing", () => {
    expect(payerFromCart({ id: "cart_1", email: null }, all)).toEqual({})
    expect(payerFromCart({ id: "cart_1" }, all)).toEqual({})
  })

  it("is nothing that the gateway does not need", () => {
    const full = { ...cart, billing_address: billing }
    expect(payerFromCart(full, [])).toEqual({})
    expect(payerFromCart(full, ["phone"])).toEqual({ phone: billing.phone })
  })

  it("never has the number of an identity card, which no cart knows", () => {
    const full = { ...cart, billing_address: billing }
    expect(payerFromCart(full, ["id_number", "id_type"])).toEqual({})
  })

  it("comes from the billing address before the shipping one", () => {
    const full = { ...cart, billing_address: billing, shipping_address: shipping }
    expect(payerFromCart(full, all)).toEqual({
      name: "Juan dela Cruz",
      phone: "+639171234567",
      email: cart.email,
      country: "PH",
    })
  })

  it("comes from the shipping address where there is no billing one", () => {
    expect(payerFromCart({ ...cart, shipping_address: shipping }, all)).toMatchObject({
      name: "Maria Santos",
      country: "US",
    })
  })

  it("takes from the shipping address what the billing one lacks", () => {
    const full = { ...cart, billing_address: { ...billing, phone: "" }, shipping_address: shipping }
    expect(payerFromCart(full, all)).toMatchObject({
      name: "Juan dela Cruz",
      phone: "+63288887777",
    })
  })

  it.each([
    [{ first_name: "Juan" }, "Juan"],
    [{ first_name: null, last_name: "dela Cruz" }, "dela Cruz"],
    [{ first_name: "", last_name: "dela Cruz" }, "dela Cruz"],
  ])("has a name without needless blanks: %j", (billing_address, name) => {
    expect(payerFromCart({ ...cart, billing_address }, ["name"])).toEqual({ name })
  })
})
