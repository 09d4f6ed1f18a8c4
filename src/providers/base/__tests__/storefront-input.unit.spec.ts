import { MedusaError } from "@medusajs/framework/utils"
import {
  allowedReturnUrl,
  returnOrigins,
  fittingPayer,
  neededPayer,
  payerProblems,
  readStorefrontInput,
  storefrontKeys,
} from "../storefront-input"
import { FakeStore } from "../../../testing/fake-store"
import { refusalOf } from "../../../shared/__tests__/refusal"

describe("storefront input", () => {
  /** What the storefront is told. */
  const refusal = (data: Record<string, unknown>) => refusalOf(() => readStorefrontInput(data))

  describe("a storefront's data that can't be used", () => {
    it("is refused as invalid data, not as a fault of the server", () => {
      expect(refusal({ payer: "Juan" }).type).toBe(MedusaError.Types.INVALID_DATA)
    })

    it.each([
      ["payer", { payer: "Juan" }],
      ["payer", { payer: ["Juan"] }],
      ["payer.name", { payer: { name: 7 } }],
      ["payer.phone", { payer: { phone: "0".repeat(51) } }],
      ["payer.email", { payer: { email: { address: "a@b.example" } } }],
      ["payer.id_number", { payer: { id_number: 1234 } }],
      ["payer.country", { payer: { country: "PHL" } }],
      ["return_url", { return_url: "https://shop.example/".padEnd(2001, "a") }],
      ["auth_code", { auth_code: "1".repeat(65) }],
      ["save_method", { save_method: "yes" }],
      ["language", { language: 1 }],
    ])("is named by the storefront's own word: %s", (word, data) => {
      expect(refusal(data).message).toContain(`${word}: `)
    })

    it("is named in full where several words are wrong", () => {
      const { message } = refusal({ payer: { name: 1, email: 2 }, save_method: "no" })
      expect(message).toContain("payer.name: ")
      expect(message).toContain("payer.email: ")
      expect(message).toContain("save_method: ")
    })

    it("is never repeated in the message, which is logged", () => {
      const secret = "A".repeat(51)
      expect(refusal({ payer: { id_number: secret } }).message).not.toContain(secret)
    })
  })

  describe("a text that no database keeps", () => {
    it.each([
      ["payer.name", { payer: { name: "A\u0000B" } }],
      ["payer.phone", { payer: { phone: "\u0000" } }],
      ["payer.email", { payer: { email: "a\ud83d@b.example" } }],
      ["return_url", { return_url: "https://shop.example/\u0000" }],
      ["language", { language: "\u0000" }],
      ["saved_method_id", { saved_method_id: "\ude00" }],
    ])("is refused by the storefront's own word: %s", (word, data) => {
      for (const optional of [[], ["name", "phone", "email"] as const]) {
        expect(() => readStorefrontInput(data, optional)).toThrow(`${word}: holds a NUL or half`)
      }
    })
  })

  describe("what of the payer is optional", () => {
    const optional = ["name", "phone", "email", "id_number", "id_type", "country"] as const

    it.each([
      [{ phone: `+1 780-459-5656 ${"-".repeat(40)} ext. 725` }, { phone: "+17804595656" }],
      [{ phone: "9".repeat(51), name: "Ana" }, { name: "Ana" }],
      [{ name: "A".repeat(201) }, {}],
      [{ email: `${"a".repeat(200)}@b.example` }, {}],
      [{ id_number: "1".repeat(51), id_type: "t".repeat(2_001) }, {}],
    ])(
      "is written shorter or left out where it is too long, and keeps nobody from paying",
      (payer, left) => {
        expect(readStorefrontInput({ payer, language: "l".repeat(11) }, optional)).toEqual({
          payer: left,
        })
      }
    )

    it("is named where it is no text, because a storefront made a mistake", () => {
      expect(() => readStorefrontInput({ payer: { phone: 1 } }, optional)).toThrow(/payer\.phone: /)
      expect(() => readStorefrontInput({ payer: { country: "PHL" } }, optional)).toThrow(
        /payer\.country: /
      )
    })
  })

  describe("a storefront's data", () => {
    it("loses what is not listed, in the payer too", () => {
      const input = readStorefrontInput({
        status: "paid",
        amount: "0.01",
        reference: "01JQ",
        payer: { name: "Juan", is_admin: true },
      })
      expect(input).toEqual({ payer: { name: "Juan" } })
    })

    it("keeps every listed word", () => {
      const data = {
        payer: {
          name: "Juan",
          phone: "+639171234567",
          email: "juan@shop.example",
          id_number: "1234",
          id_type: "passport",
          country: "PH",
        },
        return_url: "https://shop.example/return",
        auth_code: "134567890123456789",
        saved_method_id: "card_1",
        save_method: true,
        payment_mode: "CC",
        payment_brand: "VISA",
        language: "en",
      }
      expect(readStorefrontInput(data)).toEqual(data)
      expect([...storefrontKeys].sort()).toEqual(Object.keys(data).sort())
    })

    it("may be cleared with null, which is how Medusa clears a key", () => {
      expect(readStorefrontInput({ payer: null, return_url: null })).toEqual({})
      expect(readStorefrontInput({ payer: { name: "Juan", id_number: null } })).toEqual({
        payer: { name: "Juan" },
      })
    })

    it("loses the blanks around its texts", () => {
      expect(readStorefrontInput({ payer: { name: "  Juan  " } })).toEqual({
        payer: { name: "Juan" },
      })
    })

    it("loses the marks that are copied with a text, and keeps what joins the letters of a name", () => {
      const payer = { name: "\u202bمحمد\u200cعلی\u202c", phone: "\u202a+49 151\u00a0234567\u202c" }
      expect(readStorefrontInput({ payer, language: "\u200ben" })).toEqual({
        payer: { name: "محمد\u200cعلی", phone: "+49 151 234567" },
        language: "en",
      })
    })

    it("of nothing but marks and blanks counts as absent", () => {
      expect(readStorefrontInput({ payer: { name: "\u200b \u2060" }, language: "\ufeff" })).toEqual(
        {
          payer: {},
        }
      )
    })

    it("may be nothing at all", () => {
      expect(readStorefrontInput({})).toEqual({})
    })

    it("can't reach into other objects through its keys", () => {
      const data: Record<string, unknown> = JSON.parse('{"__proto__": {"language": "en"}}')
      expect(readStorefrontInput(data)).toEqual({})
      expect(Object.hasOwn(Object.prototype, "language")).toBe(false)
    })
  })

  describe("what is passed on of the payer", () => {
    const input = readStorefrontInput({ payer: { name: "Juan", id_number: "1234", phone: "0917" } })

    it("is nothing where the gateway needs nothing", () => {
      expect(neededPayer(input, [])).toEqual({})
    })

    it("is what the gateway needs, and no key for what was not told", () => {
      expect(neededPayer(input, ["name", "email"])).toEqual({ name: "Juan" })
    })

    it("is nothing where no payer was told", () => {
      expect(neededPayer({}, ["name", "phone"])).toEqual({})
    })
  })
})

