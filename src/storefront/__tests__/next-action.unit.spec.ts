import fc from "fast-check"
import jsQR from "jsqr"
import { leaveFor, nextAction, qrSvg } from "../next-action"

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

describe("leave for", () => {
  const submitted: unknown[] = []

  beforeEach(() => {
    submitted.length = 0
  })

  type Input = { type?: string; name?: string; value?: string }

  /** As a browser's form is: an input in it hides whatever the form itself has under the input's name. */
  class Form {
    readonly attributes = new Map<string, string>()
    readonly inputs: Input[] = []

    readonly element: Form = new Proxy<Form>(this, {
      get: (form, key) =>
        form.inputs.find(({ name }) => name === key) ?? (Reflect.get(form, key, form) as unknown),
      set: (_form, key) => {
        throw new Error(
          `${String(key)} of the form was set, which an input of that name would hide`
        )
      },
    })

    setAttribute(name: string, value: string): void {
      this.attributes.set(name, value)
    }

    append(...inputs: Input[]): void {
      this.inputs.push(...inputs)
    }

    // As a browser does, which knows by `this` which form it is.
    submit(): void {
      submitted.push(this)
    }
  }

  class Page {
    readonly visited: string[] = []
    readonly forms: unknown[] = []
    readonly location = { assign: (url: string) => void this.visited.push(url) }
    readonly body = { append: (form: unknown) => void this.forms.push(form) }

    createElement(name: "form"): Form
    createElement(name: "input"): Input
    createElement(name: "form" | "input"): Form | Input {
      return name === "form" ? new Form().element : {}
    }
  }

  function posted(fields: Record<string, string>): { page: Page; form: Form } {
    const page = new Page()
    leaveFor({ type: "post_form", url: "https://pay.example/form", fields }, page)
    return { page, form: page.forms[0] as Form }
  }

  /** Read around the proxy: an input may be called `inputs`. */
  function inputsOf(form: Form): readonly Input[] {
    return Object.getOwnPropertyDescriptor(form, "inputs")?.value as Input[]
  }

  describe("leaveFor", () => {
    it("follows a link", () => {
      const page = new Page()
      leaveFor({ type: "redirect", url: "https://pay.example/1" }, page)
      expect(page.visited).toEqual(["https://pay.example/1"])
      expect(page.forms).toEqual([])
    })

    it("posts a form with every field as it is", () => {
      const fields = { amount: "50.00", merchantRedirectUrl: "https://shop.example/?a=1&b=2\n" }
      const { page, form } = posted(fields)
      expect(Object.fromEntries(form.attributes)).toEqual({
        method: "post",
        action: "https://pay.example/form",
        "accept-charset": "utf-8",
      })
      expect(form.inputs).toEqual([
        { type: "hidden", name: "amount", value: "50.00" },
        { type: "hidden", name: "merchantRedirectUrl", value: "https://shop.example/?a=1&b=2\n" },
      ])
      expect(submitted).toEqual([form])
      expect(page.forms).toHaveLength(1)
      expect(page.visited).toEqual([])
    })

    it("posts fields that are called as a form's own properties are", () => {
      const names = ["submit", "action", "method", "append", "setAttribute", "elements", "length"]
      const { form } = posted(Object.fromEntries(names.map((name) => [name, `the ${name}`])))
      expect(inputsOf(form).map(({ name }) => name)).toEqual(names)
      expect(submitted).toHaveLength(1)
      expect(submitted[0]).toBe(form)
    })

    it("posts whatever fields a bank's page has", () => {
      fc.assert(
        fc.property(fc.dictionary(fc.string(), fc.string()), (fields) => {
          submitted.length = 0
          const { form } = posted(fields)
          expect(inputsOf(form)).toEqual(
            Object.entries(fields).map(([name, value]) => ({ type: "hidden", name, value }))
          )
          expect(submitted).toHaveLength(1)
        })
      )
    })
  })
})

describe("qr svg", () => {
  /** What a wallet's camera reads: the squares that the path draws, each four dots wide. */
  function scanned(svg: string): string | undefined {
    const size = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1])
    const dots = size * 4
    const picture = new Uint8ClampedArray(dots * dots * 4).fill(255)
    for (const [, x, y] of svg.matchAll(/M(\d+),(\d+)l1,0 0,1 -1,0 0,-1z/g)) {
      for (let dot = 0; dot < 16; dot += 1) {
        const place = (Number(y) * 4 + (dot >> 2)) * dots + Number(x) * 4 + (dot & 3)
        picture.fill(0, place * 4, place * 4 + 3)
      }
    }
    const code = jsQR(picture, dots, dots)
    return code === null ? undefined : new TextDecoder().decode(new Uint8Array(code.binaryData))
  }

  describe("qrSvg", () => {
    it("draws a code that scales, with the quiet zone that cameras need", () => {
      const svg = qrSvg("weixin://wxpay/bizpayurl?pr=6E4ptwz")
      // 29 modules for this text, and four of quiet zone on each side.
      expect(svg).toContain('viewBox="0 0 37 37"')
      expect(svg).not.toMatch(/<svg[^>]* width=/)
    })

    it.each([
      "weixin://wxpay/bizpayurl?pr=6E4ptwz",
      "https://pay.example/?shop=Café&for=Ünïcödé",
      "ភ្នំពេញ កម្ពុជា",
      "微信支付 ¥ 50.00",
      "دفع بالبطاقة",
      "\u0000\u007f\u0080\u00ff\u0100\uffff",
      "🧾🇰🇭",
    ])("draws what a camera reads as %j", (text) => {
      expect(scanned(qrSvg(text))).toBe(text)
    })

    it("draws what a camera reads as the same text, whatever it is", () => {
      // What is no text at all, half a pair of surrogates, is read as the sign for that.
      const text = fc.string({ unit: "binary", minLength: 1, maxLength: 60 })
      fc.assert(
        fc.property(text, (value) => {
          expect(scanned(qrSvg(value))).toBe(
            new TextDecoder().decode(new TextEncoder().encode(value))
          )
        }),
        { numRuns: 10 }
      )
    })

    it("never writes what it is given into the page as markup", () => {
      const svg = qrSvg('"><script>alert(1)</script>', 'Pay "now" <b>')
      expect(svg).not.toContain("<script>")
      expect(svg).toContain('aria-label="Pay &quot;now&quot; &lt;b>"')
    })

    it("says so when the text is too long for a code, which counts its bytes", () => {
      expect(() => qrSvg("x".repeat(3_000))).toThrow()
      expect(() => qrSvg("ភ".repeat(1_000))).toThrow()
      expect(() => qrSvg("ភ".repeat(700))).not.toThrow()
    })
  })
})
