import { parseJsonOrForm } from "../shared/json-or-form"
import { webhookBody, type MocasaWebhookBody } from "./messages"

/**
 * The fields of a webhook's body, or undefined for anything that is none.
 *
 * Assumption: JSON or a form, since the vendor does not say which; the first character tells them apart.
 */
export function readWebhookBody(rawBody: Buffer): MocasaWebhookBody | undefined {
  return webhookBody.safeParse(parseJsonOrForm(rawBody)).data
}
