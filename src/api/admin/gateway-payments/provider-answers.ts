import type { MedusaRequest } from "@medusajs/framework/http"
import { z } from "@medusajs/framework/zod"
import { checkOutcomes } from "../../../modules/payment-journal/repositories/provider-health"
import { checklistCodes, checklistLevels } from "../../../workflows/providers/checklist"
import type { ProviderReport } from "../../../workflows/providers/provider-report"
import { time } from "../read-rows"

/** What the routes of the configured providers answer; nothing in it is secret. */

const OwnAddress = z.object({
  url: z.string(),
  option: z
    .string()
    .nullable()
    .describe("The option that tells it to the gateway; null where a person enters it there."),
})

const Region = z.object({ id: z.string(), name: z.string(), currency_code: z.string() })

export const GatewayProvider = z.object({
  id: z.string(),
  title: z.string().describe("The gateway's name for people."),
  gateway: z.string(),
  state: z
    .enum(["ready", "attention", "broken"])
    .describe("The worst of the checklist: `broken` where something is missing."),
  account: z.object({
    address: z.string().describe("Where the gateway's API is called."),
    kind: z.enum(["live", "test", "unknown"]).describe("Whether money moves there."),
  }),
  currencies: z.array(z.string()).describe("What the gateway takes."),
  webhooks: z.enum(["signed", "unsigned", "none"]),
  webhook_address: OwnAddress.nullable(),
  return_address: OwnAddress.nullable(),
  messages: z.object({
    last_at: time.nullable(),
    last_verified_at: time.nullable(),
    last_refused_at: time.nullable(),
    count: z.int().describe("Of so many of the last messages, 100 at most,"),
    verified: z.int().describe("so many were surely the gateway's."),
  }),
  last_error: z
    .object({
      at: time,
      source: z.enum(["call", "operation", "webhook"]),
      what: z.string().describe("The call, the kind of operation, or the status in the message."),
      code: z.string().nullable(),
      message: z.string(),
    })
    .nullable(),
  check: z
    .object({
      outcome: z.enum(checkOutcomes),
      checked_at: time,
      checked_by: z.string().nullable().describe("An admin's ID."),
      code: z.string().nullable(),
      message: z.string().nullable(),
      clock_ahead_ms: z.int().nullable(),
      is_current: z.boolean().describe("False where the options are others since."),
    })
    .nullable(),
  regions: z.array(Region.extend({ fits: z.boolean() })).describe("Where it is enabled."),
  possible_regions: z.array(Region).describe("Where it could be: the gateway takes the currency."),
  checklist: z.array(
    z.object({
      code: z.enum(checklistCodes),
      level: z.enum(checklistLevels),
      options: z.array(z.string()).describe("The options in which it is mended."),
      page: z.string().nullable().describe("The dashboard's page on which it is mended."),
      hint: z.string().nullable().describe("Where the option's value is found."),
    })
  ),
})

export type GatewayProvider = z.infer<typeof GatewayProvider>

export function providerAnswer(report: ProviderReport) {
  const { account, health, addresses, messages } = report
  return {
    id: report.id,
    title: report.title,
    gateway: report.gateway,
    state: report.state,
    account: { address: account.address, kind: account.kind },
    currencies: report.currencies,
    webhooks: report.webhooks,
    webhook_address: addresses.webhook,
    return_address: addresses.return,
    messages: {
      last_at: health?.last_message_at ?? null,
      last_verified_at: health?.last_verified_at ?? null,
      last_refused_at: health?.last_refused_at ?? null,
      ...messages,
    },
    last_error: report.lastError,
    check: checkAnswer(report),
    regions: report.regions,
    possible_regions: report.possibleRegions.map(({ fits: _, ...region }) => region),
    checklist: report.checklist,
  }
}

function checkAnswer({ health, isCheckCurrent }: ProviderReport) {
  return health?.check_outcome
    ? {
        outcome: health.check_outcome,
        checked_at: health.checked_at,
        checked_by: health.checked_by,
        code: health.check_code,
        message: health.check_message,
        clock_ahead_ms: health.clock_ahead_ms,
        is_current: isCheckCurrent,
      }
    : null
}

/** Where whoever asks reaches this store. */
export function backendOf(req: Pick<MedusaRequest, "protocol" | "get">): string {
  return `${req.protocol}://${req.get("host") ?? "localhost"}`
}
