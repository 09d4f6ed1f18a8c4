import { createHash } from "node:crypto"
import { z } from "zod"
import { closeAfterTest } from "../../shared/__tests__/close-after-test"
import { type PaymentzSandbox, type PaymentzSandboxOptions, startPaymentzSandbox } from ".."

const answerSchema = z.looseObject({
  result: z.strictObject({ code: z.string(), description: z.string() }),
})

type Answer = z.output<typeof answerSchema> & { readonly httpStatus: number }

export const ORDER = {
  merchantTransactionId: "ORD1001",
  amount: "50.00",
  currency: "USD",
  merchantRedirectUrl: "http://shop.test/return?cart=1",
}
const FORM = "application/x-www-form-urlencoded"
export const API = "/transactionServices/REST/v1"

type Fields = Readonly<Record<string, string>>

/** The least a merchant's server and the shopper's browser have to do, over real HTTP. */
export class Merchant {
  #authToken = ""

  constructor(private readonly sandbox: PaymentzSandbox) {}

  md5(...parts: string[]): string {
    return createHash("md5").update(parts.join("|")).digest("hex")
  }

  async signIn(): Promise<Answer> {
    const { partnerId, secureKey, username } = this.sandbox.credentials
    const answer = await this.send(`${API}/authToken`, {
      "authentication.partnerId": partnerId,
      "merchant.username": username,
      "authentication.sKey": secureKey,
    })
    this.#authToken = String(answer["AuthToken"])
    return answer
  }

  async send(path: string, fields: Fields | string, headers: Fields = {}): Promise<Answer> {
    const response = await fetch(this.sandbox.url + path, {
      method: "POST",
      headers: {
        "content-type": FORM,
        accept: "application/json",
        authtoken: this.#authToken,
        ...headers,
      },
      body: typeof fields === "string" ? fields : new URLSearchParams(fields).toString(),
    })
    return { ...answerSchema.parse(await response.json()), httpStatus: response.status }
  }

  /** Signed with the values in this order, the secure key where `KEY` stands. */
  signed(fields: Fields, ...parts: string[]): Record<string, string> {
    const { memberId, secureKey } = this.sandbox.credentials
    return {
      "authentication.memberId": memberId,
      "authentication.checksum": this.md5(
        memberId,
        ...parts.map((part) => (part === "KEY" ? secureKey : part))
      ),
      ...fields,
    }
  }

  payByBank(changes: Fields = {}): Promise<Answer> {
    const fields = {
      ...ORDER,
      paymentType: "DB",
      paymentMode: "NB",
      paymentBrand: "TESTBANK",
      ...changes,
    }
    return this.send(
      `${API}/payments`,
      this.signed(fields, "KEY", fields.merchantTransactionId, fields.amount)
    )
  }

  payWithToken(registrationId: string, changes: Fields = {}): Promise<Answer> {
    const fields = { ...ORDER, paymentType: "DB", ...changes }
    return this.send(
      `${API}/paywithtoken/${registrationId}`,
      this.signed(fields, "KEY", registrationId, fields.amount)
    )
  }

  move(paymentType: "CP" | "RF", paymentId: string, amount: string): Promise<Answer> {
    return this.send(
      `${API}/payments/${paymentId}`,
      this.signed({ paymentType, amount }, "KEY", paymentId, amount)
    )
  }

  reverse(paymentId: string, more: Fields = {}): Promise<Answer> {
    return this.send(
      `${API}/payments/${paymentId}`,
      this.signed({ paymentType: "RV", ...more }, "KEY", paymentId)
    )
  }

  inquire(number: string, idType: "PID" | "MID" = "MID"): Promise<Answer> {
    return this.send(
      `${API}/payments/${number}`,
      this.signed({ paymentType: "IN", idType }, "KEY", number)
    )
  }

  list(fromdate: string, todate: string, more: Fields = {}): Promise<Answer> {
    return this.send(
      `${API}/getTransactionList`,
      this.signed({ "pagination.fromdate": fromdate, "pagination.todate": todate, ...more }, "KEY")
    )
  }

  checkoutForm(changes: Fields = {}): Record<string, string> {
    const { memberId, secureKey, totype } = this.sandbox.credentials
    const form = { ...ORDER, memberId, totype, transactionType: "DB", ...changes }
    return {
      ...form,
      checksum: this.md5(
        form.memberId,
        form.totype,
        form.amount,
        form.merchantTransactionId,
        form.merchantRedirectUrl,
        secureKey
      ),
    }
  }

  /** As a browser posts the form and follows to the page. */
  async visit(form: Fields = this.checkoutForm()): Promise<Page> {
    return pageOf(
      await fetch(`${this.sandbox.url}/transaction/Checkout`, {
        method: "POST",
        body: new URLSearchParams(form),
      })
    )
  }
}

interface Page {
  readonly status: number
  readonly url: string
  readonly html: string
}

async function pageOf(response: Response): Promise<Page> {
  return {
    status: response.status,
    url: response.url,
    html: await response.text(),
  }
}

/** Presses a button of a page by its words, and follows. */
export async function press(page: Page, label: string, fields: Fields = {}): Promise<Page> {
  const buttons = page.html.matchAll(/<button([^>]*)>\s*([^<]*?)\s*<\/button>/g)
  const [, attributes] = [...buttons].find(([, , name]) => name === label) ?? []
  if (attributes === undefined) throw new Error(`There is no button "${label}"`)
  const own = /formaction="([^"]*)"/.exec(attributes)?.[1]
  const action = own ?? /<form[^>]*action="([^"]*)"/.exec(page.html)?.[1] ?? ""
  return pageOf(
    await fetch(new URL(action, page.url), { method: "POST", body: new URLSearchParams(fields) })
  )
}

/** A sandbox, which ends with the test, and a merchant who has signed in. */
export async function startMerchant(options: PaymentzSandboxOptions = {}) {
  const sandbox = closeAfterTest(await startPaymentzSandbox(options))
  const merchant = new Merchant(sandbox)
  await merchant.signIn()
  return { sandbox, merchant }
}
