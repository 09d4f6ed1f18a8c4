import { spawn } from "node:child_process"
import { once } from "node:events"
import path from "node:path"

/**
 * Refunds an order from a process of its own and kills that process (SIGKILL) after the journal's row is
 * committed and before anything is sent.
 *
 * @returns the id that the refund would have had in Medusa
 */
export async function refundUntilKilled(databaseUrl: string, reference: string): Promise<string> {
  const refundId = `ref_${reference}`
  const script = path.join(__dirname, "refund-and-hang.ts")
  const child = spawn(process.execPath, ["--import", "tsx", script], {
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      DATABASE_URL: databaseUrl,
      ORDER_REFERENCE: reference,
      REFUND_ID: refundId,
    },
    stdio: ["ignore", "pipe", "inherit"],
  })
  const ended = once(child, "exit")
  const [said] = await Promise.race([once(child.stdout, "data"), ended])
  child.kill("SIGKILL")
  const [, signal] = await ended
  if (String(said).trim() !== "about to send" || signal !== "SIGKILL") {
    throw new Error(`The process that was to be killed ended by ${signal} and said: ${said}`)
  }
  return refundId
}
