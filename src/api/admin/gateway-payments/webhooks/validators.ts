import { z } from "@medusajs/framework/zod"
import {
  createFindParams,
  createOperatorMap,
  createSelectParams,
} from "@medusajs/medusa/api/utils/validators"
import { webhookEventStates } from "../../../../modules/payment-journal/webhook-event"
import { oneOrMore } from "../../one-or-more"

export const AdminGetWebhooksParams = createFindParams({
  limit: 20,
  offset: 0,
  order: "-created_at",
}).extend({
  id: oneOrMore(z.string()),
  provider_id: oneOrMore(z.string()),
  reference: oneOrMore(z.string()),
  word: oneOrMore(z.string()),
  state: oneOrMore(z.enum(webhookEventStates)),
  created_at: createOperatorMap().optional(),
})

export const AdminGetWebhookParams = createSelectParams()
