/**
 * What this package relies on inside of Medusa beyond its documented interfaces, looked up when the store starts: a
 * version that moved or renamed a part stops the start and is told, before a payment comes to it.
 */
import type { Knex } from "@medusajs/framework/mikro-orm/knex"
import type { LoaderOptions } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, MedusaError } from "@medusajs/framework/utils"
import { WorkflowManager } from "@medusajs/framework/orchestration"
import { version } from "@medusajs/medusa/package.json"

/**
 * Tables of Medusa's whose rows are read or written, or joined with the journal's; with their columns. The services that
 * a provider finds in its container (`ProviderCradle`) are made by Medusa of the same models; they are not there yet while
 * providers are loaded.
 */
export const medusaTables: Readonly<Record<string, readonly string[]>> = {
  payment_session: ["status", "provider_id", "raw_amount", "payment_collection_id", "data"],
  payment: [
    "payment_session_id",
    "payment_collection_id",
    "raw_amount",
    "captured_at",
    "canceled_at",
  ],
  payment_collection: ["status"],
  capture: ["payment_id", "raw_amount"],
  refund: ["payment_id", "raw_amount"],
  order_transaction: ["order_id", "raw_amount", "reference", "reference_id", "version"],
  order_credit_line: ["order_id", "reference", "reference_id"],
  order_payment_collection: ["order_id", "payment_collection_id"],
  cart_payment_collection: ["cart_id", "payment_collection_id"],
  order_cart: ["order_id", "cart_id"],
  workflow_execution: ["workflow_id", "state", "context", "created_at"],
}

/** What is imported from Medusa's core flows, as they export it. */
export const coreFlows: readonly string[] = [
  "cancelOrderWorkflow",
  "completeCartWorkflow",
  "completeCartWorkflowId",
  "convertDraftOrderWorkflow",
  "createOrderCreditLinesWorkflow",
  "createOrderPaymentCollectionWorkflow",
  "createOrderWorkflow",
  "createPaymentSessionsWorkflow",
  "deleteDraftOrdersWorkflow",
  "processPaymentWorkflow",
]

/** Steps whose failures are told apart, by the workflow that has them. */
const coreSteps: Readonly<Record<string, string>> = {
  "process-payment-workflow": "complete-cart-after-payment-step",
}

/** What a Medusa has of it. */
export type MedusaParts = {
  version: string
  /** The columns of each table there is. */
  columns: ReadonlyMap<string, ReadonlySet<string>>
  hasCoreFlow(name: string): boolean
  hasStep(workflow: string, step: string): boolean
}

/** A provider's loader. @throws MedusaError unexpected_state that names each part which this Medusa does not have */
export async function requireMedusa({
  container,
}: Pick<LoaderOptions, "container">): Promise<void> {
  const database: Knex = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
  const known = checks.get(database) ?? checkMedusa(database)
  // The loader runs for each provider of the shop's.
  checks.set(database, known)
  await known
}

const checks = new WeakMap<Knex, Promise<void>>()

async function checkMedusa(database: Knex): Promise<void> {
  const columns = await columnsOf(database)
  if (!columns.has("payment_session")) {
    return // before the first `db:migrate`, which the plugin's own modules tell of
  }
  const flows: object = await import("@medusajs/medusa/core-flows")
  const problem = versionProblem({
    version,
    columns,
    hasCoreFlow: (name) => Reflect.get(flows, name) !== undefined,
    hasStep: (workflow, step) =>
      WorkflowManager.getWorkflow(workflow)?.handlers_.has(step) ?? false,
  })
  if (problem !== undefined) {
    throw new MedusaError(MedusaError.Types.UNEXPECTED_STATE, problem)
  }
}

async function columnsOf(database: Knex): Promise<Map<string, Set<string>>> {
  const rows: { table_name: string; column_name: string }[] = await database
    .withSchema("information_schema")
    .from("columns")
    .whereRaw("table_schema = any (current_schemas(false))")
    .whereIn("table_name", Object.keys(medusaTables))
    .select("table_name", "column_name")
  const columns = new Map<string, Set<string>>()
  for (const { table_name, column_name } of rows) {
    columns.set(table_name, (columns.get(table_name) ?? new Set()).add(column_name))
  }
  return columns
}

/** What is missing and what to do, for the shop's owner; undefined where all is there. */
export function versionProblem(medusa: MedusaParts): string | undefined {
  const missing = missingParts(medusa)
  return missing.length === 0
    ? undefined
    : `medusa-regional-payments relies on parts of Medusa that version ${medusa.version} does not have, so the store ` +
        `does not start: ${missing.join(", ")}. Install a version of Medusa that it was tried on ` +
        "(docs/upgrading.md in its package names them), or another version of medusa-regional-payments. If Medusa was " +
        "just upgraded, run `npx medusa db:migrate` first"
}

function missingParts({ columns, hasCoreFlow, hasStep }: MedusaParts): string[] {
  return [
    ...Object.entries(medusaTables).flatMap(([table, names]) =>
      missingColumns(table, names, columns)
    ),
    ...coreFlows.filter((name) => !hasCoreFlow(name)).map((name) => `the core flow ${name}`),
    ...Object.entries(coreSteps)
      .filter(([workflow, step]) => !hasStep(workflow, step))
      .map(([workflow, step]) => `the step ${step} of ${workflow}`),
  ]
}

function missingColumns(
  table: string,
  names: readonly string[],
  columns: MedusaParts["columns"]
): string[] {
  const found = columns.get(table)
  return found === undefined
    ? [`the table ${table}`]
    : names.filter((name) => !found.has(name)).map((name) => `the column ${table}.${name}`)
}
