import fc from "fast-check"
import { nextAction } from "../next-action"

describe("next action", () => {
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
      ["no session", undefined],
      ["an answer without one", null],
    ])("gives none for %s", (_, session) => {
      expect(nextAction(session)).toEqual({ type: "none" })
    })

    it.each([
      "javascript:alert(1)",
      "data:text/html,x",
      "//pay.example",
      "https://",
      "http:// pay",
      "",
      null,
      5,
    ])("never sends the shopper to %p", (url) => {
      expect(of({ type: "redirect", url })).toEqual({ type: "none" })
      expect(of({ type: "post_form", url, fields: {} })).toEqual({ type: "none" })
    })

    it("leaves out the fields that Medusa cleared", () => {
      const fields = { amount: "1.00", old: null }
      expect(of({ type: "post_form", url: "https://pay.example", fields, value: null })).toEqual({
        type: "post_form",
        url: "https://pay.example",
        fields: { amount: "1.00" },
      })
    })

    it("is one of the six, and leads to nothing but a web page, whatever a server makes up", () => {
      const types = ["redirect", "post_form", "qr_code", "pay_code", "shopper_code", "none"]
      const anything = fc.jsonValue({ maxDepth: 1 })
      const urls = [
        "https://pay.example/1",
        "HTTP://pay.example",
        "https://",
        "http:// pay",
        "ftp://pay.example",
      ]
      const action = fc.record(
        {
          type: fc.constantFrom(...types, "dance"),
          url: fc.oneof(anything, fc.constantFrom(...urls)),
          fields: anything,
          value: anything,
          code: anything,
          expires_at: anything,
        },
        { requiredKeys: [] }
      )
      fc.assert(
        fc.property(fc.oneof(anything, action), (next_action) => {
          const found = of(next_action)
          expect(types).toContain(found.type)
          if ("url" in found) {
            expect(["http:", "https:"]).toContain(new URL(found.url).protocol)
          }
          if ("fields" in found) {
            expect(Object.values(found.fields).every((value) => typeof value === "string")).toBe(
              true
            )
          }
        })
      )
    })

    it("gives none for an action that it does not know", () => {
      expect(of({ type: "dance" })).toEqual({ type: "none" })
    })
  })
})
