import { MedusaError } from "@medusajs/framework/utils"
import { neededPayer, readStorefrontInput, storefrontKeys } from "../storefront-input"

/** What the storefront is told. */
function refusal(data: Record<string, unknown>): MedusaError {
  try {
    readStorefrontInput(data)
  } catch (error) {
    if (error instanceof MedusaError) {
      return error
    }
  }
  throw new Error("it was not refused")
}

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
    expect(readStorefrontInput({ payer: { name: "\u200b \u2060" }, language: "\ufeff" })).toEqual({
      payer: {},
    })
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
