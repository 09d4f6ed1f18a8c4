import { z } from "zod"
import type { PayerField } from "../../../providers/base/gateway"
import type { ProviderClass } from "../gateway-data"

const text = z.string().min(1)
const url = z.url({ protocol: /^https?$/ })

/** What a storefront is told to do next; the same six for all gateways, and nothing beside them. */
const nextAction = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("redirect"), url }),
  z.strictObject({ type: z.literal("post_form"), url, fields: z.record(text, z.string()) }),
  z.strictObject({
    type: z.literal("qr_code"),
    value: text,
    expires_at: z.iso.datetime().optional(),
  }),
  z.strictObject({
    type: z.literal("pay_code"),
    code: text,
    expires_at: z.iso.datetime().optional(),
  }),
  z.strictObject({ type: z.literal("shopper_code") }),
  z.strictObject({ type: z.literal("none") }),
])

type NextAction = z.output<typeof nextAction>

/**
 * As a storefront reads it from `session.data`, where null stands for a key that was cleared.
 *
 * @throws where it is none of the six, or has more to it
 */
export function readNextAction({ next_action }: Record<string, unknown>): NextAction {
  return nextAction.parse(withoutNull(next_action ?? {}))
}

function withoutNull(value: unknown): unknown {
  if (typeof value !== "object" || value === null) {
    return value
  }
  const kept = Object.entries(value).filter(([, entry]) => entry !== null)
  return Object.fromEntries(kept.map(([key, entry]) => [key, withoutNull(entry)]))
}

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

/** A provider whose storefront writes the same requests into every session, such as the bank that the shopper chose. */
export function withChoice(
  Provider: ProviderClass,
  choice: Readonly<Record<string, string>>
): ProviderClass {
  return class extends Provider {
    override async initiatePayment(...[input]: Parameters<InitiateWithChoice>) {
      return await super.initiatePayment({ ...input, data: { ...input.data, ...choice } })
    }

    override async updatePayment(...[input]: Parameters<UpdateWithChoice>) {
      return await super.updatePayment({ ...input, data: { ...input.data, ...choice } })
    }
  }
}

type InitiateWithChoice = InstanceType<ProviderClass>["initiatePayment"]
type UpdateWithChoice = InstanceType<ProviderClass>["updatePayment"]

/** A shopper, marked so that each word can be found wherever it turns up. */
export const payer = {
  name: "Markedname Delacruz",
  phone: "+639170004711",
  email: "markedmail@example.test",
  id_number: "ID-MARKED-0815",
  id_type: "marked-id-type",
} as const

/** What a storefront writes for a gateway that needs to know these of the shopper. */
export function payerData(needed: readonly PayerField[]): { payer?: Record<string, string> } {
  if (needed.length === 0) {
    return {}
  }
  const known: Partial<Record<PayerField, string>> = { ...payer, country: "PH" }
  return { payer: Object.fromEntries(needed.map((field) => [field, known[field] ?? ""])) }
}
