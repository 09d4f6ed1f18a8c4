import type { MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { z } from "@medusajs/framework/zod"
import { webhookEventStates } from "../../../modules/payment-journal/repositories/inbox"
import {
  healthProblems,
  problemsIn,
  readOpenWork,
} from "../../../modules/payment-journal/repositories/open-work"
import { actorNames } from "../../../workflows/actors"
import { exceptionsOf } from "../../../workflows/exceptions/announce-exception"
import { fieldsOf, type Row, retrieveRow, time } from "../read-rows"

/** What the routes of gateway payments answer: for each thing its schema, then what reads it. */

export const GatewayAuditLine = z.object({
  id: z.string(),
  subject_id: z.string(),
  actor: z.string().describe("An admin's ID, or `system`."),
  actor_name: z
    .string()
    .nullable()
    .describe("What people call them; null for the shop itself, and for somebody unknown."),
  action: z.string(),
  note: z.string().nullable(),
  created_at: time,
})

/** What was done about a row, and what people call those who did it. */
export async function auditLinesOf(
  container: MedusaContainer,
  subjectId: string
): Promise<z.infer<typeof GatewayAuditLine>[]> {
  const lines = await exceptionsOf(container).linesOf(subjectId)
  const names = await actorNames(
    container,
    lines.map(({ actor }) => actor)
  )
  return lines.map(({ created_at, ...line }) => ({
    ...line,
    actor_name: names.get(line.actor) ?? null,
    created_at: created_at.toISOString(),
  }))
}

export const Webhook = z.object({
  id: z.string(),
  provider_id: z.string(),
  event_key: z.string().nullable().describe("The gateway's own ID of the event, if proven."),
  reference: z.string(),
  session_id: z.string().nullable(),
  raw_status: z.string().describe("The status, as the gateway wrote it."),
  gateway_id: z.string().nullable(),
  is_later: z.boolean(),
  claimed_amount: z.string().nullable(),
  currency_code: z.string().nullable(),
  state: z.enum(webhookEventStates),
  attempts: z.int(),
  next_try_at: time,
  outcome: z.string().nullable(),
  error: z.string().nullable(),
  created_at: time,
  updated_at: time,
})

const WebhookWithBody = Webhook.extend({
  body: z.unknown().describe("Masked; null once the shop's retention time is over."),
})

/** Only the detail shows the body. */
export const WebhookDetail = WebhookWithBody.extend({ audit_lines: z.array(GatewayAuditLine) })

export const listWebhooksConfig = {
  defaults: fieldsOf(Webhook),
  defaultLimit: 20,
  isList: true,
}
export const retrieveWebhookConfig = { defaults: fieldsOf(WebhookWithBody), isList: false }

/** What a gateway sent, masked, what became of it, and who had it tried again. */
export async function webhookAnswer(
  container: MedusaContainer,
  id: string,
  fields = retrieveWebhookConfig.defaults
) {
  const row = await retrieveRow(container, {
    entity: "webhook_event",
    what: "webhook",
    id,
    fields,
  })
  return { webhook: { ...row, audit_lines: await auditLinesOf(container, id) } }
}

const RunRow = z.object({
  id: z.string(),
  started_at: time,
  ended_at: time.nullable(),
  checked: z.int(),
  settled: z.int(),
  failed: z.int(),
  unmatched: z.int(),
  chargebacks: z.int(),
  errors: z.int(),
  given_up: z.int(),
  error: z.string().nullable(),
})

export const ReconciliationRun = RunRow.extend({ duration_ms: z.number().nullable() })

const runFields = fieldsOf(RunRow)

export const listRunsConfig = { defaults: runFields, defaultLimit: 20, isList: true }

const timesOfRun = z.object({ started_at: z.coerce.date(), ended_at: z.coerce.date().nullable() })

/** A row with how long it took, as far as it holds its times. */
export function withDuration(row: Row): Row {
  const { success, data } = timesOfRun.safeParse(row)
  const duration =
    success && data.ended_at ? data.ended_at.getTime() - data.started_at.getTime() : null
  return { ...row, duration_ms: duration }
}

/** The newest run; null before the first one. */
export async function lastRunAnswer(container: MedusaContainer) {
  const query = container.resolve(ContainerRegistrationKeys.QUERY)
  const { data } = await query.graph({
    entity: "reconciliation_run",
    fields: runFields,
    pagination: { take: 1, skip: 0, order: { started_at: "DESC", id: "DESC" } },
  })
  const [run] = data
  return { last_run: run ? withDuration(run) : null }
}

export const Health = z.object({
  status: z.enum(["ok", "degraded"]).describe("`degraded` where there are problems."),
  problems: z.array(z.enum(healthProblems)).describe("What servers should have done by now."),
  messages: z.object({
    waiting: z.int(),
    due_since: time.nullable().describe("Of the oldest whose time has come."),
    dead: z.int().describe("Given up, until somebody replays them."),
  }),
  operations: z.object({
    open: z.int().describe("Refunds, captures, voids and charges whose outcome is not known."),
    open_since: time.nullable(),
  }),
  exceptions: z.record(z.string(), z.int()).describe("What waits for a person, by kind."),
  reconciled_at: time.nullable(),
})

/** What is not finished, as the database tells it: the same on each server. */
export async function healthAnswer(container: MedusaContainer) {
  const work = await readOpenWork(container.resolve(ContainerRegistrationKeys.PG_CONNECTION))
  const problems = problemsIn(work)
  const health: z.infer<typeof Health> = {
    status: problems.length === 0 ? "ok" : "degraded",
    problems,
    messages: {
      waiting: work.messages_waiting,
      due_since: work.messages_due_since?.toISOString() ?? null,
      dead: work.messages_dead,
    },
    operations: {
      open: work.operations_open,
      open_since: work.operations_open_since?.toISOString() ?? null,
    },
    exceptions: Object.fromEntries(work.exceptions),
    reconciled_at: work.reconciled_at?.toISOString() ?? null,
  }
  return { health }
}

export const RefundElsewhere = z.object({
  id: z.string(),
  reference: z.string(),
  payment_id: z.string(),
  amount: z.string().describe("Exact, in major units."),
  currency_code: z.string(),
  note: z.string(),
  recorded_by: z.string(),
})
