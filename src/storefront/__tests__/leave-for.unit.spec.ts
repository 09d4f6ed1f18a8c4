import fc from "fast-check"
import { leaveFor } from "../leave-for"

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