describe("payer problems", () => {
  const rules = {
    name: { required: true, maxLength: 5 },
    email: { required: true },
    id_number: { required: true, maxLength: 3 },
    id_type: { required: false },
  }

  describe("payerProblems", () => {
    it("finds none where all is there", () => {
      expect(
        payerProblems(rules, { name: "Áéíóú", email: "a@b.c", id_number: "123" })
      ).toBeUndefined()
    })

    it("names all that is missing and all that is too long at once, and no value", () => {
      const problems = payerProblems(rules, { name: "Too long a name", email: "" })
      expect(problems).toMatch(/payer\.name has 15 characters, at most 5/)
      expect(problems).toMatch(/payer\.email is missing/)
      expect(problems).toMatch(/payer\.id_number is missing/)
      expect(problems).not.toMatch(/Too long a name|id_type/)
    })
  })

  describe("a payer whose data is longer than the gateway takes", () => {
    const short = {
      name: { required: false, maxLength: 10 },
      phone: { required: false, maxLength: 20 },
      email: { required: true, maxLength: 10 },
    }

    it.each([
      ["+1 780-459-5656 ext. 725", "+17804595656"],
      ["+1 (780) 459-5656, x725", "+17804595656"],
      ["0049 1512 / 345 67 87 #12", "004915123456787"],
      ["+49 151 234567", "+49 151 234567"],
    ])("is told by a phone number without separators and extension: %s", (phone, told) => {
      expect(fittingPayer(short, { phone })).toEqual({ phone: told })
      expect(fittingPayer({ phone: { required: true, maxLength: 20 } }, { phone })).toEqual({
        phone: told,
      })
    })

    it("is told without what is optional and can't be written shorter", () => {
      const phone = "123456789012345678901"
      expect(fittingPayer(short, { name: "Áéíóúáéíóúá", phone })).toEqual({})
      expect(fittingPayer(short, { name: "Áéíóúáéíóú" })).toEqual({ name: "Áéíóúáéíóú" })
    })

    it("is refused by name where it is required", () => {
      const payer = fittingPayer(short, { name: "A".repeat(11), email: "a@example.org" })
      expect(payerProblems(short, payer)).toBe(
        "payer.email has 13 characters, at most 10 are taken"
      )
    })
  })

  describe("a gateway that needs more of the payer", () => {
    it("is not called, and the order counts as one that can't be paid", async () => {
      const store = new FakeStore({ payer: rules })
      const session = store.addSession()
      await expect(store.initiate(session, { data: { payer: { name: "Juan" } } })).rejects.toThrow(
        /payer\.email is missing.*payer\.id_number is missing/
      )
      expect(store.gateway.calls).toEqual([])
      const [order] = await store.journal.ordersOfSession(session.id)
      expect(order?.state).toBe("refused")
    })

    it("is opened by the next try that says it all", async () => {
      const store = new FakeStore({ payer: rules })
      const session = store.addSession()
      const payer = { name: "Juan", email: "a@b.c", id_number: "123" }
      await expect(store.initiate(session, { data: {} })).rejects.toThrow(/missing/)
      await store.initiate(session, { data: { payer } })
      expect(store.gateway.order(String(session.data.reference)).opened.payer).toEqual(payer)
    })

    it("is opened although what is optional is longer than it takes, here or in the customer's account", async () => {
      const store = new FakeStore({ payer: { phone: { required: false, maxLength: 20 } } })
      const opened = async (told?: string, known?: string) => {
        const answer = await store.provider.initiatePayment({
          amount: 100,
          currency_code: "php",
          data: { session_id: store.addSession().id, payer: told ? { phone: told } : {} },
          context: {
            customer: {
              id: "cus_1",
              email: "a@b.example",
              first_name: null,
              last_name: null,
              company_name: null,
              phone: known ?? null,
            },
          },
        })
        return store.gateway.order(answer.id).opened.payer
      }
      expect(await opened("+1 780-459-5656 ext. 725")).toEqual({ phone: "+17804595656" })
      expect(await opened("9".repeat(3_000))).toEqual({})
      expect(await opened(undefined, "\u202a+1 780-459-5656 ext. 725\u202c")).toEqual({
        phone: "+17804595656",
      })
    })

    it("takes from the customer's account what the storefront does not say", async () => {
      const store = new FakeStore({
        payer: { name: { required: true }, email: { required: true } },
      })
      const answer = await store.provider.initiatePayment({
        amount: 100,
        currency_code: "php",
        data: { session_id: store.addSession().id, payer: { name: "Told Here" } },
        context: {
          customer: {
            id: "cus_1",
            email: "known@shop.example",
            first_name: "Known",
            last_name: null,
            company_name: null,
            phone: null,
          },
        },
      })
      expect(store.gateway.order(answer.id).opened.payer).toEqual({
        name: "Told Here",
        email: "known@shop.example",
      })
    })
  })
})

