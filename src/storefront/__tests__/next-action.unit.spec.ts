import { nextAction } from "../next-action"

const of = (next_action: unknown) => nextAction({ data: { next_action } })

describe("nextAction", () => {
  it.each([
    { type: "redirect", url: "https://pay.example/1" },
    { type: "post_form", url: "https://pay.example/form", fields: { amount: "1.00" } },
    { type: "qr_code", value: "weixin://wxpay/1", expires_at: "2030-01-01T00:00:00.000Z" },
    { type: "pay_code", code: "123456" },
    { type: "shopper_code" },
    { type: "none" },
  ])("gives $type as the session has it", (action) => {
    expect(of(action)).toEqual(action)
  })

  it.each([
    ["a session without data", { data: null }],
    ["a session of another plugin", { data: { client_secret: "x" } }],
    ["no session data at all", {}],
  ])("gives none for %s", (_, session) => {
    expect(nextAction(session)).toEqual({ type: "none" })
  })

  it.each(["javascript:alert(1)", "data:text/html,x", "//pay.example", "", null, 5])(
    "never sends the shopper to %p",
    (url) => {
      expect(of({ type: "redirect", url })).toEqual({ type: "none" })
      expect(of({ type: "post_form", url, fields: {} })).toEqual({ type: "none" })
    }
  )

  it("leaves out the fields that Medusa cleared", () => {
    const fields = { amount: "1.00", old: null }
    expect(of({ type: "post_form", url: "https://pay.example", fields, value: null })).toEqual({
      type: "post_form",
      url: "https://pay.example",
      fields: { amount: "1.00" },
    })
  })

  it("gives none for an action that it does not know", () => {
    expect(of({ type: "dance" })).toEqual({ type: "none" })
  })
})
