import { describe, expect, it } from "@jest/globals"
import { formAction, pressButton } from "../gateways/payment-page.mjs"

const page = `<form method="post" action="/pay/1/close">
  <button class="primary" formaction="/pay/1/pay">Pay</button>
  <button formaction="/pay/1/decline">Decline</button>
  <button class="quiet"> Close </button></form>`

describe("pressing a button on a payment page", () => {
  it("fails where the shopper is sent to no page", async () => {
    await expect(pressButton({ type: "none" }, "Pay")).rejects.toThrow('got {"type":"none"}')
  })

  it("fails where the page has no such button", () => {
    expect(() => formAction(page, "Pay later")).toThrow('no button "Pay later"')
  })

  it("finds where the button sends the form", () => {
    expect(formAction(page, "Pay")).toBe("/pay/1/pay")
    expect(formAction(page, "Decline")).toBe("/pay/1/decline")
  })
})
