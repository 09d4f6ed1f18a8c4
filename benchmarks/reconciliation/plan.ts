import { z } from "zod"

/** What the program that starts everything tells the one that runs inside Medusa; and what it hears back. */
export const plan = z.object({
  /** All of them open, as far as the shop knows. */
  sessions: z.number(),
  /** So many of them were paid, and nobody told of it. */
  paid: z.number(),
  /** So long the gateway takes for each answer. */
  latencyMs: z.number(),
  sandboxUrl: z.string(),
  /** As the sandbox wants them. */
  credentials: z.object({ clientKey: z.string(), clientSecret: z.string() }),
  resultFile: z.string(),
})

export const result = z.object({
  checked: z.number(),
  settled: z.number(),
  errors: z.number(),
  orders: z.number(),
  seconds: z.number(),
  cpuSeconds: z.number(),
  /** Of what four questions at once would let through, if all but the gateway's answers took no time. */
  shareOfLimit: z.number(),
  /** What is kept in memory before the run and after it, in megabytes; garbage is not counted. */
  heapMb: z.object({ before: z.number(), after: z.number() }),
})

export type Plan = z.infer<typeof plan>
export type Result = z.infer<typeof result>

export const providerId = "pp_mocasa_mocasa"
export const planVariable = "RECONCILIATION_PLAN"
