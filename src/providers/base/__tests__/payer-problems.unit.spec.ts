import { MadeUpStore } from "./made-up-store"
import { fittingPayer, payerProblems } from "../storefront-input"

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
    expect(payerProblems(short, payer)).toBe("payer.email has 13 characters, at most 10 are taken")
  })
})

describe("a gateway that needs more of the payer", () => {
  it("is not called, and the order counts as one that can't be paid", async () => {
    const store = new MadeUpStore({ payer: rules })
    const session = store.addSession()
    await expect(store.initiate(session, { data: { payer: { name: "Juan" } } })).rejects.toThrow(
      /payer\.email is missing.*payer\.id_number is missing/
    )
    expect(store.gateway.calls).toEqual([])
    const [order] = await store.journal.ordersOfSession(session.id)
    expect(order?.state).toBe("refused")
  })

  it("is opened by the next try that says it all", async () => {
    const store = new MadeUpStore({ payer: rules })
    const session = store.addSession()
    const payer = { name: "Juan", email: "a@b.c", id_number: "123" }
    await expect(store.initiate(session, { data: {} })).rejects.toThrow(/missing/)
    await store.initiate(session, { data: { payer } })
    expect(store.gateway.order(String(session.data.reference)).opened.payer).toEqual(payer)
  })

  it("is opened although what is optional is longer than it takes, here or in the customer's account", async () => {
    const store = new MadeUpStore({ payer: { phone: { required: false, maxLength: 20 } } })
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
    const store = new MadeUpStore({
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
