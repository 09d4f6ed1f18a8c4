import type { ProviderClass } from "../gateway-data"
import { readNextAction } from "./next-action"

type Data = Record<string, unknown>

/**
 * A provider whose shopper's browser does at once what `next_action` asks for: posts the form. For gateways that hear
 * of an order only then; the same form is posted once.
 */
export function withBrowser(Provider: ProviderClass): ProviderClass {
  return class extends Provider {
    readonly #posted = new Set<string>()

    override async initiatePayment(...[input]: Parameters<InitiatePayment>) {
      const answer = await super.initiatePayment(input)
      await this.#post(answer.data)
      return answer
    }

    override async updatePayment(...[input]: Parameters<UpdatePayment>) {
      const answer = await super.updatePayment(input)
      await this.#post(answer.data)
      return answer
    }

    async #post(data: Data | undefined): Promise<void> {
      const action = readNextAction(data ?? {})
      if (action.type !== "post_form") return
      const form = JSON.stringify(action)
      if (this.#posted.has(form)) return
      this.#posted.add(form)
      const [answer] = await Promise.allSettled([
        fetch(action.url, { method: "POST", body: new URLSearchParams(action.fields) }),
      ])
      // A page that can't be reached is the shopper's to try again, and no fault of the provider's.
      if (answer.status === "rejected") return
      const page = await answer.value.text()
      if (!answer.value.ok) throw new Error(`The hosted page was refused: ${page.slice(-600)}`)
    }
  }
}

type InitiatePayment = InstanceType<ProviderClass>["initiatePayment"]
type UpdatePayment = InstanceType<ProviderClass>["updatePayment"]
