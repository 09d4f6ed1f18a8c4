import type { OperationStart } from "./gateway-operation"
import type { LivingRows } from "./journal"

/** The answers so far to "does this row of Medusa's still exist?", by the row's id. */
export type MedusaAnswers = ReadonlyMap<string, boolean>

/**
 * Tries, and where the try needs to know whether rows of Medusa's exist, asks and tries again.
 *
 * The question goes over a connection of its own. Asked inside the try's transaction it could wait for a
 * connection that is held by somebody who waits for the transaction's lock: with a small pool, for ever. So
 * the try lets go of its lock first and looks at everything afresh the next time. An answer that was given
 * before the lock was taken is still good: Medusa never uses an id twice, so a lost row stays lost; and a
 * row that is lost only now is found so by the next wish.
 *
 * It ends, because it only asks about rows it has no answer for, and those become more only when another
 * operation on the order was done in the meantime.
 */
export async function askingMedusa(
  living: LivingRows,
  attempt: (
    answers: MedusaAnswers
  ) => Promise<OperationStart | { type: "ask_medusa"; ids: string[] }>
): Promise<OperationStart> {
  const answers = new Map<string, boolean>()
  for (;;) {
    const result = await attempt(answers)
    if (result.type !== "ask_medusa") {
      return result
    }
    const alive = new Set(await living(result.ids))
    for (const id of result.ids) {
      answers.set(id, alive.has(id))
    }
  }
}
