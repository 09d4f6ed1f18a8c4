import { MadeUpStore } from "./made-up-store"
import { payerProblems } from "../payer-problems"

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
