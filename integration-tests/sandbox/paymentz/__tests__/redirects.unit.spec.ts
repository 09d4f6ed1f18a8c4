import { startPaymentzSandbox, type PaymentzSandbox } from ".."
import { Merchant, ORDER, pageOf, press, returnOf, type Answer } from "./merchant"

const { merchantTransactionId } = ORDER

describe("an asynchronous payment", () => {
  let sandbox: PaymentzSandbox
  let merchant: Merchant

  beforeEach(async () => {
    sandbox = await startPaymentzSandbox()
    merchant = new Merchant(sandbox)
    await merchant.signIn()
  })

  afterEach(() => sandbox.close())

  interface Redirect {
    readonly url: string
    readonly method: string
    readonly parameters: readonly { readonly name: string; readonly value: string }[]
  }

  const isRedirect = (value: unknown): value is Redirect =>
    typeof value === "object" && value !== null && "url" in value && "parameters" in value

  async function follow({ redirect }: Answer) {
    if (!isRedirect(redirect)) throw new Error("The answer has no redirect")
    const parameters = new URLSearchParams()
    redirect.parameters.forEach(({ name, value }) => parameters.append(name, value))
    return pageOf(
      redirect.method === "POST"
        ? await fetch(redirect.url, { method: "POST", body: parameters })
        : await fetch(`${redirect.url}?${parameters}`)
    )
  }

  it("is answered with a redirect, and moves nothing before the shopper confirms", async () => {
    const answer = await merchant.payByBank()
    expect(answer).toMatchObject({
      status: "authstarted",
      transactionStatus: "P",
      paymentMode: "NB",
      card: { bin: "", last4Digits: "" },
      redirect: { method: "GET", target: "_self" },
    })
    expect(sandbox.ledger.entries()).toEqual([])
  })

  it.each(["GET", "POST"] as const)("is confirmed at the bank, reached by %s", async (method) => {
    sandbox.set({ redirectMethod: method })
    const page = await follow(await merchant.payByBank())
    expect(page.html).toContain("Your bank")
    const back = returnOf(await press(page, "Pay"))
    expect(back.action).toBe(ORDER.merchantRedirectUrl)
    expect(back.fields).toMatchObject({ merchantTransactionId, status: "capturesuccess" })
    expect(sandbox.ledger.entries()).toMatchObject([{ kind: "payment", amount: "50.00" }])
  })

  it("is not known to the bank without the parameters of its redirect", async () => {
    const { redirect } = await merchant.payByBank()
    const url = isRedirect(redirect) ? redirect.url : ""
    expect((await fetch(url)).status).toBe(404)
  })

  it("that was declined can still be paid at the bank, under the same number", async () => {
    const { paymentId } = await merchant.payByBank()
    sandbox.decline(merchantTransactionId)
    expect(sandbox.pay(merchantTransactionId).paymentId).toBe(paymentId)
    expect(sandbox.ledger.entries()).toHaveLength(1)
  })
})
