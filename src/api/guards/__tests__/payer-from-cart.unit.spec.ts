import type { PayerField } from "../../../providers/base/gateway"
import { payerFromCart } from "../payment-session"

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