describe("return url", () => {
  const origins = ["https://shop.example", "http://localhost:8000"]

  const refusal = (input: string, allowed: readonly string[] = origins) =>
    refusalOf(() => allowedReturnUrl(input, allowed))

  describe("an address to send the shopper back to", () => {
    it.each([
      ["another host", "https://evil.example/"],
      ["the shop's name as the beginning of another", "https://shop.example.evil.example/"],
      ["the shop's name as a user", "https://shop.example@evil.example/"],
      ["the shop's name in a path", "https://evil.example/https://shop.example"],
      ["a user name before the shop's own host", "https://user:word@shop.example/"],
      ["http where only https is allowed", "http://shop.example/"],
      ["another port", "https://shop.example:8443/"],
      ["a subdomain", "https://www.shop.example/"],
      ["a script", "javascript:alert(1)//https://shop.example"],
      ["a blob, which has the shop's origin", "blob:https://shop.example/0b5e"],
      ["data", "data:text/html,hello"],
      ["no scheme", "//shop.example/return"],
      ["a path alone", "/return"],
      ["nothing", ""],
      ["a word", "return"],
      ["a letter that only looks like the shop's", "https://ѕhop.example/"],
    ])("is refused with %s", (_what, input) => {
      expect(refusal(input).type).toBe(MedusaError.Types.INVALID_DATA)
    })

    it("is refused with the word of the storefront, the option and what it holds", () => {
      const { message } = refusal("https://evil.example/")
      expect(message).toContain("return_url")
      expect(message).toContain("allowedReturnOrigins")
      expect(message).toContain("https://shop.example, http://localhost:8000")
      expect(message).not.toContain("evil.example")
    })

    it("is refused where the shop allows none, and says so", () => {
      expect(refusal("https://shop.example/", []).message).toContain("none is set")
    })

    it.each([
      "https://shop.example/return?cart=1#done",
      "https://shop.example/",
      "http://localhost:8000/ph/checkout",
    ])("is accepted from an allowed origin, path and query kept: %s", (input) => {
      expect(allowedReturnUrl(input, origins)).toBe(input)
    })

    it("is accepted in any spelling of the allowed origin, and sent on in its normal one", () => {
      expect(allowedReturnUrl("HTTPS://SHOP.example:443/a/../b", origins)).toBe(
        "https://shop.example/b"
      )
    })

    it("is sent on as it was read, so that no browser reads another host in it", () => {
      expect(allowedReturnUrl("https://shop.example\\@evil.example/", origins)).toBe(
        "https://shop.example/@evil.example/"
      )
    })

    it("may be on the origins of the storefront's pages that other options name, without listing them", () => {
      const options = {
        allowedReturnOrigins: ["https://m.shop.example"],
        storefrontUrl: "https://shop.example/checkout?from=pay",
        returnUrl: "https://www.shop.example/return",
      }
      expect(returnOrigins(options)).toEqual([
        "https://m.shop.example",
        "https://shop.example",
        "https://www.shop.example",
      ])
    })

    it.each(["https://api.shop.example/payments/acme_main/return", "not an address"])(
      "is not on the backend's own origin, whose return route an option names: %s",
      (returnUrl) => {
        expect(returnOrigins({ allowedReturnOrigins: [], returnUrl })).toEqual([])
      }
    )

    it("is nobody's request where the storefront named none", () => {
      expect(allowedReturnUrl(undefined, [])).toBeUndefined()
    })
  })
})
